// SPDX-License-Identifier: MIT
import { dayNumber } from "../documents/calendar.ts";
import { LIMITS } from "../documents/limits.ts";
import type { DatedOn, ReadDocument, Speaker, Statement } from "../model.ts";
import { type DocumentLineage, lineageOf } from "./document-lineage.ts";
import { judgeFidelity } from "./fidelity.ts";
import { inferDates } from "./infer-dates.ts";
import { officeLanguagesOf } from "./office-languages.ts";
import { type ParaphraseTable, paraphraseTable } from "./paraphrase-table.ts";
import { standsIn, trigramCosine, type Wording, wordings } from "./wording.ts";

/** Two statements taken for the same words. */
export interface QuoteLink {
  /** Ids of statements, in the order of the input. */
  readonly a: string;
  readonly b: string;
  /** `wording`: alike by themselves · `part`: one stands in the other · `candidate`: by speaker, day and meaning. */
  readonly stage: "wording" | "part" | "candidate";
  /** 0 to 1: cosine of character trigrams for `wording`, share of meaning for the others. */
  readonly score: number;
  readonly why: string;
}

/** The same words of one speech in several places. */
export interface QuoteGroup {
  readonly id: string;
  /** Ids of statements, in the order of the input. */
  readonly members: readonly string[];
  /** The member whose wording stands for the group. */
  readonly reference: string;
}

/** Options of {@link linkQuotes}. */
export interface LinkOptions {
  readonly paraphrases?: ParaphraseTable;
  /** The same string for one speaker under several names; `null`: not known. Default: surname, or the name. */
  readonly speakerKey?: (speaker: Speaker) => string | null;
  /** Languages a speaker is likely to speak in public; empty: not known. Default: by the offices in role and name. */
  readonly languagesOf?: (speaker: Speaker) => readonly string[];
}

/** What linking found out. */
export interface LinkedQuotes {
  /** The statements again, in the same order, with group, fidelity, and dates and speakers that other documents tell. */
  readonly statements: readonly Statement[];
  /** All groups, those of one statement too, in order of their first member. */
  readonly groups: readonly QuoteGroup[];
  readonly links: readonly QuoteLink[];
  /** One for each document, in the same order. */
  readonly lineage: readonly DocumentLineage[];
  /** Dates of documents without one, from what they share with dated ones. */
  readonly inferredDates: ReadonlyMap<string, DatedOn>;
}

/** Cosine of trigrams from which two wordings are one: precision 1 on the recorded reports (authority §6.1). */
const WORDING_THRESHOLD = 0.58;
/** Share of the shorter one's meaning, for the same speaker at the same time, best match both ways. */
const CANDIDATE_THRESHOLD = 0.5;
/** A meaning that more statements have than this says nothing; bounds the work. */
const COMMON = 400;

interface Item {
  readonly index: number;
  readonly statement: Statement;
  readonly wording: Wording;
  readonly key: string | null;
}

/**
 * Links quotations that give the same words of the same speech.
 *
 * Two stages: wordings that are alike by their character trigrams; then, for one speaker and compatible days,
 * wordings that share meaning, each the other's best match among its document's. The second finds respun and
 * translated quotations without joining two sentences of one speech, for each has a better match. Only statements
 * with the marks are linked; whole documents are never compared as bags of words.
 *
 * @throws RangeError above 50,000 statements or 2,000 documents: the caller splits by event first.
 */
export function linkQuotes(
  documents: readonly ReadDocument[],
  statements: readonly Statement[],
  options: LinkOptions = {},
): LinkedQuotes {
  if (statements.length > LIMITS.linkedStatements || documents.length > LIMITS.documents)
    throw new RangeError(`At most ${LIMITS.linkedStatements} statements of ${LIMITS.documents} documents.`);
  const { wordingOf } = wordings(options.paraphrases ?? paraphraseTable);
  const keyOf = options.speakerKey ?? speakerKey;
  const items: Item[] = [];
  for (const [index, statement] of statements.entries()) {
    if (!statement.direct) continue;
    const { speaker } = statement;
    items.push({
      index,
      statement,
      wording: wordingOf(statement.text),
      key: speaker === null || speaker.kind === "unnamed" ? null : keyOf(speaker),
    });
  }
  const { firsts, copies } = withoutCopies(items);
  const links = join(firsts, copies, comparePairs(firsts));
  const groups = groupsOf(items, links);
  const dated = inferDates(documents, statements, groups);
  const judged = judgeFidelity(
    documents,
    dated.statements,
    groups,
    wordingOf,
    options.languagesOf ?? officeLanguagesOf,
  );
  return {
    statements: judged.statements,
    groups: judged.groups,
    links,
    lineage: lineageOf(documents, judged.statements, judged.groups, judged.rewriting),
    inferredDates: dated.inferred,
  };
}

