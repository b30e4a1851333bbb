// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { canonicalise, canonicalJson, type Json, MAX_JSON_DEPTH } from "./index.ts";

/** A double from its IEEE 754 bits, as RFC 8785 appendix B lists them. */
const double = (hex: string) => Buffer.from(hex, "hex").readDoubleBE();

test("numbers are written as in RFC 8785 appendix B", () => {
  const samples: [string, string][] = [
    ["0000000000000000", "0"],
    ["8000000000000000", "0"],
    ["0000000000000001", "5e-324"],
    ["8000000000000001", "-5e-324"],
    ["7fefffffffffffff", "1.7976931348623157e+308"],
    ["ffefffffffffffff", "-1.7976931348623157e+308"],
    ["4340000000000000", "9007199254740992"],
    ["c340000000000000", "-9007199254740992"],
    ["4430000000000000", "295147905179352830000"],
    ["44b52d02c7e14af5", "9.999999999999997e+22"],
    ["44b52d02c7e14af6", "1e+23"],
    ["44b52d02c7e14af7", "1.0000000000000001e+23"],
    ["444b1ae4d6e2ef4e", "999999999999999700000"],
    ["444b1ae4d6e2ef4f", "999999999999999900000"],
    ["444b1ae4d6e2ef50", "1e+21"],
    ["3eb0c6f7a0b5ed8c", "9.999999999999997e-7"],
    ["3eb0c6f7a0b5ed8d", "0.000001"],
    ["41b3de4355555553", "333333333.3333332"],
    ["41b3de4355555555", "333333333.3333333"],
    ["becbf647612f3696", "-0.0000033333333333333333"],
  ];
  for (const [bits, text] of samples) assert.equal(canonicalJson(double(bits)), text, bits);
});

test("members are sorted by UTF-16 code units, as in RFC 8785 §3.2.3", () => {
  // A smiley (surrogate pair, first unit d83d) sorts before U+FB33, although its code point is greater.
  const scrambled = {
    "\u20ac": 1,
    "\r": 2,
    "\ufb33": 3,
    "1": 4,
    "\ud83d\ude00": 5,
    "\u0080": 6,
    "\u00f6": 7,
  };
  const text = '{"\\r":2,"1":4,"\u0080":6,"\u00f6":7,"\u20ac":1,"\ud83d\ude00":5,"\ufb33":3}';
  assert.equal(canonicalJson(scrambled), text);
});

test("strings are escaped as in RFC 8785 §3.2.2.2: short forms, lower-case hex, nothing else", () => {
  assert.equal(canonicalJson('€$\u000f\nA\'B"\\\\"/'), '"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"');
  assert.equal(canonicalJson("\b\t\f\r\u001f\u007f\u2028"), '"\\b\\t\\f\\r\\u001f\u007f\u2028"');
});

test("literals, nesting and empty containers have no white space", () => {
  assert.equal(canonicalJson({ b: [null, true, false, {}], a: [] }), '{"a":[],"b":[null,true,false,{}]}');
});

test("canonical text parses back to the value, and member order never shows", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5, stringUnit: "grapheme" }), value => {
      const text = canonicalJson(value as Json);
      assert.equal(canonicalJson(JSON.parse(text) as Json), text);
      assert.deepEqual(JSON.parse(text), JSON.parse(JSON.stringify(value)));
      assert.equal(canonicalJson(reversed(value as Json)), text);
    }),
    { numRuns: 300 },
  );
});

/** The same value with the members of every object put in the other order. */
function reversed(value: Json): Json {
  if (Array.isArray(value)) return value.map(reversed);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, member]) => [name, reversed(member as Json)]),
  );
}

test("what JSON cannot carry is an error at its JSON pointer, never dropped", () => {
  const placeOf = (value: unknown) => {
    const result = canonicalise(value);
    return result.ok ? result.value : `${result.error.code} ${result.error.place}`;
  };
  assert.equal(placeOf({ a: [1, undefined] }), "not-json /a/1");
  assert.equal(placeOf({ a: undefined }), "not-json /a");
  assert.equal(placeOf({ "a/b~c": Number.NaN }), "not-json /a~1b~0c");
  assert.equal(placeOf([Number.POSITIVE_INFINITY]), "not-json /0");
  assert.equal(placeOf(["\ud800"]), "not-json /0");
  assert.equal(placeOf({ "\udc00": 1 }), "not-json /\udc00");
  assert.equal(placeOf(10n), "not-json ");
  assert.equal(
    placeOf(() => 1),
    "not-json ",
  );
  assert.equal(placeOf({ at: new Date(0) }), "not-json /at");
  assert.equal(placeOf({ bytes: new Uint8Array(2) }), "not-json /bytes");
  assert.equal(placeOf({ [Symbol("s")]: 1 }), "not-json ");
  // biome-ignore lint/suspicious/noSparseArray: the hole is the case under test
  assert.equal(placeOf([1, , 2]), "not-json /1");
});

test("a cycle or a value too deep ends in an error", () => {
  const cycle: Record<string, unknown> = {};
  cycle["self"] = cycle;
  const result = canonicalise(cycle);
  assert.ok(!result.ok && result.error.code === "json-too-deep");
  const nested = (depth: number) => JSON.parse("[".repeat(depth) + "]".repeat(depth)) as unknown;
  assert.ok(canonicalise(nested(MAX_JSON_DEPTH + 1)).ok);
  assert.ok(!canonicalise(nested(MAX_JSON_DEPTH + 2)).ok);
});

test("the typed form throws on what its type forbids", () => {
  assert.throws(() => canonicalJson({ a: Number.NaN }), /JSON has no number NaN/);
});
