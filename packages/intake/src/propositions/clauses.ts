// SPDX-License-Identifier: MIT

import type { DateMention } from "../dates/reported-date.ts";
import type { DatedOn } from "../model.ts";
import type { Word } from "../names/lexicon.ts";
import type { NameMention } from "../names/mentions.ts";
import type { Area, PlaceMention, PlacePin } from "../report.ts";
import type { Grammar, Trigger } from "./grammar.ts";

/** A claim as it stands in one sentence, before claims of several places are joined. */
export interface Claim {
  readonly predicate: string;
  readonly template: string;
  readonly subject: string | null;
  readonly object: string | null;
  readonly area: Area | null;
  readonly via: string | null;
  readonly interval: DatedOn | null;
  readonly polarity: "affirmed" | "denied";
  readonly stance: "says" | "denies" | "dismissed";
  readonly manner: string | null;
  /** Word index of the trigger. */
  readonly at: number;
  readonly hypothetical: boolean;
  readonly why: string;
}

/** What a sentence is read with. */
export interface Reading {
  readonly words: readonly Word[];
  readonly mentions: readonly NameMention[];
  readonly places: readonly PlaceMention[];
  readonly dates: readonly DateMention[];
  readonly grammar: Grammar;
  /** Whose words: for "we", "here" and a passive without an agent. */
  readonly speaker: { readonly id: string; readonly root: string; readonly country: PlacePin | null } | null;
  /** What "it" and "the system" stand for. */
  readonly topic: string;
  /** The last place named before: for "there". */
  readonly before: PlacePin | null;
  /** Whose goods they are: a passive sale that its owner denies is the owner's own. */
  readonly owners: ReadonlySet<string>;
}

const BE = new Set(["is", "are", "was", "were", "be", "been", "being", "am", "get", "gets", "getting"]);
const SKIPPED = new Set([
  "not",
  "never",
  "officially",
  "now",
  "also",
  "being",
  "been",
  "be",
  "currently",
  "still",
  "actually",
  "directly",
  "indirectly",
  "or",
  "and",
  "sold",
  "already",
  "often",
  "widely",
  "only",
  "ever",
  "yet",
]);

/** Claims of a sentence by the templates of the table, in the order of their trigger words. */
export function claimsIn(r: Reading): Claim[] {
  const found: Claim[] = [];
  const lows = new Set(r.words.map(w => w.low));
  const dismissed =
    r.words.some(w => r.grammar.is("dismissal", w.low)) &&
    r.words.some(w => /^(allegations?|claims?|accusations?|reports?|suggestions?)$/.test(w.low));
  let taken = 0;
  for (let i = 0; i < r.words.length; i++) {
    if (i < taken) continue;
    for (const trigger of r.grammar.triggers.get(r.words[i]!.low) ?? []) {
      if (!trigger.words.every((w, k) => r.words[i + k]?.low === w)) continue;
      const claim = claimAt(r, i, trigger, lows, isCalledFalse(r, i), dismissed);
      if (claim === null) continue;
      found.push(claim);
      taken = i + trigger.words.length;
      // "stopped the use of": what is stopped is not asserted besides.
      if (/^(use|used)$/.test(trigger.words.at(-1)!) && trigger.words.length > 1) taken++;
      break;
    }
  }
  return found;
}

/**
 * Whether the sentence calls false what word `i` says: a word of denial stands before or after it, and no clause
 * begins between that sets something beside it: "denied the sale after the paper reported that shops sell it".
 */
function isCalledFalse(r: Reading, i: number): boolean {
  for (const step of [-1, 1])
    for (let k = i + step; k >= 0 && k < r.words.length; k += step) {
      const { low } = r.words[k]!;
      if (r.grammar.is("denial", low)) return true;
      if (r.grammar.is("beside", low)) break;
    }
  return false;
}