interface Pair {
  readonly a: Item;
  readonly b: Item;
  readonly cosine: number;
  readonly share: number;
  readonly common: number;
  readonly sameDocument: boolean;
  readonly part: boolean;
}

/**
 * Sets aside what repeats the words of one speaker on one day, in another document: it goes where the first goes.
 * So a wire story printed a thousand times costs what it costs once.
 */
function withoutCopies(items: readonly Item[]): {
  firsts: readonly Item[];
  copies: ReadonlyMap<Item, readonly Item[]>;
} {
  const byWords = new Map<string, Item[]>();
  for (const item of items) {
    const { saidOn } = item.statement;
    const name = `${item.key ?? "?"}|${saidOn?.from ?? "?"}|${item.wording.words.join(" ")}`;
    const same = byWords.get(name);
    if (same === undefined) byWords.set(name, [item]);
    else same.push(item);
  }
  const copies = new Map<Item, readonly Item[]>();
  for (const [first, ...rest] of byWords.values()) {
    // Without a name or with a word or two, the same words may be anybody's: those are compared like others.
    const isSure = first!.key !== null && first!.wording.words.length >= 3;
    copies.set(first!, isSure ? rest : []);
    if (!isSure) for (const item of rest) copies.set(item, []);
  }
  return { firsts: items.filter(item => copies.has(item)), copies };
}

/**
 * Pairs that may be linked, with how alike they are. An index from meanings to the statements that have them
 * counts how many two statements share; a pair is looked at only if that can be two (one, where each has but
 * one), so that the work grows with the pairs that speak of the same, not with all pairs.
 */
function comparePairs(items: readonly Item[]): Pair[] {
  const postings = new Map<string, number[]>();
  for (const [i, { wording }] of items.entries())
    for (const sense of wording.content) {
      const list = postings.get(sense);
      if (list === undefined) postings.set(sense, [i]);
      else list.push(i);
    }
  const weights = new Map<string, number>();
  for (const [sense, { length }] of postings) weights.set(sense, Math.log(1 + items.length / length));
  const light = 0.2 * Math.log(2);
  const weightOf = (wording: Wording, sense: string) =>
    wording.content.has(sense) ? weights.get(sense)! : light;
  const n = items.length;
  const totals = new Float64Array(n);
  /** Meanings of each that too many have to be followed. */
  const frequent = new Int32Array(n);
  for (const [i, { wording }] of items.entries()) {
    for (const sense of wording.meanings) totals[i]! += weightOf(wording, sense);
    for (const sense of wording.content) if (postings.get(sense)!.length > COMMON) frequent[i]!++;
  }
  const compatible = compatibility(items);
  const pairs: Pair[] = [];
  const shares = new Int32Array(n);
  const touched = new Int32Array(n);
  for (let i = 0; i < n; i++) {
    const a = items[i]!;
    let met = 0;
    for (const sense of a.wording.content) {
      const list = postings.get(sense)!;
      if (list.length > COMMON) continue;
      for (let k = firstAbove(list, i); k < list.length; k++) {
        const j = list[k]!;
        if (shares[j]!++ === 0) touched[met++] = j;
      }
    }
    const found = touched.subarray(0, met).sort();
    for (const j of found) {
      const known = shares[j]!;
      shares[j] = 0;
      const b = items[j]!;
      const isSingle = a.wording.content.size === 1 && b.wording.content.size === 1;
      if (known + Math.min(frequent[i]!, frequent[j]!) < (isSingle ? 1 : 2)) continue;
      if (!compatible(i, j)) continue;
      let shared = 0;
      let common = 0;
      for (const s of a.wording.meanings)
        if (b.wording.meanings.has(s)) {
          shared += Math.min(weightOf(a.wording, s), weightOf(b.wording, s));
          if (a.wording.content.has(s) && b.wording.content.has(s)) common++;
        }
      const [small, large] = a.wording.words.length <= b.wording.words.length ? [a, b] : [b, a];
      pairs.push({
        a,
        b,
        cosine: trigramCosine(a.wording, b.wording),
        share: shared / Math.min(totals[i]!, totals[j]!),
        common,
        sameDocument: a.statement.documentId === b.statement.documentId,
        part: small.wording.content.size >= 2 && standsIn(small.wording, large.wording),
      });
    }
  }
  return pairs;
}

