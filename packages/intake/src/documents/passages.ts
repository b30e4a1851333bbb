// SPDX-License-Identifier: MIT
import type { Passage, PassageKind, SourceDocument, TextRange } from "../model.ts";
import { sentencesOf } from "../quotes/sentences.ts";
import { LINE_UNITS, PATTERN_FLAGS } from "../tables/pattern.ts";
import { type Block, blocksOf, endsSentence } from "./blocks.ts";
import { printedDate } from "./calendar.ts";
import { type Dateline, datelineAt } from "./dateline.ts";
import type { PageTable } from "./page-table.ts";

/** The table with its expressions made ready. */
export interface PageRules {
  readonly furniture: RegExp;
  readonly related: RegExp;
  readonly promotion: RegExp;
  readonly notice: RegExp;
  readonly byline: RegExp;
  readonly caption: RegExp;
  agencyOf(words: string): string | null;
}

/** @throws SyntaxError where a table holds an expression that is none; tables are checked when they are loaded. */
export function pageRules(table: PageTable): PageRules {
  // One expression for each list: a line is read once, not once for each entry.
  const any = (entries: readonly string[]) => entries.map(e => `(?:${e})`).join("|") || "(?!)";
  const whole = (entries: readonly string[]) => new RegExp(`^(?:${any(entries)})$`, PATTERN_FLAGS);
  const anywhere = (entries: readonly string[]) => new RegExp(any(entries), PATTERN_FLAGS);
  const names = new Map<string, string>();
  for (const [name, forms] of Object.entries(table.agencies)) {
    names.set(name.toLowerCase(), name);
    for (const form of forms) names.set(form.toLowerCase(), name);
  }
  return {
    furniture: whole(table.furniture),
    related: whole(table.related),
    promotion: anywhere(table.promotion),
    notice: anywhere(table.notice),
    byline: new RegExp(`^(?:${any(table.byline)})`, PATTERN_FLAGS),
    caption: anywhere(table.caption),
    agencyOf: words =>
      words
        .split(/[/,;]| and | via /)
        .map(part => names.get(part.trim().toLowerCase()))
        .find(name => name !== undefined) ?? null,
  };
}

export interface Cut {
  readonly passages: readonly Passage[];
  readonly datelines: readonly (Dateline & TextRange)[];
}

function wordCount(words: string): number {
  let count = 1;
  for (let at = words.indexOf(" "); at >= 0; at = words.indexOf(" ", at + 1)) count++;
  return count;
}

