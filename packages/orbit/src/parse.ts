// SPDX-License-Identifier: MIT
import { constellationElements, isConstellationCode, parseConstellationCode } from "./constellation-code.ts";
import { type Elements, type ElementsError, type Result, refuse } from "./elements.ts";
import { parseOmmJson } from "./omm.ts";
import { looksLikeOmmCsv, parseOmmCsv } from "./omm-csv.ts";
import { parseTle } from "./tle.ts";

/** What a text of elements may need beside itself. */
export interface ParseOptions {
  /**
   * UTC, integer milliseconds: the moment on which the pattern of a constellation code is laid, which has no epoch of
   * its own. Without it a code is refused (`missing`). The other forms carry their epochs.
   */
  readonly patternEpochMs?: number;
}

/**
 * Reads elements in any form: OMM JSON where the text begins with a bracket or brace, OMM CSV where its first line names
 * OMM columns, a constellation code where it is one line that begins like `D:550`, TLE where some line begins with `1 `
 * or `2 `. Errors as {@link parseOmmJson}, {@link parseOmmCsv}, {@link parseConstellationCode},
 * {@link constellationElements} and {@link parseTle}, and `unknownFormat`.
 */
export function parseElements(text: string, options: ParseOptions = {}): Result<Elements[], ElementsError> {
  const start = text.search(/[^\s\uFEFF]/u);
  if (start === -1) return refuse("empty", "text", "found nothing", "A text has at least one element set.");
  if (text[start] === "[" || text[start] === "{") return parseOmmJson(text);
  if (looksLikeOmmCsv(text)) return parseOmmCsv(text);
  if (isConstellationCode(text)) {
    const shells = parseConstellationCode(text.slice(start).trimEnd());
    if (!shells.ok) return shells;
    if (options.patternEpochMs === undefined) {
      return refuse(
        "missing",
        "text",
        "found a constellation code and no epoch for it",
        "A constellation code says nothing of time: whoever loads it gives the moment.",
      );
    }
    return constellationElements(shells.value, options.patternEpochMs);
  }
  if (/^[12] /m.test(text)) return parseTle(text);
  return refuse(
    "unknownFormat",
    "text",
    `found ${JSON.stringify(text.slice(start, start + 40))}`,
    "Elements come as two- or three-line sets, OMM JSON, OMM CSV or a constellation code.",
  );
}
