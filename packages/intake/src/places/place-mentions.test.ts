// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { readDocument } from "../documents/read-document.ts";
import { NO_NAMES } from "../names/mentions.ts";
import { shippedTables } from "../tables/intake-tables.ts";
import { placesIn } from "./place-mentions.ts";

/** Places of a sentence as `words: lat,lon` to a tenth, or `words: ambiguous`. */
function pins(text: string): string[] {
  const read = readDocument({
    id: "t",
    text: `Headline of it\n\nOn Monday the ministry of the country spoke.\n\n${text}\n\nThe report ended here and nothing more was said of it.\n`,
    mediaType: "text/plain",
  });
  assert.ok(read.ok);
  return placesIn(read.value, shippedTables(), NO_NAMES).map(
    p =>
      `${p.words}: ${p.pin === null ? "ambiguous" : `${p.pin.latDeg.toFixed(1)},${p.pin.lonDeg.toFixed(1)}`}`,
  );
}

// Coordinates from national gazetteers and atlases, to a tenth of a degree.
const ROWS: readonly (readonly [text: string, ...pins: string[]])[] = [
  ["A convoy was seen in Donetsk.", "Donetsk: ambiguous"],
  ["A convoy was seen in Donetsk, Ukraine.", "Donetsk: 48.0,37.8", "Ukraine: 49.0,31.4"],
  ["A convoy was seen in Donetsk, Russia.", "Donetsk: 48.3,40.0", "Russia: 66.7,48.0"],
  ["Shells fell in Andriivka.", "Andriivka: ambiguous"],
  [
    "Shells fell near the villages of Klishchiivka and Andriivka in the Donetsk region.",
    "Klishchiivka: 48.5,38.0",
    "Andriivka: 48.5,38.0",
    "Donetsk region: 48.1,37.8",
  ],
  ["A dish was found in Springfield.", "Springfield: ambiguous"],
  ["A dish was found in Paris.", "Paris: 48.9,2.3"],
  ["The dealer lives in Dubai.", "Dubai: 25.1,55.3"],
  ["A deal between Moscow and Kyiv was near.", "Moscow: ambiguous", "Kyiv: ambiguous"],
  ["Kyiv said so."],
  ["They met in May on Sunday."],
  ["Smugglers crossed from Northern Ireland.", "Northern Ireland: 54.6,-6.7"],
  ["The boat sank in the Red Sea.", "Red Sea: 20.3,38.5"],
  ["A dish stood in the town of Nowhereville.", "Nowhereville: ambiguous"],
];

for (const [text, ...wanted] of ROWS) test(`Places: ${text}`, () => assert.deepEqual(pins(text), wanted));

test("Places: a town of fewer than 15,000 people, named with a country only, stays ambiguous", () =>
  assert.equal(pins("Norway said that a depot in Svolvær had burned.")[1], "Svolvær: ambiguous"));
