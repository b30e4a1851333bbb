// SPDX-License-Identifier: MIT
import type { Entity } from "../report.ts";
import { type Lexicon, type Phrase, phraseAt, type Word } from "./lexicon.ts";
import { slug } from "./spelling.ts";

/** Something named in a sentence. Word indices, `last` inclusive. */
export interface NameMention {
  readonly first: number;
  readonly last: number;
  /** `party` acts; a country is a party or a place by where it stands; goods and services are acted on. */
  readonly use: "party" | "country" | "goods" | "service";
  readonly id: string;
  readonly name: string;
  readonly kind: Entity["kind"];
  readonly country: string | null;
  readonly partOf: string | null;
}

/** Names that the documents themselves introduce: persons, firms, brands, by folded words. */
export interface KnownNames {
  /** First word to names, longest first. */
  readonly byFirst: ReadonlyMap<
    string,
    readonly {
      readonly words: readonly string[];
      readonly entity: Pick<Entity, "id" | "name" | "kind" | "country" | "partOf">;
    }[]
  >;
  /** Folded brand to its goods id. */
  readonly brands: ReadonlyMap<string, string>;
}

export const NO_NAMES: KnownNames = { byFirst: new Map(), brands: new Map() };

const UNIT = new Set([
  "brigade",
  "regiment",
  "division",
  "battalion",
  "corps",
  "squadron",
  "company",
  "flotilla",
]);
const ORDINAL = /^\d{1,3}(st|nd|rd|th)$/;
/** Words that may stand between an adjective of a state and the institution. */
const REACH = 4;

/**
 * Names in a sentence, in order, not overlapping: known names first, then the tables', then what is made of a
 * state and a kind of institution (`Norwegian customs`), then brands and goods.
 */
export function mentionsIn(words: readonly Word[], lexicon: Lexicon, known: KnownNames): NameMention[] {
  const found: NameMention[] = [];
  for (let i = 0; i < words.length; ) {
    const mention = ofHolder(mentionAt(words, i, lexicon, known), words, found);
    if (mention === null) i++;
    else {
      found.push(mention);
      i = mention.last + 1;
    }
  }
  return found;
}

/** "President X's forces" are the forces of the state just named. */
function ofHolder(
  m: NameMention | null,
  words: readonly Word[],
  found: readonly NameMention[],
): NameMention | null {
  if (m === null || !m.id.startsWith("some:") || words[m.first - 1]?.possessive !== true) return m;
  const country = found.filter(f => f.country !== null && f.first >= m.first - 6).at(-1)?.country;
  if (!country) return m;
  return { ...m, id: `${country.toLowerCase()}:${m.id.slice(5)}`, country };
}

function mentionAt(
  words: readonly Word[],
  i: number,
  lexicon: Lexicon,
  known: KnownNames,
): NameMention | null {
  const word = words[i]!;
  const unit = unitAt(words, i, null);
  if (unit !== null) return unit;
  const owned = institutionOfState(words, i, lexicon);
  if (owned !== null) return owned;
  if (word.capital) {
    const entity = phraseAt(lexicon, words, i, p => p.use === "entity");
    if (entity !== null) return made(i, i + entity.words.length - 1, "party", entity, entity);
    for (const { words: parts, entity: e } of known.byFirst.get(word.low) ?? []) {
      if (parts.every((part, k) => words[i + k]?.low === part))
        return made(i, i + parts.length - 1, "party", e, e);
    }
    const state = phraseAt(
      lexicon,
      words,
      i,
      p => p.use === "country" || p.use === "demonym" || p.use === "capital",
    );
    if (state !== null) return ofState(words, i, state, lexicon, known);
    const brand = known.brands.get(word.low) ?? known.brands.get(word.low.replace(/s$/, ""));
    if (brand !== undefined) return goodsFrom(words, i, brand, word.text.replace(/s$/, ""), lexicon);
  }
  const thing = phraseAt(lexicon, words, i, p => p.use === "goods" || p.use === "service");
  if (thing !== null)
    return {
      ...made(i, i + thing.words.length - 1, "goods", thing, thing),
      use: thing.use === "goods" ? "goods" : "service",
      id: "goods:terminal",
    };
  const kind = phraseAt(
    lexicon,
    words,
    i,
    p => p.use === "institution" && (p.kind === "force" || p.kind === "dealer" || p.kind === "outlet"),
  );
  if (kind !== null && !word.capital)
    return made(i, i + kind.words.length - 1, "party", { ...kind, id: `some:${kind.id}` }, kind);
  return null;
}

/** "The customs committee of Belarus", "the armed forces of Norway": an institution, then whose it is. */
function institutionOfState(words: readonly Word[], i: number, lexicon: Lexicon): NameMention | null {
  const institution = phraseAt(lexicon, words, i, p => p.use === "institution");
  if (institution === null) return null;
  let k = i + institution.words.length;
  // "customs committee", "police force": a small word more may belong to it.
  if (words[k] !== undefined && words[k]!.low !== "of" && !words[k]!.capital && words[k - 1]!.mark === "")
    k++;
  if (words[k]?.low !== "of" || words[k - 1]!.mark !== "") return null;
  if (words[k + 1]?.low === "the") k++;
  const state = words[k + 1] === undefined ? null : phraseAt(lexicon, words, k + 1, p => p.use === "country");
  if (state === null || words[k + state.words.length]!.possessive) return null;
  return {
    first: i,
    last: k + state.words.length,
    use: "party",
    id: `${state.country!.toLowerCase()}:${institution.id}`,
    name: `${state.name} ${institution.name}`,
    kind: institution.kind,
    country: state.country,
    partOf: null,
  };
}

