// SPDX-License-Identifier: MIT
// Policy files that somebody broke: each is refused whole, with a place that leads to the fault, or means what it says.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { cases } from "./cases.ts";
import { compilePolicy } from "./compile-policy.ts";
import { samplePolicyDocument } from "./fixture.ts";

const hostile: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1e308,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  "",
  " ",
  "\u0000",
  "\ud800",
  "x".repeat(10_000),
  "2024-02-31",
  "9999-12-31T23:59:60Z",
  "__proto__",
  "constructor",
  [],
  [[]],
  {},
  { length: -1 },
  { toString: 1 },
  JSON.parse('{"__proto__": {"granted": true}}'),
];

type Path = readonly (string | number)[];

/** Every place of a document, the root first. */
function pathsOf(value: unknown, at: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [at];
  return [
    at,
    ...Object.entries(value).flatMap(([key, inner]) =>
      pathsOf(inner, [...at, Array.isArray(value) ? Number(key) : key]),
    ),
  ];
}

/** A copy that `change` was done to, at a place. */
function changed(value: unknown, [key, ...rest]: Path, change: (old: unknown) => unknown): unknown {
  if (key === undefined) return change(value);
  const copy = structuredClone(value) as Record<string | number, unknown>;
  const inner = changed(copy[key], rest, change);
  if (inner === undefined) {
    if (Array.isArray(copy)) copy.splice(Number(key), 1);
    else delete copy[key];
  } else copy[key] = inner;
  return copy;
}

const places = pathsOf(samplePolicyDocument());
const breakage = fc.record({
  path: fc.constantFrom(...places),
  how: fc.oneof(
    fc.constant((): unknown => undefined),
    fc.constantFrom(...hostile).map(value => (): unknown => value),
    fc.jsonValue({ maxDepth: 3 }).map(value => (): unknown => value),
    fc.constant((old: unknown): unknown => (Array.isArray(old) ? [...old, ...old] : [old])),
    fc.string({ maxLength: 30 }).map(
      key =>
        (old: unknown): unknown =>
          typeof old === "object" && old !== null && !Array.isArray(old) ? { ...old, [key]: 1 } : key,
    ),
  ),
});

/** Whether all but the last step of `statements[3].validTo` is there: the last may be what is missing. */
function leadsSomewhere(document: unknown, place: string): boolean {
  const steps = [...place.matchAll(/\[(\d+)\]|\[?"?([^.[\]"]+)"?\]?/g)].map(
    ([, index, name]) => index ?? name!,
  );
  return (
    steps
      .slice(0, -1)
      .reduce<unknown>(
        (at, step) => (typeof at === "object" && at !== null ? Reflect.get(at, step) : undefined),
        document,
      ) !== undefined
  );
}

const sampleText = JSON.stringify(samplePolicyDocument());

test("F22: a broken policy file never throws; it is refused with a place in it, or its version is that of what it says", () => {
  let refused = 0;
  fc.assert(
    fc.property(fc.array(breakage, { minLength: 1, maxLength: 4 }), breakages => {
      let document: unknown = samplePolicyDocument();
      for (const { path, how } of breakages) {
        // An earlier break may have taken this place away.
        const holder = path
          .slice(0, -1)
          .reduce<unknown>(
            (at, key) => (typeof at === "object" && at !== null ? Reflect.get(at, key) : undefined),
            document,
          );
        if (path.length > 0 && (typeof holder !== "object" || holder === null)) continue;
        document = changed(document, path, how);
      }
      const before = JSON.stringify(document);
      const read = compilePolicy(document);
      assert.equal(JSON.stringify(document), before, "reading changes nothing");
      if (read.ok) {
        // What was accepted comes out again, and twice the same.
        const again = compilePolicy(JSON.parse(JSON.stringify(document)));
        assert.ok(again.ok && again.value.version === read.value.version);
        if (before !== sampleText) return;
        const sample = compilePolicy(samplePolicyDocument());
        assert.ok(sample.ok && sample.value.version === read.value.version);
        return;
      }
      refused++;
      const { code, message, place } = read.error;
      assert.match(code, /^[a-z][A-Za-z]+$/);
      assert.match(message, /^\P{Ll}[\s\S]*\S$/u);
      assert.ok(message.length < 2_000, "a sentence, not the file");
      assert.ok(place === "" || leadsSomewhere(document, place), `"${place}" leads nowhere`);
    }),
    { numRuns: cases(10_000), seed: 20_261_122 },
  );
  assert.ok(refused > cases(10_000) / 2, `${refused} were refused: too few to mean anything`);
});