const BULLET = /^[•*▪◦‣·–-]\s+/;
const DATE_PREFIX = /^(?:date|published|updated|posted|last updated)(?: on)?[\s:]+/i;
/** An invitation may carry words in marks; other promotions are told by having none. */
const INVITES = /^(please )?(subscribe|sign up|follow|download|click|join|donate)\b/i;
const NO_QUOTE = /^[^"“”«»]*$/;

/**
 * Cuts a document into passages. What is no part of the report is kept, named and never read for statements:
 * lines of the page, other stories, promotions, notices, captions, bylines.
 */
export function passagesOf(document: SourceDocument, rules: PageRules): Cut {
  const { text } = document;
  const blocks = blocksOf(text);
  const counts = new Map<string, number>();
  for (const { words } of blocks) counts.set(words, (counts.get(words) ?? 0) + 1);
  const passages: Passage[] = [];
  const datelines: (Dateline & TextRange)[] = [];
  const add = (range: TextRange, kind: PassageKind, why: string) =>
    passages.push({ from: range.from, to: range.to, kind, why });
  /** Names that the report itself has used so far: what a teaser of another story lacks. */
  const names = new Set<string>();
  let bodySeen = false;
  let signedOff = false;
  let elsewhere: string | null = null;
  const hints = [...(document.hints ?? [])].sort((a, b) => a.from - b.from);
  let hintAt = 0;

  for (let b = 0; b < blocks.length; b++) {
    const block = blocks[b]!;
    const words = block.words.replace(BULLET, "");
    const isBullet = words !== block.words;
    while (hintAt < hints.length && hints[hintAt]!.to <= block.from) hintAt++;
    const hint = hints[hintAt];
    if (hint !== undefined && hint.from < block.to && hint.kind !== "paragraph" && hint.kind !== "listItem") {
      add(block, hint.kind, `the page marks it as ${hint.why}`);
      continue;
    }
    const ends = endsSentence(words);
    const count = wordCount(words);
    const plain = words.replace(/^[\s([]+|[\s)\]]+$/g, "").slice(0, LINE_UNITS);
    const line = words.slice(0, LINE_UNITS);
    if (count <= 9 && rules.related.test(plain)) {
      add(block, "furniture", "a heading under which pages list other stories");
      elsewhere = "a line under a heading for other stories";
      continue;
    }
    if (count <= 14 && rules.furniture.test(plain)) {
      add(block, "furniture", "a line that pages carry, in the table of furniture");
      continue;
    }
    if (count <= 120 && NO_QUOTE.test(words.slice(0, 40)) && rules.notice.test(line)) {
      add(block, "notice", "words of a notice of rights, source or correction");
      continue;
    }
    if (count <= 40 && (NO_QUOTE.test(words) || INVITES.test(words)) && rules.promotion.test(line)) {
      add(block, "promotion", "asks the reader for something");
      continue;
    }
    if (count <= 60 && rules.byline.test(line) && isByline(words)) {
      add(block, "byline", "names writers or editors");
      // Agencies name their writers at the end, in brackets: what follows is the page's.
      if (bodySeen && /^\(/.test(words)) signedOff = true;
      continue;
    }
    const date = printedDate(words);
    if (date !== null && isOnlyDate(words, date)) {
      add(block, "dateline", "the line holds only a date");
      continue;
    }
    if (count <= 80 && rules.caption.test(line) && sentencesOf(words, all(words)).length <= 2) {
      add(block, "caption", "a picture's credit, or a caption's first word");
      continue;
    }
    if (signedOff) {
      add(block, "furniture", "after the line that ends the report");
      continue;
    }
    if (elsewhere !== null) {
      if (!ends || count < 12 || !sharesName(words, names)) {
        add(block, ends || count > 6 ? "promotion" : "furniture", elsewhere);
        continue;
      }
      elsewhere = null;
    }
    if (!ends && count <= 40 && !/[:,;]$/.test(words)) {
      // No full stop: a headline before the report, a heading within it, a label when it is a bullet.
      const repeated = (counts.get(block.words) ?? 0) > 1;
      if (!bodySeen) {
        const label = isBullet ? count <= 4 : count <= 2;
        add(
          block,
          label ? "furniture" : "headline",
          label ? "a label before the report" : "before the report, without a full stop",
        );
        if (!label) collectNames(words, names);
        continue;
      }
      if (repeated) {
        add(block, "headline", "the headline again");
        continue;
      }
      if (count <= 14 && NO_QUOTE.test(words)) {
        add(block, "subhead", "short, without a full stop");
        continue;
      }
    }
    if (bodySeen && count <= 14 && /\?$/.test(words) && NO_QUOTE.test(words)) {
      add(block, "subhead", "a short question that stands alone");
      continue;
    }
    bodySeen = true;
    collectNames(words, names);
    paragraph(block, isBullet);
  }
  return { passages, datelines };

  /** A paragraph, without the dateline before it and the caption glued to its end. */
  function paragraph(block: Block, isBullet: boolean): void {
    let { from, to } = block;
    const prefix = DATE_PREFIX.exec(text.slice(from, from + 30));
    const date = prefix === null ? null : printedDate(text.slice(from, from + 60));
    if (prefix !== null && date !== null && date.from <= prefix[0].length + 12) {
      add({ from, to: from + date.to }, "dateline", "a date with its label, glued to the paragraph");
      from = skip(from + date.to, to);
    }
    const line = datelineAt(text.slice(from, Math.min(to, from + 200)), rules.agencyOf);
    if (line !== null) {
      const range = { from, to: from + text.slice(from, from + line.length).trimEnd().length };
      add(range, "dateline", "place, day or agency before the first sentence");
      datelines.push({ ...line, ...range });
      from = skip(from + line.length, to);
    }
    const tail = tailCaption(text, from, to, rules);
    if (tail !== null) to = trimEnd(from, tail.from);
    if (to > from)
      add(
        { from, to },
        isBullet ? "listItem" : "paragraph",
        isBullet ? "a sentence in a list" : "sentences of the report",
      );
    if (tail !== null) add(tail, "caption", "the last sentence carries a picture's credit");
  }

  function skip(from: number, to: number): number {
    let at = from;
    while (at < to && /\s/.test(text[at]!)) at++;
    return at;
  }

  function trimEnd(from: number, to: number): number {
    let at = to;
    while (at > from && /\s/.test(text[at - 1]!)) at--;
    return at;
  }
}

/** A sentence at a paragraph's end that is a caption: a credit in brackets glued to it, or an agency with a photographer. */
function tailCaption(text: string, from: number, to: number, rules: PageRules): TextRange | null {
  const end = text.slice(Math.max(from, to - 90), to);
  const bracket = /[.!?](\([^()]{2,60}\))\.?$/.exec(end);
  const glued = bracket !== null && rules.agencyOf(bracket[1]!.slice(1, -1)) !== null;
  if (!glued && !rules.caption.test(end)) return null;
  const sentences = sentencesOf(text, { from, to });
  let last = sentences.length - 1;
  // The credit may have been taken for a sentence of its own.
  if (
    last > 0 &&
    sentences[last]!.to - sentences[last]!.from < 70 &&
    glued &&
    text[sentences[last]!.from] === "("
  )
    last--;
  const start = sentences[last];
  if (start === undefined || last === 0) return null;
  return { from: start.from, to };
}

const all = (words: string): TextRange => ({ from: 0, to: words.length });

function isOnlyDate(words: string, date: { from: number; to: number }): boolean {
  const rest = `${words.slice(0, date.from)} ${words.slice(date.to)}`
    .replace(/\b(mon|tues?|wed(nes)?|thu(rs)?|fri|sat(ur)?|sun)(day)?\b/gi, "")
    .replace(
      /\b(date|published|updated|posted|last|on|at|first|modified|gmt|utc|[ap]m|e[sd]t|c?est|ist|bst)\b/gi,
      "",
    )
    .replace(/[\d:.,|/•()\-–—+T Z\s]+/g, "");
  return rest.length === 0;
}

/** `By Ann Lee and Bo Park, Kyiv`, not `By Friday the road was open.` */
function isByline(words: string): boolean {
  if (!/^by\s/i.test(words)) return true;
  if (endsSentence(words) || words.split(" ").length > 16) return false;
  return /^By (\p{Lu}[\p{L}.'’-]+)( (\p{Lu}[\p{L}.'’-]*|and|de|van|von|bin|al|in|for|[|,]))+/u.test(words);
}

function collectNames(words: string, names: Set<string>): void {
  for (const match of words.matchAll(/(?<=[\p{L}\p{N},’'"“] ?)\p{Lu}[\p{L}]{3,}/gu)) names.add(match[0]);
}

function sharesName(words: string, names: ReadonlySet<string>): boolean {
  for (const match of words.matchAll(/\p{Lu}[\p{L}]{3,}/gu)) if (names.has(match[0])) return true;
  return false;
}
