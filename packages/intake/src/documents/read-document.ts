// SPDX-License-Identifier: MIT
import type { Credit, DatedOn, IntakeResult, Passage, ReadDocument, SourceDocument } from "../model.ts";
import { dayNumber, isoDate, isoOf, onDay, printedDate } from "./calendar.ts";
import { languageOf } from "./language.ts";
import { LIMITS, refused } from "./limits.ts";
import { type PageTable, pageTable } from "./page-table.ts";
import { type Cut, pageRules, passagesOf } from "./passages.ts";

/** How documents are read. */
export interface DocumentOptions {
  /** Default: {@link pageTable}. */
  readonly pages?: PageTable;
}

const rulesOf = new WeakMap<PageTable, ReturnType<typeof pageRules>>();

/**
 * Reads a document: its language, its passages, and what it says of itself (date, publisher, agency, dateline,
 * writers). It decides nothing about what the passages say.
 *
 * A document in another language is a value too, with its `language` and a warning; it has no statements.
 *
 * @returns `TOO_LARGE` above 2,000,000 UTF-16 units, `EMPTY` where no letter is in it.
 */
export function readDocument(
  document: SourceDocument,
  options: DocumentOptions = {},
): IntakeResult<ReadDocument> {
  const { id, text } = document;
  if (text.length > LIMITS.textUnits)
    return refused("TOO_LARGE", id, `The text has ${text.length} characters; ${LIMITS.textUnits} are read.`);
  if (!/\p{L}/u.test(text)) return refused("EMPTY", id, "There are no words in the document.");
  const table = options.pages ?? pageTable;
  let rules = rulesOf.get(table);
  if (rules === undefined) {
    rules = pageRules(table);
    rulesOf.set(table, rules);
  }
  const cut = passagesOf(document, rules);
  const { passages } = cut;
  const bodies = passages.filter(({ kind }) => kind === "paragraph" || kind === "listItem");
  const body = bodies.map(({ from, to }) => text.slice(from, to)).join("\n");
  const seen = languageOf(body === "" ? text : body);
  const declared = document.declared?.language?.toLowerCase().split("-")[0];
  const language = seen === "und" && declared !== undefined && declared !== "" ? declared : seen;
  const warnings: string[] = [];
  if (language !== "en" && language !== "und")
    warnings.push(`The document is in another language (${language}); only English is read for statements.`);
  if (language === "und") warnings.push("The language is not certain; it is read as English.");
  if (bodies.length === 0)
    warnings.push("No paragraph of a report was found; nothing is read from page furniture.");
  const published = publishedOf(document, cut);
  if (published === null)
    warnings.push("The document carries no date; days of the week in it have no date by themselves.");
  const agency = agencyCredits(text, cut, rules.agencyOf);
  return {
    ok: true,
    value: {
      document,
      language,
      passages,
      published,
      publisher: publisherOf(document, passages),
      agency: agency.find(({ kind }) => kind === "wire")?.name ?? null,
      datelinePlace: cut.datelines.find(({ place }) => place !== null)?.place ?? null,
      byline: passages.filter(({ kind }) => kind === "byline").map(({ from, to }) => text.slice(from, to)),
      credits: agency,
      warnings,
    },
  };
}

function publishedOf(document: SourceDocument, { passages, datelines }: Cut): DatedOn | null {
  const declared = document.declared?.published?.slice(0, 10);
  if (declared !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(declared) && printedDate(declared) !== null)
    return onDay(declared, "declared by the page");
  const { text } = document;
  for (const { kind, from, to } of passages) {
    if (kind !== "dateline") continue;
    const line = text.slice(from, to);
    const date = printedDate(line);
    if (date !== null) return onDay(date.iso, `printed in the document: “${line.trim()}”`);
  }
  const path = /\/(\d{4})[/-](\d{1,2})[/-](\d{1,2})(?!\d)/.exec(
    document.url ?? document.declared?.canonicalUrl ?? "",
  );
  const inAddress = path === null ? null : isoDate(+path[1]!, +path[2]!, +path[3]!);
  if (inAddress !== null) return onDay(inAddress, "in the document's address");
  const dated = datelines.find(line => line.iso !== null || line.monthDay !== null);
  if (dated?.iso !== null && dated?.iso !== undefined) return onDay(dated.iso, "in the dateline");
  if (dated?.monthDay !== undefined && dated.monthDay !== null && document.fetchedAtMs !== undefined) {
    const fetched = isoOf(Math.floor(document.fetchedAtMs / 86_400_000));
    const year = Number(fetched.slice(0, 4));
    const { month, day } = dated.monthDay;
    const sameYear = isoDate(year, month, day);
    const iso =
      sameYear !== null && dayNumber(sameYear) <= dayNumber(fetched)
        ? sameYear
        : isoDate(year - 1, month, day);
    if (iso !== null) return onDay(iso, "day and month in the dateline, the year before it was fetched");
  }
  return null;
}

function publisherOf(document: SourceDocument, passages: readonly Passage[]): string | null {
  if (document.declared?.publisher !== undefined) return document.declared.publisher;
  for (const { kind, from, to } of passages) {
    if (kind !== "notice") continue;
    const words = document.text.slice(from, to);
    const site = /\b(?:www\.)?([a-z0-9-]{3,60}\.(?:com|org|net|info|news|[a-z]{2}))\b/i.exec(words);
    if (site !== null) return site[1]!.toLowerCase();
    const owner = /©\s*(?:\d{4})?,?\s*(\p{Lu}[\p{L}&. ]{2,40}?)[.,;]/u.exec(words);
    if (owner !== null) return owner[1]!.trim();
  }
  const host = /^https?:\/\/(?:www\.)?([^/:?#]{3,100})/i.exec(
    document.url ?? document.declared?.canonicalUrl ?? "",
  );
  return host === null ? null : host[1]!.toLowerCase();
}

/** Agencies in datelines, captions and sign-offs, and in phrases such as “as per news agency …”. */
function agencyCredits(
  text: string,
  { passages, datelines }: Cut,
  agencyOf: (words: string) => string | null,
): Credit[] {
  const credits: Credit[] = [];
  for (const { from, to, agency } of datelines)
    if (agency !== null) credits.push({ from, to, name: agency, kind: "wire", why: "in the dateline" });
  for (const { kind, from, to } of passages) {
    const words = text.slice(from, to);
    if (kind === "caption") {
      const part = /(\p{L}[\p{L} .-]{1,40})\s*[/)]/u.exec(words.slice(-80));
      const name =
        agencyOf(
          words
            .slice(-60)
            .replace(/^.*[(\s](?=\p{L}+[/)])/u, "")
            .replace(/[().]/g, ""),
        ) ?? agencyOf(part?.[1] ?? "");
      if (name !== null) credits.push({ from, to, name, kind: "photo", why: "credit of a picture" });
    }
    if (kind !== "paragraph" && kind !== "notice" && kind !== "byline") continue;
    for (const found of words.matchAll(
      /(?:\b(?:as per|according to|quoted by|cited by|reported by|told|via|with inputs? from|source:) |\()(?:the )?(?:news agency |agency |newswire )?(\p{Lu}[\p{L}-]+(?: \p{Lu}[\p{L}-]+){0,2})(?:\)|\b)/gu,
    )) {
      const name = agencyOf(found[1]!) ?? agencyOf(found[1]!.split(" ")[0]!);
      if (name === null) continue;
      const at = from + found.index;
      credits.push({
        from: at,
        to: at + found[0].length,
        name,
        kind: "wire",
        why: `credited in the text: “${found[0].trim()}”`,
      });
    }
  }
  return credits;
}
