// SPDX-License-Identifier: MIT
import type { ParaphraseTable } from "./paraphrase-table.ts";

/** The wording of a quotation in the forms that are compared. */
export interface Wording {
  /** Words in small letters, without marks, accents, brackets or spelling variants; `…` between cut parts. */
  readonly words: readonly string[];
  /** The words with single blanks between and around them, without ellipses. */
  readonly flat: string;
  /** The parts between ellipses, as `flat`. */
  readonly pieces: readonly string[];
  /** Codes of its character trigrams, ascending, with how often each occurs, and their length as a vector. */
  readonly trigrams: Int32Array;
  readonly counts: Int32Array;
  readonly norm: number;
  /** Distinct meanings: stems, with paraphrases as one. */
  readonly meanings: ReadonlySet<string>;
  /** Those that carry content. */
  readonly content: ReadonlySet<string>;
}

const FUNCTION_WORDS = new Set(
  "a an the of to in on at for by with from as and or but if then than so that this these those it its is are was were be been being am do does did has have had will would can could may might shall should i we you he she they him her them his their our my your us me who which what when where there here not no never any all some such also too very just only own out up about into over under between get gets got getting whenever wherever whose while because since after before once until though although during without within upon anyone everyone anybody everybody someone somebody".split(
    " ",
  ),
);

export interface Wordings {
  wordingOf(text: string): Wording;
}

/** A phrase and the words of the phrase that stands for all of its meaning. */
interface Exchange {
  readonly words: readonly string[];
  readonly head: readonly string[];
}

const prepared = new WeakMap<ParaphraseTable, (text: string) => Wording>();

/** The wordings of texts under a table; the same text is read once. */
export function wordings(table: ParaphraseTable): Wordings {
  const read = prepared.get(table) ?? reader(table);
  prepared.set(table, read);
  const known = new Map<string, Wording>();
  return {
    wordingOf(text) {
      let wording = known.get(text);
      if (wording === undefined) {
        wording = read(text);
        known.set(text, wording);
      }
      return wording;
    },
  };
}

