// SPDX-License-Identifier: MIT
import { distanceKm } from "@perigee/earth";
import { LIMITS } from "../documents/limits.ts";
import type { Passage, ReadDocument } from "../model.ts";
import {
  type DocumentWords,
  documentWords,
  type Lexicon,
  lexiconOf,
  phraseAt,
  type Word,
} from "../names/lexicon.ts";
import type { KnownNames } from "../names/mentions.ts";
import type { PlaceMention, PlacePin } from "../report.ts";
import type { IntakeTables } from "../tables/intake-tables.ts";
import { type Candidate, type Gazetteer, gazetteerOf } from "./gazetteer.ts";

/** Words before a name that say that it is a place. */
const LOCATIVE = new Set([
  "in",
  "near",
  "at",
  "from",
  "to",
  "toward",
  "towards",
  "around",
  "outside",
  "inside",
  "over",
  "into",
  "of",
  "through",
  "via",
  "across",
  "off",
  "between",
  "beyond",
  "within",
  "for",
  "against",
]);
/** Words between them and the name. */
const BETWEEN = new Set([
  "the",
  "town",
  "towns",
  "city",
  "cities",
  "village",
  "villages",
  "port",
  "district",
  "settlement",
  "settlements",
  "capital",
  "suburb",
  "frontline",
  "eastern",
  "western",
  "northern",
  "southern",
  "central",
  "coastal",
  "occupied",
  "nearby",
  "border",
]);
const TOWN_NOUN = new Set([
  "town",
  "towns",
  "city",
  "cities",
  "village",
  "villages",
  "port",
  "settlement",
  "settlements",
  "suburb",
  "capital",
]);
const CALENDAR =
  /^(january|february|march|april|may|june|july|august|september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday)$/;
const REGION_NOUN = /^(region|oblast|province|governorate|district|state|county|prefecture|krai|raion)$/;
/** A town without words beside it that fix it must be at least this big to be pinned by its country alone. */
const KNOWN_TOWN_PEOPLE = 15_000;
/** A town pinned by its size alone: this many people, and so many times those of the next. */
const FAMOUS_PEOPLE = 200_000;
const FAMOUS_RATIO = 25;
/** What "near" can mean. */
const NEAR_KM = 60;
/** How far places of one event, without a word between them, may lie apart to speak for each other. */
const SAME_STORY_KM = 120;
/** Places of a report that may speak for others: bounds the work. */
const MOST_ANCHORS = 200;
/** A region named after a town reaches about so far. */
const TOWN_REGION_KM = 130;

interface Draft {
  readonly passage: Passage;
  readonly first: number;
  readonly last: number;
  readonly from: number;
  readonly to: number;
  readonly words: string;
  readonly sentence: number;
  candidates: readonly Candidate[];
  pin: PlacePin | null;
  why: string;
  /** Named after "near". */
  readonly isNear: boolean;
  /** `Name, Region, Country`: the countries that follow. */
  readonly trailing: string | null;
  readonly isRegion: boolean;
  /** A capital where its government may be meant: never pinned. */
  readonly isHeldBack: boolean;
  partner: Draft | null;
}

/**
 * Places named in a document. A country, region or sea of the tables is located as it stands. A town's name is a
 * place only after a word that says so, and is pinned only by what stands beside it: "near" a located place, a
 * region or country in its sentence, the name beside it in the same row, the story's other places; or by being
 * the one big town of that name. A known place that contradicts its sentence is never pinned: it stays ambiguous.
 */
export function placesIn(
  read: ReadDocument,
  tables: IntakeTables,
  names: KnownNames,
  known: DocumentWords = documentWords(read.document.text, read.passages),
): PlaceMention[] {
  const gazetteer = gazetteerOf(tables);
  const lexicon = lexiconOf(tables);
  const { text, id: documentId } = read.document;
  const drafts: Draft[] = [];
  const told = new Map<string, number>();
  for (const passage of read.passages) {
    if (
      passage.kind === "furniture" ||
      passage.kind === "promotion" ||
      passage.kind === "notice" ||
      passage.kind === "byline"
    )
      continue;
    const words = known.within(passage.from, passage.to);
    spot(words, passage, drafts, gazetteer, lexicon, names, told);
  }
  const bySentence = Map.groupBy(drafts, d => d.sentence);
  for (let round = 0; round < 3; round++) {
    const anchors = new Map<string, PlacePin>();
    for (const d of drafts) {
      if (anchors.size >= MOST_ANCHORS) break;
      if (d.pin?.kind === "town" && d.passage.kind !== "dateline") anchors.set(d.words, d.pin);
    }
    for (const d of drafts) if (d.pin === null) settle(d, bySentence.get(d.sentence)!, anchors, told);
  }
  return drafts.map(d => ({
    documentId,
    from: d.from,
    to: d.to,
    words: text.slice(d.from, d.to),
    status: d.pin === null ? "ambiguous" : "located",
    pin: d.pin === null ? null : bare(d.pin),
    candidates: d.pin === null ? d.candidates.slice(0, 8).map(bare) : [],
    of:
      d.passage.kind === "dateline" || isDateline(read, d)
        ? "dateline"
        : d.passage.kind === "caption"
          ? "caption"
          : "event",
    why: d.why,
  }));
}