function claimAt(
  r: Reading,
  i: number,
  { words: said, voice, template }: Trigger,
  lows: ReadonlySet<string>,
  denial: boolean,
  dismissed: boolean,
): Claim | null {
  const { words } = r;
  if (
    template.with !== undefined &&
    !template.with.some(w =>
      w.includes(" ")
        ? hasPhrase(words, w)
        : lows.has(w) || [...lows].some(l => l.startsWith(w) && w.length > 5),
    )
  )
    return null;
  const start = clauseStart(r, i);
  const end = clauseEnd(r, i + said.length);
  const isPassive = hasBe(words, i, start);
  if (voice === "passive" && !isPassive && words[i - 1]?.low !== "to") return null;
  if (
    voice === "state" &&
    !isPassive &&
    !/^(a|an|not|nor|neither|and|or|never|been)$/.test(words[i - 1]?.low ?? "") &&
    !hasBe(words, i, Math.max(0, start - 4))
  )
    return null;
  if (voice === "active" && isPassive && !/ing$/.test(said[0]!)) return null;
  if (
    words[i - 1]?.low === "to" &&
    voice !== "noun" &&
    !BE.has(words[i - 2]?.low ?? "") &&
    template.id !== "connect"
  )
    return null;
  const passive = voice === "passive" || (voice === "participle" && isPassive);
  // "equipment used by", "goods sold in": a participle after its noun is passive too; "has used" is active.
  const bareParticiple =
    voice === "participle" && !isPassive && !/^(has|have|had)$/.test(previousWord(words, i)?.low ?? "");
  const turned = passive || (bareParticiple && !isPlainPast(r, i, said.length));

  const goods = goodsNear(r, start, end, i, turned);
  if (template.needs === "goods" && goods === null) return null;
  const hypothetical = isHypothetical(r, i);
  if (hypothetical && template.ifToo !== true) return null;
  const via = template.via === undefined ? null : placeAfter(r, i, end, template.via);
  if (template.requiresVia && via === null && viaWords(r, i, end, template.via ?? []) === null) return null;

  let subject: string | null = null;
  if (template.subject !== "none") {
    subject = turned
      ? agentAfterBy(r, i, end)
      : voice === "noun"
        ? (partyBefore(r, i, start) ?? partyAfter(r, i, end))
        : partyBefore(r, i, start);
    if (
      subject === null &&
      (template.subject === "seller" || (turned && template.predicate === "SOLD")) &&
      r.speaker !== null &&
      r.owners.has(r.speaker.root)
    )
      subject = r.speaker.root;
    if (template.subject === "seller" && subject === null && r.owners.size === 1) subject = [...r.owners][0]!;
  }
  const area = areaOf(r, i, start, end, template.area ?? [], template.ofDealers === true);
  const modal = template.modal !== undefined && hasModal(r, i, start);
  const negated = isNegated(r, i, start);
  // "false reports claim that X sells": the sentence calls the report false, so it denies X sells.
  const denied = denial ? true : negated;
  const manner = mannerOf(r, i, start, end);
  const interval = intervalNear(r, start, end);
  return {
    predicate: modal ? template.modal! : template.predicate,
    template: template.id,
    subject,
    object: goods ?? (template.needs === "goods" ? r.topic : null),
    area,
    via: via?.id ?? viaWords(r, i, end, template.via ?? []),
    interval,
    polarity: denied ? "denied" : "affirmed",
    stance: dismissed ? "dismissed" : denied ? "denies" : "says",
    manner,
    at: i,
    hypothetical,
    why: `template ${template.id}: "${words
      .slice(i, i + said.length)
      .map(w => w.text)
      .join(
        " ",
      )}", ${turned ? "passive" : voice}${negated ? ", negated in its clause" : ""}${denial ? ", called false in its sentence" : ""}${dismissed ? "; the allegation is waved off, which asserts nothing" : ""}`,
  };
}

