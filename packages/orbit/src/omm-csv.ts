// SPDX-License-Identifier: MIT
import { csvRows } from "./csv.ts";
import { DUPLICATE_RULE, SeenSets } from "./duplicates.ts";
import { ELEMENTS_BOUNDS, type Elements, type ElementsError, type Result, refuse } from "./elements.ts";
import { type OmmRecord, readOmm } from "./omm-record.ts";

const HEADER_RULE = "The first line names each column once: OBJECT_NAME, EPOCH, MEAN_MOTION and so on.";
/** Many times the keywords of an OMM. */
const MOST_COLUMNS = 1000;
/** The keywords that make a line the header of an OMM table, and not any table. */
const TELLING = ["NORAD_CAT_ID", "MEAN_MOTION", "MEAN_ANOMALY", "RA_OF_ASC_NODE"];

/**
 * Reads OMM as CSV (RFC 4180) under the keywords of CCSDS 502.0-B-3, as CelesTrak's `gp.php?FORMAT=csv` and Space-Track
 * write it: a header, columns in any order, unknown columns ignored, an empty field means the value is absent. Values,
 * bounds and rules as {@link parseOmmJson}. The whole text is refused at its first error; places read
 * `line 13, ECCENTRICITY`, lines counted from 1.
 */
export function parseOmmCsv(text: string): Result<Elements[], ElementsError> {
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
  let columns: readonly string[] | undefined;
  for (const row of csvRows(text)) {
    if ("error" in row) return row;
    const place = `line ${row.line}`;
    if (columns === undefined) {
      if (row.fields.length > MOST_COLUMNS) {
        return refuse(
          "csvSyntax",
          place,
          `found ${row.fields.length} columns`,
          `A table has at most ${MOST_COLUMNS}.`,
        );
      }
      columns = row.fields.map(name => name.trim());
      const twice = columns.find((name, k) => name !== "" && columns?.indexOf(name) !== k);
      if (twice !== undefined)
        return refuse("csvSyntax", place, `found ${JSON.stringify(twice)} twice`, HEADER_RULE);
      if (!TELLING.some(keyword => columns?.includes(keyword)))
        return refuse(
          "csvSyntax",
          place,
          `found ${JSON.stringify(row.fields.join().slice(0, 40))}`,
          HEADER_RULE,
        );
      continue;
    }
    if (row.fields.length !== columns.length) {
      return refuse(
        "csvSyntax",
        place,
        `found ${row.fields.length} fields`,
        `Each line has as many fields as the header, here ${columns.length}.`,
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
    const set = readOmm(recordOf(columns, row.fields), keyword => `${place}, ${keyword}`);
    if ("error" in set) return set;
    const earlier = seen.note(set, place);
    if (earlier !== undefined) {
      return refuse(
        "duplicate",
        place,
        `found satellite ${set.catalogNumber} again, as in ${earlier}`,
        DUPLICATE_RULE,
      );
    }
    value.push(set);
  }
  if (value.length === 0)
    return refuse("empty", "text", "found no element set", "A text has at least one element set.");
  return { ok: true, value };
}

/** Whether a text begins as an OMM table does. */
export function looksLikeOmmCsv(text: string): boolean {
  const start = text.search(/[^\s\uFEFF]/u);
  const header = text.slice(start, start + 4096).split(/\r?\n/, 1)[0] ?? "";
  const names = header.split(",").map(name => name.trim().replace(/^"|"$/g, ""));
  return names.length > 1 && TELLING.some(keyword => names.includes(keyword));
}

/** A record whose empty fields are absent, and whose numbers may stand between blanks. */
function recordOf(columns: readonly string[], fields: readonly string[]): OmmRecord {
  // No prototype: a column may be called `__proto__`.
  const record: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  for (const [k, name] of columns.entries()) {
    const field = fields[k]?.trim();
    if (field !== undefined && field !== "") record[name] = field;
  }
  return record;
}
