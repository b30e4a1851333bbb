// SPDX-License-Identifier: MIT
import type { ReadDocument, Statement } from "../model.ts";
import type { Rewriting } from "./fidelity.ts";
import type { QuoteGroup } from "./link-quotes.ts";

/** Where a document's text comes from, as far as it can be seen. */
export interface DocumentLineage {
  readonly documentId: string;
  /**
   * `wire`: an agency's own copy · `wireCopy`: made from an agency's copy that it credits · `respun`: reworded
   * copy, quotations changed · `repost`: another outlet's text under a second name · `own`: none of these seen.
   */
  readonly kind: "wire" | "wireCopy" | "respun" | "repost" | "own";
  /** The agency or outlet it comes from, where it is named. */
  readonly from: string | null;
  /** Other documents here by how much they share, most first. */
  readonly kin: readonly Kinship[];
  readonly why: readonly string[];
}

/** What two documents share. */
export interface Kinship {
  readonly documentId: string;
  /** Groups of quotations that both have. */
  readonly quotes: number;
  /** Share of this document's runs of five words that the other has too, 0 to 1. */
  readonly text: number;
}

const SHINGLE = 5;
const OUTLET = "((?:\\p{Lu}[\\p{L}’'-]+)(?: \\p{Lu}[\\p{L}’'-]+){0,2})";
/** An outlet's own steps, in its own words: only its text speaks like that. */
const OWN_STEP = new RegExp(
  `\\b(?:[Ii]n response to an? ${OUTLET} (?:e-?mail|request|inquiry|query|question)|(?:told|spoke to|speaking to|contacted by|seen by|reviewed by|obtained by) ${OUTLET}\\b|${OUTLET} (?:has |have )?(?:contacted|reached out|asked|approached|emailed))`,
  "gu",
);

/** @param rewriting documents that change what they quote. */
export function lineageOf(
  documents: readonly ReadDocument[],
  statements: readonly Statement[],
  groups: readonly QuoteGroup[],
  rewriting: ReadonlyMap<string, Rewriting>,
): DocumentLineage[] {
  const documentOf = new Map(statements.map(s => [s.id, s.documentId]));
  const shared = new Map<string, Map<string, number>>();
  for (const { members } of groups) {
    const ids = [...new Set(members.map(id => documentOf.get(id)!))];
    for (const a of ids)
      for (const b of ids)
        if (a !== b) {
          const row = shared.get(a) ?? new Map<string, number>();
          row.set(b, (row.get(b) ?? 0) + 1);
          shared.set(a, row);
        }
  }
  const text = sharedText(documents, shared);
  return documents.map((read, i) => {
    const { id } = read.document;
    const kin: Kinship[] = [];
    for (const [j, other] of documents.entries()) {
      const quotes = shared.get(id)?.get(other.document.id) ?? 0;
      if (i === j || quotes === 0) continue;
      kin.push({ documentId: other.document.id, quotes, text: text(i, j) });
    }
    kin.sort((a, b) => b.quotes - a.quotes || b.text - a.text);
    return { documentId: id, ...kindOf(read, kin, rewriting.get(id)), kin };
  });
}

function kindOf(
  read: ReadDocument,
  kin: readonly Kinship[],
  rewriter: Rewriting | undefined,
): Pick<DocumentLineage, "kind" | "from" | "why"> {
  const { agency, credits, publisher } = read;
  const credit = credits.find(({ kind }) => kind === "wire");
  if (rewriter !== undefined)
    return {
      kind: "respun",
      from: agency,
      why: [`changes ${rewriter.changed} of ${rewriter.compared} quotations that it shares with others`],
    };
  if (credit?.why === "in the dateline")
    return { kind: "wire", from: agency, why: [`the dateline names ${agency}`] };
  if (agency !== null)
    return {
      kind: "wireCopy",
      from: agency,
      why: [
        credit!.why,
        ...(kin[0] === undefined ? [] : [`shares ${kin[0].quotes} quotations with ${kin[0].documentId}`]),
      ],
    };
  const outlet = ownStepsOf(read);
  if (outlet !== null && publisher !== null && !squashed(publisher).includes(squashed(outlet)))
    return {
      kind: "repost",
      from: outlet,
      why: [`tells of ${outlet}'s own steps, and ${publisher} prints it`],
    };
  return { kind: "own", from: null, why: ["no sign of another's copy"] };
}