/** "The firm sold terminals": an actor just before, goods just after, and no "by". */
function isPlainPast(r: Reading, i: number, length: number): boolean {
  const after = r.words[i + length]?.low;
  if (after === "by" || after === "via") return false;
  const actor =
    r.mentions.some(m => partyOf(m) && m.last < i && m.last >= i - 3) ||
    /^(he|she|they|we|it|who)$/.test(previousWord(r.words, i)?.low ?? "");
  return (
    actor &&
    r.mentions.some(
      m => (m.use === "goods" || m.use === "service") && m.first > i && m.first <= i + length + 4,
    )
  );
}

function hasPhrase(words: readonly Word[], phrase: string): boolean {
  const parts = phrase.split(" ");
  return words.some((_, i) => parts.every((p, k) => words[i + k]?.low === p));
}

/** Where the clause of word `i` begins: after a word or mark that starts another. */
function clauseStart(r: Reading, i: number): number {
  for (let k = i - 1; k >= 0; k--) {
    const { mark } = r.words[k]!;
    if (/[;:.!?]/.test(mark) && k < i) return k + 1;
    if (r.grammar.is("boundary", r.words[k]!.low)) return k + 1;
  }
  return 0;
}

function clauseEnd(r: Reading, i: number): number {
  for (let k = i; k < r.words.length; k++) {
    if (k > i && r.grammar.is("boundary", r.words[k]!.low) && r.words[k]!.low !== "that") return k;
    if (/[;:.!?]/.test(r.words[k]!.mark)) return k + 1;
  }
  return r.words.length;
}

function previousWord(words: readonly Word[], i: number): Word | undefined {
  let k = i - 1;
  while (k >= 0 && SKIPPED.has(words[k]!.low)) k--;
  return words[k];
}

function hasBe(words: readonly Word[], i: number, start: number): boolean {
  for (let k = i - 1; k >= start && k >= i - 6; k--) {
    const { low } = words[k]!;
    if (BE.has(low)) return true;
    if (!SKIPPED.has(low) && !/(ly|ed)$/.test(low) && !/^(nor|neither|for|in|use|here|a|an)$/.test(low))
      return false;
  }
  return false;
}

function isNegated(r: Reading, i: number, start: number): boolean {
  for (let k = i; k >= start; k--) if (r.grammar.is("negation", r.words[k]!.low)) return true;
  // "neither certified for use in, nor supplied to", "nor does it": the clause may begin at the word itself.
  return false;
}

function hasModal(r: Reading, i: number, start: number): boolean {
  for (let k = i - 1; k >= Math.max(start, i - 5); k--)
    if (r.grammar.is("modal", r.words[k]!.low)) return true;
  return false;
}

function isHypothetical(r: Reading, i: number): boolean {
  for (let k = 0; k <= i; k++) if (r.grammar.is("hypothetical", r.words[k]!.low)) return true;
  return false;
}

function partyOf(m: NameMention): boolean {
  return m.use === "party" || m.use === "country";
}

function partyBefore(r: Reading, i: number, start: number): string | null {
  for (let pass = 0; pass < 2; pass++) {
    for (let m = r.mentions.length - 1; m >= 0; m--) {
      const mention = r.mentions[m]!;
      if (mention.last >= i || (pass === 0 && mention.first < start)) continue;
      if (!partyOf(mention)) continue;
      let k = mention.first - 1;
      while (k > 0 && /^(the|a|an|its|their|his|her|or|some|multiple|several)$/.test(r.words[k]!.low)) k--;
      const before = r.words[k]?.low ?? "";
      if (r.words[mention.last]!.possessive && mention.use === "party") continue;
      if (
        mention.id.startsWith("some:") &&
        /^(its|their|his|her)$/.test(r.words[mention.first - 1]?.low ?? "")
      )
        continue;
      if (k >= 0 && /^(to|in|from|with|against|for|of|by|near|at|through|via|on)$/.test(before)) continue;
      if (r.words[mention.last]!.possessive && mention.use === "country") continue;
      if (
        mention.use === "country" &&
        /^[a-z]/.test(r.words[mention.last + 1]?.text ?? "a") &&
        isAdjective(r, mention)
      )
        continue;
      return mention.id;
    }
    const pronoun = r.words.slice(start, i).some(w => /^(he|she|we|i|it|its|they)$/.test(w.low));
    if (
      pass === 0 &&
      pronoun &&
      r.speaker !== null &&
      !r.words
        .slice(start, i)
        .every(w => w.low !== "he" && w.low !== "she" && w.low !== "we" && w.low !== "i")
    )
      return r.speaker.root;
  }
  return null;
}

