// SPDX-License-Identifier: MIT
import { DUPLICATE_RULE, SeenSets } from "./duplicates.ts";
import { ELEMENTS_BOUNDS, type Elements, type ElementsError, type Result, refuse } from "./elements.ts";
import { type OmmRecord, readOmm } from "./omm-record.ts";

/**
 * Reads OMM as JSON (CCSDS 502.0-B-3 keywords): an array of flat objects, as CelesTrak's GP data (numbers) and
 * Space-Track (numbers as strings) write them. Unknown keywords are ignored. The whole text is refused at its first
 * error; places read `[12].ECCENTRICITY`, counted from 0.
 */
export function parseOmmJson(text: string): Result<Elements[], ElementsError> {
  if (text.length > ELEMENTS_BOUNDS.textLength) {
    return refuse(
      "tooLarge",
      "text",
      `found ${text.length} characters`,
      `A text has at most ${ELEMENTS_BOUNDS.textLength}.`,
    );
  }
  if (text.trim() === "")
    return refuse("empty", "text", "found nothing", "A text has at least one element set.");
  let json: unknown;
  try {
    json = JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
  } catch (cause) {
    return refuse(
      "jsonSyntax",
      jsonPlace(text, cause),
      "this is not JSON",
      "OMM JSON is one well-formed array.",
    );
  }
  if (!Array.isArray(json)) {
    return refuse(
      "shape",
      "text",
      `found ${kindOf(json)}`,
      "OMM JSON is an array of objects, one per satellite.",
    );
  }
  if (json.length === 0)
    return refuse("empty", "text", "found an empty array", "A text has at least one element set.");
  if (json.length > ELEMENTS_BOUNDS.sets) {
    return refuse(
      "tooMany",
      `[${ELEMENTS_BOUNDS.sets}]`,
      `found ${json.length} sets`,
      `A text has at most ${ELEMENTS_BOUNDS.sets} sets.`,
    );
  }

  const value: Elements[] = [];
  const seen = new SeenSets();
  for (const [index, item] of json.entries()) {
    const place = `[${index}]`;
    if (!isObject(item))
      return refuse("shape", place, `found ${kindOf(item)}`, "Each satellite is one object.");
    const set = readOmm(item, keyword => `${place}.${keyword}`);
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
  return { ok: true, value };
}

/** Where JSON.parse stopped, from its message where that names a position. */
function jsonPlace(text: string, cause: unknown): string {
  const position = /position (\d+)/.exec(cause instanceof Error ? cause.message : "")?.[1];
  const before = text.slice(0, position === undefined ? text.length : Number(position));
  const lastBreak = before.lastIndexOf("\n");
  let line = 1;
  for (let at = before.indexOf("\n"); at !== -1; at = before.indexOf("\n", at + 1)) line += 1;
  return `line ${line}, column ${before.length - lastBreak}`;
}

function isObject(value: unknown): value is OmmRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "an array" : `a value of type ${typeof value}`;
}
