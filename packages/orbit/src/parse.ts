// SPDX-License-Identifier: MIT
import { type Elements, type ElementsError, type Result, refuse } from "./elements.ts";
import { parseOmmJson } from "./omm.ts";
import { parseTle } from "./tle.ts";

/**
 * Reads elements in either form: OMM JSON where the text begins with a bracket or brace, TLE where some line begins
 * with `1 ` or `2 `. Errors as {@link parseTle} and {@link parseOmmJson}, and `unknownFormat`.
 */
export function parseElements(text: string): Result<Elements[], ElementsError> {
  const start = text.search(/[^\s\uFEFF]/u);
  if (start === -1) return refuse("empty", "text", "found nothing", "A text has at least one element set.");
  if (text[start] === "[" || text[start] === "{") return parseOmmJson(text);
  if (/^[12] /m.test(text)) return parseTle(text);
  return refuse(
    "unknownFormat",
    "text",
    `found ${JSON.stringify(text.slice(start, start + 40))}`,
    "Elements come as two- or three-line sets or as an OMM JSON array.",
  );
}