/** Index of the first entry of an ascending list above `value`. */
function firstAbove(list: readonly number[], value: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The same speaker or an unknown one, and days that may be one: days and speakers are looked up once for each. */
function compatibility(items: readonly Item[]): (i: number, j: number) => boolean {
  const days = items.map(({ statement: { saidOn } }) =>
    saidOn === null ? null : { from: dayNumber(saidOn.from), to: dayNumber(saidOn.to) },
  );
  const numbers = new Map<string, number>();
  const speakers: Item[] = [];
  const speakerOf = items.map(item => {
    const { speaker } = item.statement;
    const name =
      item.key === null ? "" : `${item.key}|${speaker!.kind}|${speaker!.name}|${speaker!.role ?? ""}`;
    const known = numbers.get(name);
    if (known !== undefined) return known;
    numbers.set(name, speakers.length);
    speakers.push(item);
    return speakers.length - 1;
  });
  const judged = new Map<number, boolean>();
  return (i, j) => {
    const [a, b] = [days[i]!, days[j]!];
    if (a !== null && b !== null) {
      const apart = Math.max(a.from - b.to, b.from - a.to);
      if (apart > 3) return false;
    }
    const [s, t] = [speakerOf[i]!, speakerOf[j]!];
    const pair = s <= t ? s * speakers.length + t : t * speakers.length + s;
    let same = judged.get(pair);
    if (same === undefined) {
      same = sameSpeaker(speakers[s]!, speakers[t]!);
      judged.set(pair, same);
    }
    return same;
  };
}

function sameSpeaker(a: Item, b: Item): boolean {
  if (a.key === null || b.key === null || a.key === b.key) return true;
  return (
    speaksFor(a.statement.speaker!, b.statement.speaker!) ||
    speaksFor(b.statement.speaker!, a.statement.speaker!)
  );
}

/** Whether a person's role names the organisation: a spokesman's words are given as the ministry's, and the other way. */
function speaksFor(person: Speaker, body: Speaker): boolean {
  if (person.kind !== "person" || body.kind === "person" || person.role === null) return false;
  const role = person.role.toLowerCase();
  return body.name
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .some(
      word =>
        word.length >= 3 &&
        new RegExp(`(^|[^\\p{L}])${word}([^\\p{L}]|$)`, "u").test(role) &&
        !/^(the|and|for|ministry|department|main|directorate|intelligence|military|office|agency)$/.test(
          word,
        ),
    );
}

function join(
  items: readonly Item[],
  copies: ReadonlyMap<Item, readonly Item[]>,
  pairs: readonly Pair[],
): QuoteLink[] {
  // Each statement's best match in each other document.
  const best = new Map<string, { other: Item; value: number }>();
  const value = (p: Pair) => p.share + p.cosine;
  const consider = (own: Item, other: Item, p: Pair) => {
    const slot = `${own.index}|${other.statement.documentId}`;
    const known = best.get(slot);
    if (known === undefined || value(p) > known.value + 1e-12) best.set(slot, { other, value: value(p) });
  };
  for (const p of pairs)
    if (!p.sameDocument) {
      consider(p.a, p.b, p);
      consider(p.b, p.a, p);
    }
  const isBest = (own: Item, other: Item) =>
    best.get(`${own.index}|${other.statement.documentId}`)?.other === other;
  const chosen: { link: QuoteLink; p: Pair }[] = [];
  for (const p of pairs) {
    const mutual = p.sameDocument || (isBest(p.a, p.b) && isBest(p.b, p.a));
    const words = Math.min(p.a.wording.content.size, p.b.wording.content.size);
    const single = words === 1 && p.a.wording.content.size === 1 && p.b.wording.content.size === 1;
    const enough = p.common >= 2 || (single && p.common === 1);
    let stage: QuoteLink["stage"] | null = null;
    if (p.part && (p.sameDocument || mutual || p.cosine >= WORDING_THRESHOLD))
      stage = p.cosine >= WORDING_THRESHOLD ? "wording" : "part";
    else if (
      !p.sameDocument &&
      p.cosine >= WORDING_THRESHOLD &&
      (mutual || p.cosine >= 0.8) &&
      (enough || p.cosine >= 0.9)
    )
      stage = "wording";
    else if (
      !p.sameDocument &&
      mutual &&
      enough &&
      p.share >= CANDIDATE_THRESHOLD &&
      (p.common >= 3 || single || p.share >= 0.65)
    )
      stage = "candidate";
    if (stage === null) continue;
    const score = stage === "wording" ? p.cosine : Math.min(1, p.share);
    chosen.push({
      p,
      link: {
        a: p.a.statement.id,
        b: p.b.statement.id,
        stage,
        score,
        why:
          stage === "wording"
            ? `alike by ${(100 * p.cosine).toFixed(0)} % of character trigrams`
            : stage === "part"
              ? "the words of one stand in the other"
              : `one speaker, ${(100 * Math.min(1, p.share)).toFixed(0)} % of the meaning, each the other's best match`,
      },
    });
  }
  // Strongest first, so that a doubtful link never comes before a sure one; ties by the order of the input.
  chosen.sort((x, y) => value(y.p) - value(x.p) || x.p.a.index - y.p.a.index || x.p.b.index - y.p.b.index);
  const parent = new Map<number, number>();
  const root = (i: number): number => {
    let r = i;
    while (parent.get(r) !== undefined && parent.get(r) !== r) r = parent.get(r)!;
    return r;
  };
  const members = new Map<number, Map<string, Item[]>>();
  const links: QuoteLink[] = [];
  for (const first of items) {
    const all = [first, ...copies.get(first)!];
    members.set(
      first.index,
      Map.groupBy(all, ({ statement }) => statement.documentId),
    );
    for (const copy of all.slice(1))
      links.push({
        a: first.statement.id,
        b: copy.statement.id,
        stage: "wording",
        score: 1,
        why: "the same words",
      });
  }
  for (const { link, p } of chosen) {
    const ra = root(p.a.index);
    const rb = root(p.b.index);
    if (ra !== rb) {
      const as = members.get(ra)!;
      const bs = members.get(rb)!;
      if (clashes(as, bs)) continue;
      parent.set(rb, ra);
      for (const [documentId, items] of bs) as.set(documentId, [...(as.get(documentId) ?? []), ...items]);
      members.delete(rb);
    }
    links.push(link);
  }
  return links;
}

/** Two sentences of one document are two, unless the words of one stand in the other. */
function clashes(
  as: ReadonlyMap<string, readonly Item[]>,
  bs: ReadonlyMap<string, readonly Item[]>,
): boolean {
  for (const [documentId, items] of as)
    for (const b of bs.get(documentId) ?? [])
      if (items.some(a => !standsIn(a.wording, b.wording) && !standsIn(b.wording, a.wording))) return true;
  return false;
}

function groupsOf(items: readonly Item[], links: readonly QuoteLink[]): QuoteGroup[] {
  const groupOf = new Map<string, string[]>(items.map(({ statement }) => [statement.id, [statement.id]]));
  for (const { a, b } of links) {
    const left = groupOf.get(a)!;
    const right = groupOf.get(b)!;
    if (left === right) continue;
    const [into, from] = left.length >= right.length ? [left, right] : [right, left];
    for (const id of from) {
      into.push(id);
      groupOf.set(id, into);
    }
  }
  const order = new Map(items.map(({ statement, index }) => [statement.id, index]));
  const done = new Set<readonly string[]>();
  const groups: QuoteGroup[] = [];
  for (const { statement } of items) {
    const members = groupOf.get(statement.id)!;
    if (done.has(members)) continue;
    done.add(members);
    members.sort((x, y) => order.get(x)! - order.get(y)!);
    groups.push({ id: `quote-${groups.length + 1}`, members, reference: members[0]! });
  }
  return groups;
}

function speakerKey(speaker: Speaker): string {
  if (speaker.entityId !== null) return speaker.entityId;
  const low = speaker.name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return speaker.kind === "person" ? low.split(" ").at(-1)! : low;
}
