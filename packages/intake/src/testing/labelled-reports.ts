// SPDX-License-Identifier: MIT
// For tests only: short reports of invented events, written and labelled for this room before it read them.
import { readdirSync, readFileSync } from "node:fs";
import type { Fidelity, SourceDocument, Stance } from "../model.ts";

export interface LabelledReport {
  readonly name: string;
  /** Reports of one event are linked with one another. */
  readonly event: string;
  readonly traps: readonly string[];
  readonly text: string;
  readonly published: string | null;
  readonly agency: string | null;
  readonly quotes: readonly {
    readonly text: string;
    /** How the name ends: a surname will do. */
    readonly speaker: string;
    readonly saidOn: string | null;
    readonly channel?: string;
    readonly via?: string;
    readonly fidelity?: Fidelity;
    /** The same for wordings of one quotation within an event. */
    readonly key?: string;
    /** The key is right and the reader does not find the other wordings: counted as missed, not asserted. */
    readonly missed?: true;
  }[];
  /** Words of a sentence of reported speech, words of its speaker's name, and the stance if it is not plain. */
  readonly indirect: readonly (readonly [words: string, speaker: string, stance?: Stance])[];
  /** Words in no statement. */
  readonly notRead: readonly string[];
  /** What the report has somebody assert: end of the claimant's name, and the country of the area. */
  readonly claims?: readonly (readonly [
    predicate: string,
    polarity: "affirmed" | "denied",
    claimant: string,
    country: string | null,
  ])[];
  /** Words in marks that are no quotation. */
  readonly notQuotes?: readonly string[];
}

const folder = new URL("./reports/", import.meta.url);

export function labelledReports(): LabelledReport[] {
  return readdirSync(folder)
    .filter(name => name.endsWith(".json"))
    .sort()
    .map(name => JSON.parse(readFileSync(new URL(name, folder), "utf8")) as LabelledReport);
}

export function documentOf({ name, text }: LabelledReport): SourceDocument {
  return { id: name, text, mediaType: "text/plain" };
}
