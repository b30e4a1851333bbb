// SPDX-License-Identifier: MIT
import { createRequire } from "node:module";
import type { IntakeError, IntakeResult, Stance } from "../model.ts";
import { patternFault } from "./pattern.ts";

/** A state: its names, the adjectives of its people, the capitals that stand for its government. */
export interface CountryRow {
  readonly code: string;
  readonly names: readonly string[];
  readonly demonyms: readonly string[];
  readonly capitals: readonly string[];
  /** Label point inside the part with most people (country-coder outlines, GeoNames people). */
  readonly latDeg: number;
  readonly lonDeg: number;
}
/** A public institution, an agency or an outlet. */
export interface EntityRow {
  readonly id: string;
  readonly name: string;
  readonly aliases: readonly string[];
  readonly kind: "person" | "organisation" | "government" | "force" | "outlet";
  readonly country: string | null;
  readonly partOf?: string;
}
/** A kind of institution that every state has: with an adjective before it, one of a state. */
export interface InstitutionRow {
  readonly slug: string;
  readonly name: string;
  readonly words: readonly string[];
  readonly kind: "government" | "force" | "outlet" | "dealer";
}
/** A place the gazetteer lacks, a region or a sea. */
export interface PlaceRow {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly kind: "town" | "region" | "sea";
  readonly country: string | null;
  readonly latDeg: number;
  readonly lonDeg: number;
  readonly reachKm?: number;
  readonly source: string;
}
/** Spellings that are one: of letters, of given names, of places. */
export interface SpellingRow {
  readonly use: "letters" | "given" | "placeAlias";
  readonly from: string;
  readonly to: string;
}
export interface PredicateRow {
  readonly id: string;
  readonly says: string;
  readonly excludes: readonly { readonly with: string; readonly area: "overlap" | "same" }[];
}
/** How words make a proposition. See docs/intake.md. */
export interface TemplateRow {
  readonly id: string;
  readonly predicate: string;
  readonly active?: readonly string[];
  readonly passive?: readonly string[];
  /** Passive after a form of "to be", else active. */
  readonly participle?: readonly string[];
  readonly state?: readonly string[];
  readonly noun?: readonly string[];
  readonly subject: "party" | "seller" | "none";
  readonly needs: "goods" | "none";
  /** One of these words must stand in the sentence. */
  readonly with?: readonly string[];
  readonly area?: readonly string[];
  readonly via?: readonly string[];
  readonly requiresVia?: boolean;
  /** Where a dealer is, is where it happens: "no dealer in X". Elsewhere a middleman's place is not. */
  readonly ofDealers?: boolean;
  /** The predicate after "can" or "could". */
  readonly modal?: string;
  /** Read inside an "if" too. */
  readonly ifToo?: boolean;
}
export interface ReadingRow {
  readonly use: string;
  readonly words: readonly string[];
}
export interface GapRow {
  readonly kind: "notAddressed" | "noComment" | "declined" | "withheld";
  readonly words: readonly string[];
}
export interface RouteRow {
  readonly id: string;
  readonly name: string;
  readonly carries: "goods" | "account" | "payment" | "service";
  readonly words: readonly string[];
  readonly needs?: readonly string[];
  /** `place`, `subject`, or words. */
  readonly from: string;
  readonly hypotheses: readonly string[];
}
/** Reliability of a source, by whoever keeps the table. */
export interface SourceRow {
  readonly id: string;
  readonly reliability: "A" | "B" | "C" | "D" | "E" | "F";
}

