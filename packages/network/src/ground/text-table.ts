// SPDX-License-Identifier: MIT
import { GROUND_BOUNDS, GroundRefusal } from "./ground-error.ts";

/** One record of a file: its fields by name, and where it stands. */
export interface TextRow {
  /** `line 4` of a CSV text, `.gateways[3]` of a JSON one. */
  readonly place: string;
  readonly fields: ReadonlyMap<string, unknown>;
  /** Between `place` and the name of a field. */
  readonly separator: ", " | ".";
}

/** Throws unless the text is within bounds. */
export function checkTextLength(text: string): void {
  if (text.length > GROUND_BOUNDS.textLength)
    throw new GroundRefusal(
      "tooLarge",
      "text",
      `${text.length} characters, at most ${GROUND_BOUNDS.textLength}`,
    );
}

/** The value of a JSON text. */
export function jsonValue(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (thrown) {
    throw new GroundRefusal("syntax", "text", `no JSON (${(thrown as Error).message})`);
  }
}

/** The records of one list of a JSON document. */
export function jsonRows(list: unknown, place: string): TextRow[] {
  if (!Array.isArray(list)) throw new GroundRefusal("shape", place, "a list is needed");
  return list.map((item: unknown, k) => {
    if (typeof item !== "object" || item === null || Array.isArray(item))
      throw new GroundRefusal("shape", `${place}[${k}]`, "an object is needed");
    return { place: `${place}[${k}]`, fields: new Map(Object.entries(item)), separator: "." };
  });
}

/**
 * The records of a CSV text (RFC 4180: quotes, doubled inside; LF or CRLF) whose first line names the columns. Empty
 * fields are left out; lines without any text are skipped.
 */
export function csvRows(text: string, columns: readonly string[]): TextRow[] {
  const lines = csvRecords(text);
  const head = lines.shift();
  if (head === undefined) throw new GroundRefusal("empty", "text", "no line");
  const names = head.fields.map(name => name.trim());
  for (const [k, name] of names.entries()) {
    if (!columns.includes(name))
      throw new GroundRefusal("shape", "line 1", `column "${name}" is none of ${columns.join(", ")}`);
    if (names.indexOf(name) !== k)
      throw new GroundRefusal("shape", "line 1", `column "${name}" stands twice`);
  }
  return lines.map(({ line, fields }) => {
    const place = `line ${line}`;
    if (fields.length !== names.length)
      throw new GroundRefusal("shape", place, `${fields.length} fields under ${names.length} columns`);
    const filled = fields
      .map((field, k) => [names[k]!, field.trim()] as const)
      .filter(([, field]) => field !== "");
    return { place, fields: new Map(filled), separator: ", " };
  });
}

function csvRecords(text: string): { readonly line: number; readonly fields: string[] }[] {
  const records: { line: number; fields: string[] }[] = [];
  const pattern = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y;
  let line = 1;
  let fields: string[] = [];
  let begin = 1;
  for (pattern.lastIndex = text.startsWith("\uFEFF") ? 1 : 0; pattern.lastIndex < text.length; ) {
    const match = pattern.exec(text);
    if (match === null) throw new GroundRefusal("syntax", `line ${line}`, "a quote out of place");
    const [, quoted, plain, ending] = match;
    fields.push(quoted === undefined ? plain! : quoted.replaceAll('""', '"'));
    if (fields.length > GROUND_BOUNDS.fields)
      throw new GroundRefusal("tooMany", `line ${line}`, `over ${GROUND_BOUNDS.fields} fields`);
    line += quoted === undefined ? 0 : quoted.split("\n").length - 1;
    if (ending === "," && pattern.lastIndex < text.length) continue;
    if (ending === ",") fields.push("");
    if (fields.length > 1 || fields[0]!.trim() !== "") records.push({ line: begin, fields });
    // The first line names the columns.
    if (records.length > GROUND_BOUNDS.assignments + 1)
      throw new GroundRefusal("tooMany", "text", `over ${GROUND_BOUNDS.assignments} lines`);
    line += 1;
    begin = line;
    fields = [];
  }
  return records;
}