function ownStepsOf(read: ReadDocument): string | null {
  const { text } = read.document;
  for (const { kind, from, to } of read.passages) {
    if (kind !== "paragraph") continue;
    for (const found of text.slice(from, to).matchAll(OWN_STEP)) {
      const name = found[1] ?? found[2] ?? found[3];
      if (name !== undefined && /^(?:In|The|On|At|He|She|It|They)\b/.test(name) === false) return name;
    }
  }
  return null;
}

function squashed(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, "");
}

/**
 * Share of one document's runs of five words that another has, for those that share quotations. Runs are numbers:
 * two hashes of their words, 53 bits together, so that two runs are taken for one another in fewer than one of
 * 10^9 pairs of documents. Counted by an index from runs to the documents that have them.
 */
function sharedText(
  documents: readonly ReadDocument[],
  kin: ReadonlyMap<string, ReadonlyMap<string, number>>,
): (own: number, other: number) => number {
  const numbers = new Map<number, number>();
  const having: number[][] = [];
  const runs = documents.map((read, d) => {
    const own: number[] = [];
    for (const run of kin.has(read.document.id) ? runsOf(read) : []) {
      let number = numbers.get(run);
      if (number === undefined) {
        number = having.length;
        numbers.set(run, number);
        having.push([]);
      }
      const list = having[number]!;
      if (list.at(-1) === d) continue;
      list.push(d);
      own.push(number);
    }
    return own;
  });
  // Rows are asked for one document after another: the last one is enough.
  const row = new Int32Array(documents.length);
  let rowOf = -1;
  return (own, other) => {
    if (runs[own]!.length === 0) return 0;
    if (rowOf !== own) {
      row.fill(0);
      for (const run of runs[own]!) for (const d of having[run]!) row[d]!++;
      rowOf = own;
    }
    return row[other]! / runs[own]!.length;
  };
}

/** The runs of a report's words as numbers, in order; a word is letters and digits, capitals ignored. */
function runsOf(read: ReadDocument): number[] {
  const { text } = read.document;
  const runs: number[] = [];
  const highs = new Int32Array(SHINGLE);
  const lows = new Int32Array(SHINGLE);
  for (const { kind, from, to } of read.passages) {
    if (kind !== "paragraph" && kind !== "listItem") continue;
    let [words, high, low, length] = [0, 0, 0, 0];
    for (let at = from; at <= to; at++) {
      const unit = at < to ? letterAt(text, at) : 0;
      if (unit !== 0) {
        high = Math.imul(high ^ unit, 0x0100_0193);
        low = Math.imul(low, 31) + unit;
        length++;
        continue;
      }
      if (length === 0) continue;
      highs[words % SHINGLE] = high;
      lows[words % SHINGLE] = low;
      words++;
      high = low = length = 0;
      if (words < SHINGLE) continue;
      let [first, second] = [0x811c_9dc5, 0x9e37_79b9];
      for (let k = 0; k < SHINGLE; k++) {
        const slot = (words + k) % SHINGLE;
        first = Math.imul(first ^ highs[slot]!, 0x0100_0193);
        first ^= first >>> 13;
        second = Math.imul(second + lows[slot]!, 0x85eb_ca6b);
        second ^= second >>> 15;
      }
      runs.push((first >>> 0) * 2 ** 21 + (second >>> 11));
    }
  }
  return runs;
}

/** The unit of a letter or digit in small letters, 0 for anything else. */
function letterAt(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  if (unit < 128) {
    if ((unit >= 97 && unit <= 122) || (unit >= 48 && unit <= 57)) return unit;
    return unit >= 65 && unit <= 90 ? unit + 32 : 0;
  }
  if (unit >= 0xd800 && unit <= 0xdfff) return unit;
  return /[\p{L}\p{N}]/u.test(text[at]!) ? text[at]!.toLowerCase().charCodeAt(0) : 0;
}