/** A part of a page that is not the report, by expressions over one line; or an agency with the forms of its name. */
export interface PageRow {
  readonly use: "furniture" | "related" | "promotion" | "notice" | "byline" | "caption" | "agency";
  readonly patterns?: readonly string[];
  readonly name?: string;
  readonly words?: readonly string[];
}
/** Words of attribution, in small letters; channels and reserves as expressions; who speaks which language. */
export interface SpeechRow {
  readonly use:
    | "verb"
    | "participle"
    | "alsoNoun"
    | "role"
    | "epithet"
    | "organisation"
    | "utterance"
    | "outlet"
    | "channel"
    | "qualifier"
    | "government"
    | "demonym";
  readonly words?: readonly string[];
  readonly patterns?: readonly string[];
  /** Of a verb or a participle. */
  readonly stance?: Stance;
  /** Of a channel. */
  readonly name?: string;
  /** Of a government's officials, as BCP 47 tags. */
  readonly languages?: readonly string[];
}
/** Words or phrases of one meaning, or spellings of one name: the first stands for the others. */
export interface ParaphraseRow {
  readonly use: "phrase" | "word" | "spelling";
  readonly words: readonly string[];
}

/** All that the reader knows beyond grammar: data a person can extend. */
export interface IntakeTables {
  readonly countries: readonly CountryRow[];
  readonly entities: readonly EntityRow[];
  readonly institutions: readonly InstitutionRow[];
  readonly places: readonly PlaceRow[];
  readonly spellings: readonly SpellingRow[];
  readonly predicates: readonly PredicateRow[];
  readonly templates: readonly TemplateRow[];
  readonly reading: readonly ReadingRow[];
  readonly gaps: readonly GapRow[];
  readonly routes: readonly RouteRow[];
  readonly sources: readonly SourceRow[];
  readonly pages: readonly PageRow[];
  readonly speech: readonly SpeechRow[];
  readonly paraphrases: readonly ParaphraseRow[];
}

/** Columns that a row of each table must have: `s` text, `n` number, `l` list of texts, `k` text or null. */
const COLUMNS: Readonly<Record<keyof IntakeTables, Readonly<Record<string, "s" | "n" | "l" | "k" | "o">>>> = {
  countries: { code: "s", names: "l", demonyms: "l", capitals: "l", latDeg: "n", lonDeg: "n" },
  entities: { id: "s", name: "s", aliases: "l", kind: "s", country: "k" },
  institutions: { slug: "s", name: "s", words: "l", kind: "s" },
  places: { name: "s", aliases: "l", kind: "s", country: "k", latDeg: "n", lonDeg: "n", source: "s" },
  spellings: { use: "s", from: "s", to: "s" },
  predicates: { id: "s", says: "s", excludes: "o" },
  templates: { id: "s", predicate: "s", subject: "s", needs: "s" },
  reading: { use: "s", words: "l" },
  gaps: { kind: "s", words: "l" },
  routes: { id: "s", name: "s", carries: "s", words: "l", from: "s", hypotheses: "l" },
  sources: { id: "s", reliability: "s" },
  pages: { use: "s" },
  speech: { use: "s" },
  paraphrases: { use: "s", words: "l" },
};
/** What else a row needs, by table and use: a row of another use is refused, for nothing would read it. */
const USES: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  pages: {
    ...byUse(["furniture", "related", "promotion", "notice", "byline", "caption"], ["patterns"]),
    ...byUse(["agency"], ["name", "words"]),
  },
  speech: {
    ...byUse(["verb", "participle"], ["stance", "words"]),
    ...byUse(["alsoNoun", "role", "epithet", "organisation", "utterance", "outlet"], ["words"]),
    ...byUse(["channel"], ["name", "patterns"]),
    ...byUse(["qualifier"], ["patterns"]),
    ...byUse(["government", "demonym"], ["words", "languages"]),
  },
  paraphrases: byUse(["phrase", "word", "spelling"], []),
};
const STANCES: readonly string[] = ["asserts", "denies", "concedes", "asks", "declines"];
const NAMES = Object.keys(COLUMNS) as readonly (keyof IntakeTables)[];
/** Columns that a row may leave out; where they stand, they hold words. */
const LISTS = [
  ...["active", "passive", "participle", "state", "noun", "with", "area", "via", "needs"],
  ...["words", "patterns", "languages"],
];
const MAX_ROWS = 50_000;
const MAX_TEXT = 500;

let shipped: IntakeTables | undefined;

