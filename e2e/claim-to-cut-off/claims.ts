// SPDX-License-Identifier: MIT
// The reports: read where they are at hand, and nowhere copied. Without them the story begins with a report in three lines.
import { existsSync, readFileSync } from "node:fs";
import { type IntakeReport, readReports, type SourceDocument } from "@perigee/intake";

const folder = new URL("../../../shared/data/reports/", import.meta.url);
const names = ["000", "001", "002", "003", "004"] as const;

/** The reports that are absent, as a person would look for them; none: all are here. */
export const absentReports: readonly string[] = names
  .filter(name => !existsSync(new URL(`${name}.txt`, folder)))
  .map(name => `../shared/data/reports/${name}.txt`);

/** The five reports, read together. */
export function readRecorded(): IntakeReport {
  return read(
    names.map(id => ({
      ...{ id, mediaType: "text/plain" as const },
      text: readFileSync(new URL(`${id}.txt`, folder), "utf8"),
    })),
  );
}

/** A report of our own invention about the same places, for runs that are about terminals and not about reading. */
export function readInvented(): IntakeReport {
  const text = `12 February 2024

KYIV (Demonstration News) - "Terminals are used by Russian forces near Klishchiivka and Andriivka in the Donetsk region," military intelligence spokesman Taras Vyhadanyi said on Sunday.

The company denied on Thursday that it had sold terminals to Russia.
`;
  return read([{ id: "invented", text, mediaType: "text/plain" }]);
}

function read(documents: readonly SourceDocument[]): IntakeReport {
  const report = readReports(documents);
  if (!report.ok) throw new Error(`${report.error.place}: ${report.error.message}`);
  return report.value;
}