function ofState(
  words: readonly Word[],
  i: number,
  state: Phrase,
  lexicon: Lexicon,
  known: KnownNames,
): NameMention {
  const end = i + state.words.length - 1;
  const cc = state.country!;
  for (let k = end + 1; k <= end + REACH && k < words.length; k++) {
    const before = words[k - 1]!;
    if (
      before.mark !== "" ||
      (k - 1 > end &&
        /^(is|are|was|were|has|have|had|said|says|and|or|in|on|of|to|for|with|by|from|that)$/.test(
          before.low,
        ))
    )
      break;
    if (k === end + 1 && state.use === "country" && !words[end]!.possessive && !words[k]!.capital) break;
    const unit = unitAt(words, k, cc);
    if (unit !== null) return { ...unit, first: i };
    const entity = words[k]!.capital
      ? phraseAt(lexicon, words, k, p => p.use === "entity" && p.country === cc)
      : null;
    if (entity !== null) return made(i, k + entity.words.length - 1, "party", entity, entity);
    const institution = phraseAt(lexicon, words, k, p => p.use === "institution");
    if (institution !== null) {
      const last = k + institution.words.length - 1;
      // "Kyiv's request", "Russian military intelligence", "Ukrainian troops' request": the last institution in the row.
      const name = `${state.name} ${institution.name}`;
      return {
        first: i,
        last,
        use: "party",
        id: `${cc.toLowerCase()}:${institution.id}`,
        name,
        kind: institution.kind,
        country: cc,
        partOf: null,
      };
    }
    if (known.byFirst.has(words[k]!.low) && words[k]!.capital) break;
  }
  const people =
    state.use === "demonym" &&
    /s$/.test(words[end]!.text) &&
    words[end]!.text.length > state.words.at(-1)!.length;
  return made(i, end, state.use === "demonym" && !people ? "country" : "country", state, state);
}

function unitAt(words: readonly Word[], i: number, country: string | null): NameMention | null {
  if (!ORDINAL.test(words[i]!.low)) return null;
  for (let k = i + 1; k < Math.min(words.length, i + 7) && words[k]!.capital; k++) {
    if (!UNIT.has(words[k]!.low)) continue;
    const name = words
      .slice(i, k + 1)
      .map(w => w.text)
      .join(" ");
    const id = `${country === null ? "" : `${country.toLowerCase()}:`}unit:${slug(name)}`;
    return {
      first: i,
      last: k,
      use: "party",
      id,
      name,
      kind: "unit",
      country,
      partOf: country === null ? null : `${country.toLowerCase()}:armed-forces`,
    };
  }
  return null;
}

/** A brand with the goods' words after it: `Brand satellite internet terminals` is one mention. */
function goodsFrom(
  words: readonly Word[],
  i: number,
  id: string,
  name: string,
  lexicon: Lexicon,
): NameMention {
  let last = i;
  let use: "goods" | "service" = /s$/.test(words[i]!.text) ? "goods" : "service";
  while (last + 1 < words.length && words[last]!.mark === "") {
    const next = phraseAt(lexicon, words, last + 1, p => p.use === "goods" || p.use === "service");
    if (next === null) break;
    use = next.use === "goods" ? "goods" : "service";
    last += next.words.length;
  }
  return { first: i, last, use, id, name, kind: "organisation", country: null, partOf: null };
}

function made(
  first: number,
  last: number,
  use: NameMention["use"],
  of: Pick<NameMention, "id" | "kind" | "partOf">,
  named: Pick<NameMention, "name" | "country">,
): NameMention {
  return {
    first,
    last,
    use,
    id: of.id,
    name: named.name,
    kind: of.kind,
    country: named.country,
    partOf: of.partOf,
  };
}

/**
 * Brands of the goods: capitalised words before the goods' words that no table knows, met twice or more. The more
 * frequent first.
 */
export function brandsIn(sentences: readonly (readonly Word[])[], lexicon: Lexicon): Map<string, string> {
  const counts = new Map<string, number>();
  for (const words of sentences) {
    for (let i = 0; i + 1 < words.length; i++) {
      const word = words[i]!;
      if (
        !word.capital ||
        word.possessive ||
        word.mark !== "" ||
        lexicon.has(word.low) ||
        word.low.length < 3
      )
        continue;
      if (phraseAt(lexicon, words, i + 1, p => p.use === "goods" || p.use === "service") === null) continue;
      if (
        i === 0 &&
        /^(the|this|that|these|those|a|an|its|their|his|her|our|some|no|new|such|any|all|each|other)$/.test(
          word.low,
        )
      )
        continue;
      counts.set(word.low, (counts.get(word.low) ?? 0) + 1);
    }
  }
  const brands = [...counts].filter(([, n]) => n >= 2).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return new Map(brands.map(([brand]) => [brand, `goods:${slug(brand)}`]));
}
