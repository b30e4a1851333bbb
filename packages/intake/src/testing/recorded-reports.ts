// SPDX-License-Identifier: MIT
// For tests only: reports that are not part of the project.
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { readDocument } from "../documents/read-document.ts";
import type { ReadDocument, SourceDocument } from "../model.ts";

const folder = new URL("../../../../../shared/data/reports/", import.meta.url);
const ids = ["000", "001", "002", "003", "004"];

/** Options of a test that needs the recorded reports: skipped, with the reason shown, where they are absent. */
export function needsReports(): { skip: string | false } {
  const absent = ids.filter(id => !existsSync(new URL(`${id}.txt`, folder)));
  return {
    skip:
      absent.length === 0
        ? false
        : `absent: ${absent.map(id => `../shared/data/reports/${id}.txt`).join(", ")}`,
  };
}

export function recordedReport(id: string): SourceDocument {
  return { id, text: readFileSync(new URL(`${id}.txt`, folder), "utf8"), mediaType: "text/plain" };
}

export function recordedReports(): ReadDocument[] {
  return ids.map(id => {
    const read = readDocument(recordedReport(id));
    if (!read.ok) throw new Error(read.error.message);
    return read.value;
  });
}

/** The words of a text as the labels hash them. */
export function wordsHash(text: string): string {
  const words = text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? [];
  return createHash("sha256").update(words.join(" ")).digest("hex").slice(0, 12);
}