/** A word for a state's people before a noun that no table knows is part of that noun. */
function isAdjective(r: Reading, m: NameMention): boolean {
  return /(an|ish|ese|ian|ch|i)$/.test(r.words[m.last]!.low) && r.words[m.last]!.mark === "";
}

function partyAfter(r: Reading, i: number, end: number): string | null {
  return r.mentions.find(m => m.first > i && m.last < end && m.use === "party")?.id ?? null;
}

function agentAfterBy(r: Reading, i: number, end: number): string | null {
  for (let k = i + 1; k < end; k++) {
    if (!/^(by|via|from)$/.test(r.words[k]!.low)) continue;
    // "by units such as Norway's 3rd Brigade": the example is the agent.
    const agents = r.mentions.filter(m => m.first > k && m.first <= k + 8 && m.last < end && partyOf(m));
    const agent = agents.find(m => m.kind === "unit") ?? agents.find(m => m.use === "party") ?? agents[0];
    if (agent !== undefined) return agent.id;
  }
  return null;
}

function goodsNear(r: Reading, start: number, end: number, i: number, turned: boolean): string | null {
  const within = r.mentions.filter(
    m => (m.use === "goods" || m.use === "service") && m.first >= start && m.last < end,
  );
  const side = within.filter(m => (turned ? m.first < i : m.first > i));
  const named = [...side, ...within].find(m => m.id !== "goods:terminal") ?? side[0] ?? within[0];
  if (named !== undefined) return named.id === "goods:terminal" ? r.topic : named.id;
  for (let k = start; k < Math.min(end, i + 8); k++)
    if (r.grammar.is("goodsPronoun", r.words[k]!.low)) return r.topic;
  // "The terminals …, which are being used": the noun stands before its relative clause.
  const before = r.mentions.filter(m => (m.use === "goods" || m.use === "service") && m.last < i).at(-1);
  return before === undefined ? null : before.id === "goods:terminal" ? r.topic : before.id;
}

function placeAfter(r: Reading, i: number, end: number, prepositions: readonly string[]): PlacePin | null {
  for (let k = i + 1; k < end; k++) {
    if (!prepositions.includes(r.words[k]!.low)) continue;
    const place = placeFrom(r, k + 1, Math.min(end, k + 6));
    if (place !== null) return place;
  }
  return null;
}

function placeFrom(r: Reading, from: number, to: number): PlacePin | null {
  for (let k = from; k < to; k++) {
    const word = r.words[k];
    if (word === undefined) return null;
    const place = r.places.find(p => p.from === word.from && p.pin !== null);
    if (place?.pin) return place.pin;
  }
  return null;
}

function viaWords(r: Reading, i: number, end: number, prepositions: readonly string[]): string | null {
  for (let k = i + 1; k < end; k++) {
    if (prepositions.includes(r.words[k]!.low) && /^(a|an|another|some)$/.test(r.words[k + 1]?.low ?? ""))
      return r.words
        .slice(k + 1, Math.min(end, k + 4))
        .map(w => w.low)
        .join(" ");
  }
  return null;
}

