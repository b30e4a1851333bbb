// SPDX-License-Identifier: MIT
// Test support, not exported: what a hostile, broken or unlucky client makes of a good request.

/** Where chance comes from. */
export interface Chance {
  next(): number;
  below(n: number): number;
  chance(p: number): boolean;
  pick<T>(items: readonly T[]): T;
}

/** Texts of JSON values that have broken something somewhere. */
const bad: readonly string[] = [
  ...[
    "null",
    "true",
    "0",
    "-0",
    "-1",
    "1e308",
    "-1e308",
    "1e-320",
    "9007199254740993",
    "0.1",
    "7258118400001",
  ],
  ...[
    '""',
    '" "',
    '"\\u0000"',
    '"a\\u0000b"',
    '"\\ud800"',
    '"x\\udfffy"',
    '"\\ufeff"',
    '"\\u202eevil"',
    '"🛰"',
  ],
  ...[
    '"__proto__"',
    '"constructor"',
    '"../../etc/passwd"',
    `"' or 1=1 --"`,
    '"$1"',
    '"%00"',
    '"<script>"',
    '"NaN"',
  ],
  ...["[]", "{}", "[[]]", '{"__proto__":{"polluted":true}}', '{"constructor":{"prototype":{}}}', '{"":0}'],
  ...[
    '{"toString":1}',
    '{"sealed":"00"}',
    '{"a\\u0000":1}',
    "[null]",
    '["kyiv","kyiv"]',
    '{"kind":"nothing"}',
  ],
  ...['"2024-02-30"', '"+275760-09-13T00:00:00.001Z"', '"system"', '"nobody"', '"policy"', '"kyiv"'],
];

/** Values that are wrong by their size or depth; made when asked for, they are long. */
const large: readonly ((chance: Chance) => string)[] = [
  chance => `"${"x".repeat(chance.pick([201, 501, 5_001, 20_000]))}"`,
  chance => `"${"\\u0301".repeat(chance.pick([100, 400]))}"`,
  chance => `[${Array.from({ length: chance.pick([101, 1_001, 5_000]) }, (_, i) => `"id-${i}"`).join()}]`,
  chance => nested("[", "]", chance.pick([65, 1_000, 15_000])),
  chance => nested('{"a":', "}", chance.pick([65, 1_000, 8_000])),
  chance => `{${Array.from({ length: chance.pick([60, 2_000]) }, (_, i) => `"m${i}":${i}`).join()}}`,
];

const nested = (open: string, close: string, depth: number): string =>
  `${open.repeat(depth)}0${close.repeat(depth)}`;

/** A mark that stands in the text for a value that JSON.stringify would not write. */
const mark = "\u2060mark\u2060";

/** The text of a request's body: as it is now and then, otherwise with something wrong at some depth, or no JSON at all. */
export function spoil(value: unknown, chance: Chance): string {
  const how = chance.next();
  if (how < 0.35) return JSON.stringify(value);
  if (how < 0.82) {
    const text = JSON.stringify(changed(structuredClone(value), chance));
    return text.replace(JSON.stringify(mark), () =>
      chance.chance(0.85) ? chance.pick(bad) : chance.pick(large)(chance),
    );
  }
  return torn(JSON.stringify(value), chance);
}

/** Puts the mark somewhere, takes a member away or adds one. */
function changed(value: unknown, chance: Chance): unknown {
  if (typeof value !== "object" || value === null) return mark;
  const object = value as { [name: string]: unknown };
  const names = Object.keys(object);
  if (names.length === 0 || chance.chance(0.08)) {
    if (Array.isArray(value)) value.push(mark);
    else object[chance.pick(["extra", "id", "atMs", "party", "salt"])] = mark;
    return value;
  }
  const name = chance.pick(names);
  if (chance.chance(0.12)) delete object[name];
  else object[name] = chance.chance(0.6) ? changed(object[name], chance) : mark;
  return value;
}

/** A body of which a part was lost, doubled or overwritten on its way. */
function torn(text: string, chance: Chance): string {
  const at = chance.below(text.length + 1);
  switch (chance.below(5)) {
    case 0:
      return text.slice(0, at);
    case 1:
      return text.slice(0, at) + chance.pick(bad) + text.slice(at);
    case 2:
      return (
        text.slice(0, at) +
        chance.pick(['"', "{", "}", "[", "]", ",", ":", "\\", "\u0000", "\u2028"]) +
        text.slice(at + 1)
      );
    case 3:
      return text + text;
    default:
      return chance.pick(["", " ", "null", "[]", '"', "0", text.replaceAll('"', "'"), `\ufeff${text}`]);
  }
}