function isDateline(read: ReadDocument, d: Draft): boolean {
  return (
    read.datelinePlace !== null &&
    d.words.toLowerCase() === read.datelinePlace.toLowerCase() &&
    d.from - d.passage.from < 40 &&
    /^\p{Lu}{3,}/u.test(d.words)
  );
}

function spot(
  words: readonly Word[],
  passage: Passage,
  drafts: Draft[],
  gazetteer: Gazetteer,
  lexicon: Lexicon,
  names: KnownNames,
  told: Map<string, number>,
): void {
  let sentence = drafts.length === 0 ? 0 : drafts.at(-1)!.sentence + 1;
  let previous: Draft | null = null;
  let began = 0;
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    // A sentence without an end is cut, so that what looks at a whole sentence stays cheap.
    if (i > 0 && (/[.!?]/.test(words[i - 1]!.mark) || i - began >= LIMITS.sentenceTokens)) {
      began = i;
      sentence++;
      previous = null;
    }
    const cue = locativeBefore(words, i);
    const area = areaAt(gazetteer, words, i);
    const state =
      area === null && word.capital
        ? phraseAt(lexicon, words, i, p => p.use === "country" || p.use === "demonym")
        : null;
    if (state !== null) {
      told.set(state.country!, (told.get(state.country!) ?? 0) + 1);
      const last = i + state.words.length - 1;
      if (state.use === "country" && !(state.acronym && !cue.found && passage.kind !== "dateline")) {
        const pin = gazetteer.country(state.country!);
        if (pin !== null)
          drafts.push(draftOf(words, i, last, passage, sentence, { pin, why: "a country of the table" }));
      }
      i = last;
      continue;
    }
    if (area !== null) {
      const last = i + area.words.length - 1;
      if (area.pin.country !== null) told.set(area.pin.country, (told.get(area.pin.country) ?? 0) + 1);
      previous = draftOf(words, i, last, passage, sentence, {
        pin: area.pin,
        why: `a ${area.pin.kind} of the table`,
      });
      drafts.push(previous);
      i = last;
      continue;
    }
    if (!word.capital || word.low.length < 3 || CALENDAR.test(word.low)) continue;
    const inRow = previous !== null && previous.last === i - 2 && /^(and|or)$/.test(words[i - 1]!.low);
    const afterComma = previous !== null && previous.last === i - 1 && words[i - 1]!.mark === ",";
    const isFiled = passage.kind === "dateline" || (i === 0 && /^\p{Lu}{3,}$/u.test(word.text));
    if (!(cue.found || inRow || afterComma || isFiled)) continue;
    let taken: Draft | null = null;
    for (let n = Math.min(3, words.length - i); n >= 1 && taken === null; n--) {
      const part = words.slice(i, i + n);
      if (part.some((w, k) => !w.capital || (k < n - 1 && w.mark !== ""))) continue;
      const name = part.map(w => w.text).join(" ");
      if (n === 1 && names.byFirst.has(word.low)) break;
      const next = words[i + n];
      if (
        next?.capital &&
        words[i + n - 1]!.mark === "" &&
        !REGION_NOUN.test(next.low) &&
        gazetteer.find(name).length > 0 &&
        !words[i + n - 1]!.possessive &&
        !lexicon.has(next.low)
      ) {
        // "at Paris Hilton": a longer name that the gazetteer does not know is not its first word.
        continue;
      }
      const candidates = gazetteer.find(name);
      if (candidates.length === 0 && !(n === 1 && cue.town)) continue;
      const isRegion = next !== undefined && REGION_NOUN.test(next.low) && words[i + n - 1]!.mark === "";
      // "a deal between Moscow and Kyiv", "sold to Moscow": a capital may be its government.
      const isCapital =
        phraseAt(lexicon, words, i, p => p.use === "capital") !== null &&
        (cue.polite || (inRow && previous!.isHeldBack));
      taken = draftOf(words, i, i + n - 1, passage, sentence, {
        candidates,
        isHeldBack: isCapital && !isFiled,
        isNear: cue.near || (inRow && previous!.isNear),
        isRegion,
        trailing: trailingCountry(words, i + n - 1, lexicon),
        partner: inRow || afterComma ? previous : null,
      });
    }
    if (taken === null) continue;
    if (taken.partner !== null && taken.partner.partner === null && taken.partner.pin === null)
      taken.partner.partner = taken;
    drafts.push(taken);
    previous = taken;
    i = taken.last;
  }
}