/** The tables of this product: states, public institutions, agencies, places, spellings, grammar of claims. */
export function shippedTables(): IntakeTables {
  if (shipped !== undefined) return shipped;
  const require = createRequire(import.meta.url);
  shipped = Object.fromEntries(
    NAMES.map(name => [name, require(`./${name}.json`)]),
  ) as unknown as IntakeTables;
  return shipped;
}

/**
 * Tables with more rows before those there are: for the same word, the added row is found first.
 *
 * @param added parsed JSON by table name, as in `entities.json`: a list of rows each.
 */
export function extendTables(
  base: IntakeTables,
  added: Readonly<Record<string, unknown>>,
): IntakeResult<IntakeTables> {
  const all: Record<string, readonly unknown[]> = { ...base };
  for (const [name, rows] of Object.entries(added)) {
    const columns = Object.hasOwn(COLUMNS, name) ? COLUMNS[name as keyof IntakeTables] : undefined;
    if (columns === undefined) return bad(name, `There is no table "${name}". Tables: ${NAMES.join(", ")}.`);
    if (!Array.isArray(rows) || rows.length > MAX_ROWS)
      return bad(name, `It must be a list of at most ${MAX_ROWS} rows.`);
    for (const [r, row] of rows.entries()) {
      const wrong = wrongColumn(row, columns) ?? wrongUse(row as Cells, USES[name]);
      if (wrong !== null) return bad(`${name}[${r}]`, wrong);
    }
    all[name] = [...rows, ...all[name]!];
  }
  return { ok: true, value: all as unknown as IntakeTables };
}

function byUse(uses: readonly string[], needs: readonly string[]): Record<string, readonly string[]> {
  return Object.fromEntries(uses.map(use => [use, needs]));
}

type Cells = Readonly<Record<string, unknown>>;

/** The columns that the row's use needs, and every expression in it. */
function wrongUse(row: Cells, uses: Readonly<Record<string, readonly string[]>> | undefined): string | null {
  if (uses === undefined) return null;
  const use = String(row["use"]);
  const needs = Object.hasOwn(uses, use) ? uses[use]! : null;
  if (needs === null) return `"${use}" is no use of this table. Uses: ${Object.keys(uses).join(", ")}.`;
  for (const column of needs) {
    const cell = row[column];
    const fits = column === "name" || column === "stance" ? typeof cell === "string" : Array.isArray(cell);
    if (!fits) return `A row of "${use}" needs the column "${column}".`;
  }
  if (needs.includes("stance") && !STANCES.includes(String(row["stance"])))
    return `"${String(row["stance"])}" is no stance. Stances: ${STANCES.join(", ")}.`;
  for (const pattern of (row["patterns"] ?? []) as readonly string[]) {
    const fault = patternFault(pattern);
    if (fault !== null) return fault;
  }
  return null;
}

function wrongColumn(row: unknown, columns: Readonly<Record<string, string>>): string | null {
  if (typeof row !== "object" || row === null || Array.isArray(row)) return "A row must be an object.";
  const cells = row as Cells;
  const isText = (v: unknown): boolean => typeof v === "string" && v !== "" && v.length <= MAX_TEXT;
  const isList = (v: unknown): boolean => Array.isArray(v) && v.length <= 1_000 && v.every(isText);
  for (const [column, kind] of Object.entries(columns)) {
    const cell = cells[column];
    const fits =
      kind === "s"
        ? isText(cell)
        : kind === "n"
          ? typeof cell === "number" && Number.isFinite(cell)
          : kind === "l"
            ? isList(cell)
            : kind === "k"
              ? cell === null || isText(cell)
              : Array.isArray(cell);
    if (!fits) return `The column "${column}" is missing or of another kind.`;
  }
  for (const column of LISTS) {
    const cell = cells[column];
    if (cell !== undefined && !isList(cell) && !isText(cell))
      return `The column "${column}" must be a list of words.`;
  }
  return null;
}

function bad(place: string, message: string): { ok: false; error: IntakeError } {
  return { ok: false, error: { code: "BAD_TABLE", message, place } };
}
