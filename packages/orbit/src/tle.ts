// SPDX-License-Identifier: MIT
import { DUPLICATE_RULE, SeenSets } from "./duplicates.ts";
import { ELEMENTS_BOUNDS, type Elements, type ElementsError, type Result, refuse } from "./elements.ts";
import { firstBreach } from "./limits.ts";
import {
  BLANKS_1,
  BLANKS_2,
  checksumOf,
  columnsOf,
  epochDayExists,
  LINE_1,
  LINE_2,
  readPair,
  type TleField,
} from "./tle-fields.ts";

type Refusal = { readonly ok: false; readonly error: ElementsError };
interface Line {
  readonly number: number;
  readonly text: string;
}

const ORDER_RULE =
  "Element sets are an optional name, a line beginning with '1 ' and a line beginning with '2 '.";

/**
 * Reads two- and three-line element sets: LF or CRLF, blank lines and trailing blanks allowed, names optional
 * (a leading `0 ` is dropped), Alpha-5 numbers. The whole text is refused at its first error; places are lines and
 * columns counted from 1. Format: CelesTrak, "NORAD Two-Line Element Set Format".
 */
export function parseTle(text: string): Result<Elements[], ElementsError> {
  if (text.length > ELEMENTS_BOUNDS.textLength) {
    return refuse(
      "tooLarge",
      "text",
      `found ${text.length} characters`,
      `A text has at most ${ELEMENTS_BOUNDS.textLength}.`,
    );
  }
  const value: Elements[] = [];
  const seen = new SeenSets();
  let name: Line | undefined;
  let first: Line | undefined;

  for (const line of linesOf(text)) {
    const place = `line ${line.number}`;
    if (first !== undefined) {
      if (!line.text.startsWith("2 ")) {
        return refuse(
          "truncated",
          place,
          `found ${quote(line.text)}`,
          `Line 1 of a set (here line ${first.number}) is followed by its line 2.`,
        );
      }
      if (value.length === ELEMENTS_BOUNDS.sets) {
        return refuse(
          "tooMany",
          place,
          "found one more element set",
          `A text has at most ${ELEMENTS_BOUNDS.sets} sets.`,
        );
      }
      const set = parsePair(name?.text ?? "", first, line);
      if ("error" in set) return set;
      const earlier = seen.note(set, `line ${first.number}`);
      if (earlier !== undefined) {
        return refuse(
          "duplicate",
          `line ${first.number}`,
          `found satellite ${set.catalogNumber} again, as in ${earlier}`,
          DUPLICATE_RULE,
        );
      }
      value.push(set);
      name = undefined;
      first = undefined;
    } else if (line.text.startsWith("1 ")) {
      first = line;
    } else if (line.text.startsWith("2 ") || name !== undefined) {
      return refuse("lineOrder", place, `found ${quote(line.text)} where a line 1 was due`, ORDER_RULE);
    } else {
      const checked = parseName(line);
      if ("error" in checked) return checked;
      name = checked;
    }
  }

  const open = first ?? name;
  if (open !== undefined)
    return refuse("truncated", `line ${open.number}`, "the text ends inside a set", ORDER_RULE);
  if (value.length === 0)
    return refuse("empty", "text", "found no element set", "A text has at least one element set.");
  return { ok: true, value };
}

/** Lines that are not blank, without trailing blanks. A generator, so that a large text is not held twice. */
function* linesOf(text: string): Generator<Line> {
  let number = 0;
  let start = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  while (start < text.length) {
    const end = text.indexOf("\n", start);
    const line = text.slice(start, end === -1 ? text.length : end).trimEnd();
    start = end === -1 ? text.length : end + 1;
    number += 1;
    if (line !== "") yield { number, text: line };
  }
}

function parseName(line: Line): Line | Refusal {
  const text = (line.text.startsWith("0 ") ? line.text.slice(2) : line.text).trim();
  if (text.length > ELEMENTS_BOUNDS.nameLength || /\p{Cc}/u.test(text)) {
    return refuse(
      "format",
      `line ${line.number}`,
      `found ${text.length} characters: ${quote(text)}`,
      `A name has at most ${ELEMENTS_BOUNDS.nameLength} printable characters.`,
    );
  }
  return { number: line.number, text };
}

function parsePair(name: string, line1: Line, line2: Line): Elements | Refusal {
  const bad = checkLine(line1, LINE_1, BLANKS_1) ?? checkLine(line2, LINE_2, BLANKS_2);
  if (bad !== undefined) return bad;
  const number1 = columnsOf(line1.text, LINE_1[0]!);
  const number2 = columnsOf(line2.text, LINE_2[0]!);
  if (number1 !== number2) {
    return refuse(
      "mismatch",
      `line ${line2.number}, columns 3-7`,
      `found ${quote(number2)} under ${quote(number1)}`,
      "Both lines carry the same catalogue number.",
    );
  }
  if (!epochDayExists(line1.text)) {
    return refuse(
      "range",
      `line ${line1.number}, columns 21-23`,
      `found ${quote(line1.text.slice(20, 23))}`,
      "The day of the year is 1 to 365, or 366 in a leap year.",
    );
  }
  const set = readPair(name, line1.text, line2.text);
  const breach = firstBreach(set);
  if (breach === undefined) return set;
  const inLine1 = LINE_1.find(column => column.field === breach.field);
  const column = inLine1 ?? LINE_2.find(({ field }) => field === breach.field)!;
  const line = inLine1 === undefined ? line2 : line1;
  return refuse("range", placeOf(line, column), `found ${quote(columnsOf(line.text, column))}`, breach.rule);
}

function checkLine(line: Line, fields: readonly TleField[], blanks: readonly number[]): Refusal | undefined {
  const { number, text } = line;
  if (text.length !== 69) {
    return refuse(
      "lineLength",
      `line ${number}`,
      `found ${text.length} columns`,
      "Lines 1 and 2 of a set have 69 columns.",
    );
  }
  const sum = checksumOf(text);
  if (text.charCodeAt(68) - 48 !== sum) {
    return refuse(
      "checksum",
      `line ${number}, column 69`,
      `found ${quote(text[68]!)}, computed ${sum}`,
      "The last column is the sum of the digits, minus signs as 1, modulo 10.",
    );
  }
  const stray = blanks.find(column => text[column - 1] !== " ");
  if (stray !== undefined) {
    return refuse(
      "columns",
      `line ${number}, column ${stray}`,
      `found ${quote(text[stray - 1]!)}`,
      "This column separates two fields and is blank.",
    );
  }
  const field = fields.find(candidate => !candidate.pattern.test(columnsOf(text, candidate)));
  return field === undefined
    ? undefined
    : refuse(
        field.field === "ephemerisType" ? "unsupported" : "format",
        placeOf(line, field),
        `found ${quote(columnsOf(text, field))}`,
        field.rule,
      );
}

function placeOf(line: Line, { from, to }: TleField): string {
  return `line ${line.number}, ${from === to ? `column ${from}` : `columns ${from}-${to}`}`;
}

/** What was found, short and printable. */
function quote(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
}