function draftOf(
  words: readonly Word[],
  first: number,
  last: number,
  passage: Passage,
  sentence: number,
  given: Partial<
    Pick<Draft, "candidates" | "pin" | "why" | "isNear" | "isRegion" | "isHeldBack" | "trailing" | "partner">
  >,
): Draft {
  return {
    passage,
    first,
    last,
    from: words[first]!.from,
    to: words[last]!.to,
    words: words
      .slice(first, last + 1)
      .map(w => w.text)
      .join(" "),
    sentence,
    candidates: given.candidates ?? [],
    pin: given.pin ?? null,
    why: given.why ?? "nothing beside it says which place is meant",
    isNear: given.isNear ?? false,
    isRegion: given.isRegion ?? false,
    isHeldBack: given.isHeldBack ?? false,
    trailing: given.trailing ?? null,
    partner: given.partner ?? null,
  };
}

function locativeBefore(
  words: readonly Word[],
  i: number,
): { found: boolean; near: boolean; town: boolean; polite: boolean } {
  let town = false;
  for (let k = i - 1; k >= 0 && k >= i - 5; k--) {
    const { low, mark } = words[k]!;
    if (mark !== "") break;
    if (TOWN_NOUN.has(low)) town = true;
    if (low === "of" && TOWN_NOUN.has(words[k - 1]?.low ?? "")) town = true;
    else if (LOCATIVE.has(low)) {
      // "near the towns of X": "of" is passed over above.
      return {
        found: low !== "of" && low !== "for" && low !== "against" ? true : town,
        near: low === "near" || low === "around" || low === "outside",
        town,
        polite: !town && /^(between|to|with|for|from)$/.test(low),
      };
    }
    if (low !== "of" && !BETWEEN.has(low) && !TOWN_NOUN.has(low)) break;
  }
  return { found: town, near: false, town, polite: false };
}

function areaAt(
  gazetteer: Gazetteer,
  words: readonly Word[],
  i: number,
): { words: readonly string[]; pin: PlacePin } | null {
  const first = words[i]!;
  if (first.possessive) return null;
  for (const area of gazetteer.areas.get(first.low) ?? []) {
    if (!area.words.every((w, k) => words[i + k]?.low === w && (k === 0 || words[i + k - 1]!.mark === "")))
      continue;
    if (area.words.every((_, k) => !words[i + k]!.capital)) continue;
    return area;
  }
  return null;
}

function trailingCountry(words: readonly Word[], last: number, lexicon: Lexicon): string | null {
  for (let k = last; k < Math.min(words.length - 1, last + 4); k++) {
    if (words[k]!.mark !== ",") continue;
    const state = phraseAt(lexicon, words, k + 1, p => p.use === "country");
    if (state !== null) return state.country;
  }
  return null;
}