function reader(table: ParaphraseTable): (text: string) => Wording {
  const spellings = new Map(Object.entries(table.spellings));
  const split = (phrase: string) => phrase.replace(/[’']/g, "").split(/[ -]/);
  // A word with a hyphen is two words in a wording: "break-in" is read as the phrase "break in".
  const hyphened = table.words.flatMap(([first, ...rest]) =>
    rest.filter(word => /[ -]/.test(word)).map(word => [first!, word]),
  );
  const exchanges = new Map<string, Exchange[]>();
  for (const [first, ...rest] of [...table.phrases, ...hyphened])
    for (const words of rest.map(split)) {
      const list = exchanges.get(words[0]!) ?? [];
      list.push({ words, head: split(first!) });
      exchanges.set(words[0]!, list);
    }
  for (const list of exchanges.values()) list.sort((a, b) => b.words.length - a.words.length);
  const meaning = new Map<string, string>();
  const take = (word: string, head: string): void => {
    const root = stem(word);
    if (!meaning.has(root)) meaning.set(root, head);
  };
  for (const words of table.words) for (const word of words) take(word, stem(words[0]!));
  // The stem of "discovered" is not that of "discover": regular forms come after all words as they stand.
  for (const words of table.words)
    for (const word of words) for (const form of inflections(word)) take(form, stem(words[0]!));
  /** Of each word: its stem's meaning. The vocabulary of news is small, and a word is stemmed once. */
  const senses = new Map<string, string>();
  const senseOf = (word: string): string => {
    let sense = senses.get(word);
    if (sense === undefined) {
      const root = stem(word);
      sense = meaning.get(root) ?? root;
      if (senses.size > VOCABULARY) senses.clear();
      senses.set(word, sense);
    }
    return sense;
  };
  return text => {
    const words = wordsIn(text).map(word => spellings.get(word) ?? word);
    const plain = words.filter(word => word !== "…");
    const meanings = new Set<string>();
    const content = new Set<string>();
    const add = (word: string): void => {
      const sense = senseOf(word);
      meanings.add(sense);
      if (!FUNCTION_WORDS.has(word)) content.add(sense);
    };
    for (let i = 0; i < plain.length; i++) {
      const fits = exchanges.get(plain[i]!)?.find(e => e.words.every((word, k) => plain[i + k] === word));
      const apart = fits === undefined ? partedAt(plain, i, exchanges) : undefined;
      if (apart !== undefined) {
        // "switch it off" is "switch off"; what stands between is a pronoun and carries nothing.
        for (const word of apart.head) add(word);
        i += 2;
        continue;
      }
      if (fits === undefined) {
        add(plain[i]!);
        continue;
      }
      for (const word of fits.head) add(word);
      i += fits.words.length - 1;
    }
    const flat = ` ${plain.join(" ")} `;
    const pieces = words.includes("…")
      ? words
          .join(" ")
          .split("…")
          .map(piece => piece.trim())
          .filter(piece => piece !== "")
          .map(piece => ` ${piece} `)
      : plain.length === 0
        ? []
        : [flat];
    return { words, flat, pieces, ...trigramsOf(flat), meanings, content };
  };
}

/** A verb and its particle with a pronoun between them. */
function partedAt(
  plain: readonly string[],
  i: number,
  exchanges: ReadonlyMap<string, readonly Exchange[]>,
): Exchange | undefined {
  if (!/^(it|them|him|her|this|that|these|those)$/.test(plain[i + 1] ?? "")) return undefined;
  return exchanges
    .get(plain[i]!)
    ?.find(({ words }) => words.length === 2 && words[1] === plain[i + 2] && PARTICLE.test(words[1]!));
}

const PARTICLE = /^(off|on|down|up|out|over|away|back|in)$/;

/** Regular forms of a verb or noun. */
function inflections(word: string): string[] {
  if (/e$/.test(word)) return [`${word}s`, `${word}d`, `${word.slice(0, -1)}ing`];
  if (/[^aeiou]y$/.test(word)) return [`${word.slice(0, -1)}ies`, `${word.slice(0, -1)}ied`, `${word}ing`];
  return [`${word}s`, `${word}ed`, `${word}ing`];
}

const VOCABULARY = 50_000;

function wordsIn(text: string): string[] {
  const low = (ASCII.test(text) ? text : text.normalize("NFKD").replace(/\p{M}/gu, "")).toLowerCase();
  return low
    .replace(/[’'‘]/g, "")
    .replace(/\.{3}/g, "…")
    .replace(/\[[^\]]{0,80}\]/g, " ")
    .replace(/[^\p{L}\p{N}…]+/gu, " ")
    .replace(/…/g, " … ")
    .split(" ")
    .filter(word => word !== "");
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII is what is meant
const ASCII = /^[\u0000-\u007f]*$/;
/** Ten bits a character: ASCII as it is, others by a hash into the rest; two letters in one place cost nothing. */
const codeOf = (unit: number): number => (unit < 128 ? unit : 128 + ((unit * 0x9e37) % 896));

function trigramsOf(padded: string): Pick<Wording, "trigrams" | "counts" | "norm"> {
  const n = Math.max(0, padded.length - 2);
  const all = new Int32Array(n);
  let code = 0;
  for (let i = 0; i < padded.length; i++) {
    code = ((code << 10) | codeOf(padded.charCodeAt(i))) & 0x3fff_ffff;
    if (i >= 2) all[i - 2] = code;
  }
  all.sort();
  const counts = new Int32Array(n);
  let distinct = 0;
  let square = 0;
  for (let i = 0; i < n; ) {
    let end = i + 1;
    while (end < n && all[end] === all[i]) end++;
    all[distinct] = all[i]!;
    counts[distinct++] = end - i;
    square += (end - i) ** 2;
    i = end;
  }
  return { trigrams: all.slice(0, distinct), counts: counts.slice(0, distinct), norm: Math.sqrt(square) };
}

/** Cosine of the trigram counts, 0 to 1: one walk along both sorted lists. */
export function trigramCosine(a: Wording, b: Wording): number {
  if (a.norm === 0 || b.norm === 0) return 0;
  let dot = 0;
  let j = 0;
  for (let i = 0; i < a.trigrams.length; i++) {
    const gram = a.trigrams[i]!;
    while (j < b.trigrams.length && b.trigrams[j]! < gram) j++;
    if (j === b.trigrams.length) break;
    if (b.trigrams[j] === gram) dot += a.counts[i]! * b.counts[j]!;
  }
  return dot / (a.norm * b.norm);
}

/**
 * A light stem: plural, past, -ing, adverb and noun endings off, a final e and a doubled letter too. It serves
 * comparison only, so that it need be consistent, not a word.
 */
export function stem(word: string): string {
  let w = word;
  if (w.length > 4) w = w.replace(/(ations?|ating|ated|ates?|ators?)$/, "at");
  if (w.length > 4) w = w.replace(/ically$/, "ic").replace(/ly$/, "");
  if (w.length > 5) w = w.replace(/(ities|ity|ments?|ness|ions?)$/, "");
  if (w.length > 4) w = w.replace(/(ies)$/, "y").replace(/(ing|ed|es|ers?)$/, "");
  if (w.length > 3) w = w.replace(/(?<!s)s$/, "");
  if (w.length > 3) w = w.replace(/([bdglmnprt])\1$/, "$1");
  if (w.length > 3) w = w.replace(/[ey]$/, "");
  if (w.length > 4) w = w.replace(/(ive|iv|al)$/, "");
  return IRREGULAR.get(w) ?? w;
}

/** Stems of past forms that no ending tells. */
const IRREGULAR: ReadonlyMap<string, string> = new Map([
  ["sold", "sel"],
  ["bought", "buy"],
  ["said", "say"],
  ["told", "tel"],
  ["kept", "keep"],
  ["built", "build"],
  ["lost", "los"],
  ["broke", "break"],
  ["broken", "break"],
  ["fell", "fal"],
  ["began", "begin"],
  ["sent", "send"],
  ["left", "leav"],
  ["found", "find"],
]);

/** Whether all of `part` stands in `whole` in one piece, or, cut by ellipses, piece by piece in order. */
export function standsIn(part: Wording, whole: Wording): boolean {
  let at = 0;
  for (const piece of part.pieces) {
    const found = whole.flat.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length - 1;
  }
  return true;
}