/** The place after one of the template's prepositions; else the last place of the clause; "here", "there", "that country". */
function areaOf(
  r: Reading,
  i: number,
  start: number,
  end: number,
  prepositions: readonly string[],
  ofDealers: boolean,
): Area | null {
  if (prepositions.length === 0) return null;
  const inClause = (from: number, to: number): PlaceMention[] =>
    r.places.filter(
      p =>
        p.pin !== null &&
        !isPartOfName(r, p) &&
        (ofDealers || !isMiddlemans(r, p)) &&
        p.from >= (r.words[from]?.from ?? Infinity) &&
        p.to <= (r.words[to - 1]?.to ?? -1),
    );
  for (let k = i + 1; k < end; k++) {
    const { low } = r.words[k]!;
    if (low === "here" && r.speaker?.country) return { pin: r.speaker.country, part: null };
    if (low === "there" && (r.before !== null || inClause(0, k).length > 0))
      return { pin: inClause(0, k).at(-1)?.pin ?? r.before!, part: null };
    if (low === "us" && r.words[k - 1]!.low === "with" && r.words[k]!.text === "us" && r.speaker?.country)
      return { pin: r.speaker.country, part: null };
    // "an intermediary in X": where the middleman is, not where the thing happens.
    if (!prepositions.includes(low) || (!ofDealers && MIDDLEMAN.test(r.words[k - 1]!.low))) continue;
    const direct = placeFrom(r, k + 1, Math.min(end, k + 7));
    const people = r.mentions.find(
      m => m.first > k && m.first <= k + 2 && m.country !== null && m.use === "country",
    );
    if (direct !== null) return { pin: direct, part: partOf(r, k, end) };
    const theirs = people === undefined ? null : countryArea(r, people);
    if (theirs !== null) return theirs;
  }
  const inSentence = inClause(start, end).length > 0 ? inClause(start, end) : inClause(i + 1, r.words.length);
  const smallest = [...inSentence]
    .filter(p => p.of !== "dateline")
    .sort((a, b) => rank(a.pin!) - rank(b.pin!))[0];
  return smallest?.pin ? { pin: smallest.pin, part: partOf(r, start, end) } : null;
}

/** "Norway's 3rd Brigade" names no place of the event. */
function isPartOfName(r: Reading, p: PlaceMention): boolean {
  return r.mentions.some(
    m => m.use === "party" && r.words[m.first]!.from <= p.from && r.words[m.last]!.to >= p.to,
  );
}

function isMiddlemans(r: Reading, p: PlaceMention): boolean {
  const k = r.words.findIndex(w => w.from === p.from);
  return MIDDLEMAN.test(r.words[k - 2]?.low ?? "");
}

const MIDDLEMAN = /^(intermediary|intermediaries|middleman|middlemen|dealers?|resellers?|distributors?)$/;

function rank(pin: PlacePin): number {
  return pin.kind === "region" ? 0 : pin.kind === "town" ? 1 : pin.kind === "sea" ? 2 : 3;
}

function countryArea(r: Reading, people: NameMention): Area | null {
  const pin = r.places.find(p => p.pin?.kind === "country" && p.pin.country === people.country)?.pin;
  return pin ? { pin, part: null } : null;
}

function partOf(r: Reading, from: number, end: number): string | null {
  for (let k = Math.max(0, from - 2); k < Math.min(end + 6, r.words.length); k++) {
    const { low } = r.words[k]!;
    if (r.grammar.is("held", low)) return "held";
    if (r.grammar.is("front", low)) return "front";
  }
  return null;
}

function mannerOf(r: Reading, i: number, start: number, end: number): string | null {
  const near: string[] = [];
  for (let k = Math.max(start, i - 6); k < Math.min(end, i + 6); k++) {
    const { low } = r.words[k]!;
    if (r.grammar.is("manner", low) && !near.includes(low))
      near.push(low === "official" ? "officially" : low);
  }
  return near.length === 0 ? null : [...new Set(near)].join(", ");
}

function intervalNear(r: Reading, start: number, end: number): DatedOn | null {
  const from = r.words[start]?.from ?? 0;
  const to = r.words[Math.max(start, end - 1)]?.to ?? 0;
  const isCompared = (at: number): boolean => {
    const k = r.words.findIndex(w => w.from >= at);
    return /^(compared|than)$/.test(r.words[k - 1]?.low ?? "") || r.words[k - 2]?.low === "compared";
  };
  return (
    r.dates.find(
      d => d.date !== null && !isCompared(d.from) && d.from >= from && d.to <= to && !/day$/i.test(d.words),
    )?.date ?? null
  );
}