/** Pins a town if what stands beside it leaves one. */
function settle(
  d: Draft,
  sentence: readonly Draft[],
  anchors: ReadonlyMap<string, PlacePin>,
  told: ReadonlyMap<string, number>,
): void {
  if (d.isHeldBack) {
    d.why = "a capital that may stand for its government here";
    return;
  }
  let left = d.candidates;
  const evidence: string[] = [];
  const beside = sentence.filter(o => o !== d && o.passage === d.passage && o.pin !== null);
  if (d.trailing !== null) {
    left = left.filter(c => c.country === d.trailing);
    evidence.push(`its sentence goes on with the country ${d.trailing}`);
  }
  const regions = beside.filter(o => o.pin!.kind === "region");
  if (regions.length > 0 && !d.isRegion) {
    const inside = left.filter(c => regions.some(r => farKm(c, r.pin!) <= r.pin!.reachKm));
    // A far town named in a sentence with a region ("in X, flown to the Y region") is no contradiction unless it is near.
    if (inside.length > 0 || d.isNear || d.partner !== null) {
      left = inside;
      evidence.push(`its sentence names the ${regions[0]!.pin!.name}`);
    }
  }
  const partner = d.partner?.pin?.kind === "town" ? d.partner.pin : null;
  if (
    partner !== null &&
    (d.isNear || left.some(c => farKm(c, partner) <= NEAR_KM) || single(left, true) === null)
  ) {
    left = left.filter(c => farKm(c, partner) <= NEAR_KM);
    evidence.push(`it is named in one row with ${partner.name}`);
  }
  const countries = new Set(beside.filter(o => o.pin!.kind === "country").map(o => o.pin!.country));
  if (evidence.length === 0 && countries.size === 1) {
    const inside = left.filter(c => countries.has(c.country));
    if (inside.some(c => !c.respelled && c.people >= KNOWN_TOWN_PEOPLE)) {
      left = inside;
      evidence.push(`its sentence names ${[...countries][0]}`);
    }
  }
  if (evidence.length > 0) {
    const one = single(left);
    if (
      one !== null &&
      (!needsNearness(one) || regions.length > 0 || partner !== null || d.trailing !== null)
    ) {
      pinned(d, one, evidence.join("; "));
      return;
    }
    d.why =
      left.length === 0
        ? `no known place of the name fits: ${evidence.join("; ")}`
        : `${left.length} places fit: ${evidence.join("; ")}`;
    if (left.length > 0) d.candidates = left;
    return;
  }
  const close = left.filter(c => {
    for (const [words, pin] of anchors) if (words !== d.words && farKm(c, pin) <= SAME_STORY_KM) return true;
    return false;
  });
  const byStory = single(close);
  if (byStory !== null && (told.get(byStory.country ?? "") ?? 0) > 0) {
    pinned(d, byStory, "it lies near the report's other places");
    return;
  }
  const inTold = left.filter(
    c => !c.respelled && c.people >= KNOWN_TOWN_PEOPLE && (told.get(c.country ?? "") ?? 0) > 0,
  );
  const famous = single(
    left.filter(c => !c.respelled),
    true,
  );
  if (famous !== null) {
    pinned(d, famous, "the one big town of that name");
    return;
  }
  if (inTold.length === 1 && left.filter(c => !c.respelled && c.people >= KNOWN_TOWN_PEOPLE).length === 1) {
    pinned(d, inTold[0]!, `the one known town of that name, in a country that the report names`);
    return;
  }
  if (left.length > 1) d.why = `${left.length} places of that name, and nothing beside it says which`;
  else if (left.length === 1) d.why = "one small place of that name is known; there may be others";
  else d.why = "not in the gazetteer";
}

function needsNearness(c: Candidate): boolean {
  return c.respelled || c.people < KNOWN_TOWN_PEOPLE;
}

/** The only one, or the one that dwarfs the others. */
function single(left: readonly Candidate[], famousOnly = false): Candidate | null {
  const [best, next] = [...left].sort((a, b) => b.people - a.people || (a.id < b.id ? -1 : 1));
  if (best === undefined) return null;
  const dwarfs = best.people >= FAMOUS_PEOPLE && best.people >= FAMOUS_RATIO * (next?.people ?? 0);
  return dwarfs || (next === undefined && !famousOnly) ? best : null;
}

function pinned(d: Draft, c: Candidate, why: string): void {
  if (!d.isRegion) {
    d.pin = bare(c);
  } else {
    d.pin = {
      ...bare(c),
      id: `region:${c.id.slice(4)}`,
      name: `${c.name} region`,
      kind: "region",
      reachKm: TOWN_REGION_KM,
      source: `${c.source}; a region named after the town`,
    };
  }
  d.why = why;
}

function bare(pin: PlacePin): PlacePin {
  const { id, name, kind, country, latDeg, lonDeg, reachKm, source } = pin;
  return { id, name, kind, country, latDeg, lonDeg, reachKm, source };
}

function farKm(a: PlacePin, b: PlacePin): number {
  return distanceKm(a, b);
}
