// SPDX-License-Identifier: MIT
import type { Stance } from "../model.ts";
import { type Mention, mentionOf, PRONOUNS } from "./noun-phrase.ts";
import type { SpeechRules } from "./speech-rules.ts";
import type { Token } from "./tokens.ts";

/** One “somebody says” of a sentence; indices count its tokens. */
export interface Attribution {
  readonly verbAt: number;
  readonly verb: string;
  readonly stance: Stance;
  readonly mention: Mention;
  /** First token of subject and verb together, and the last. */
  readonly first: number;
  readonly last: number;
  /** `subject`: name, then verb · `inverted`: verb, then name · `phrase`: according to · `participle`: …, saying. */
  readonly form: "subject" | "inverted" | "phrase" | "participle";
}

const BEFORE_VERB = new Set(
  "has have had also later then repeatedly again further once earlier previously publicly never not did does do already recently reportedly allegedly himself herself itself themselves both all would will could can may might must should just still only even both went on to is was are were be been being heard seen quoted as".split(
    " ",
  ),
);
const BOUNDARY = new Set(
  "and but or while as after before because when where whereas that which who whom if although though since until so yet than then however meanwhile earlier later".split(
    " ",
  ),
);
const PREPOSITION = new Set("of for with behind from in at on to near by against".split(" "));
const DETERMINER = new Set("the a an this that these those its his her their our".split(" "));
const TIME_WORD =
  /^(mon|tues|wednes|thurs|fri|satur|sun)day$|^(january|february|march|april|june|july|august|september|october|november|december|yesterday|today|week|month|year)$/;
const AFTER_STOP = new Set(
  "who which that in on at after during when while as told and but by via through to adding saying citing referring before since".split(
    " ",
  ),
);
const MAX_SUBJECT = 18;

/** All attributions of a sentence, in order. Linear but for the bounded walk from each verb to its subject. */
export function attributionsOf(tokens: readonly Token[], rules: SpeechRules): Attribution[] {
  const found: Attribution[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!;
    if (token.kind !== "word" || token.possessive) continue;
    const phrase = phraseAt(tokens, i, rules);
    if (phrase !== null) {
      found.push(phrase);
      i = phrase.last;
      continue;
    }
    const stance = rules.finite.get(token.low);
    if (stance !== undefined) {
      const attribution = finiteAt(tokens, i, stance, rules);
      if (attribution !== null) found.push(attribution);
      continue;
    }
    const going = rules.participle.get(token.low);
    if (going !== undefined) {
      const attribution = participleAt(tokens, i, going, found, rules);
      if (attribution !== null) found.push(attribution);
    }
  }
  return found;
}

function phraseAt(tokens: readonly Token[], i: number, rules: SpeechRules): Attribution | null {
  const low = tokens[i]!.low;
  const next = tokens[i + 1]?.low;
  const length =
    (low === "according" && next === "to") || (low === "as" && next === "per")
      ? 2
      : (low === "quoted" || low === "cited" || low === "reported") && next === "by"
        ? 2
        : 0;
  if (length === 0) return null;
  const end = rightEnd(tokens, i + length);
  const mention = mentionOf(tokens.slice(i + length, end), rules);
  if (mention === null) return null;
  return {
    verbAt: i,
    verb: `${low} ${next}`,
    stance: "asserts",
    mention,
    first: i,
    last: end - 1,
    form: "phrase",
  };
}

function finiteAt(
  tokens: readonly Token[],
  i: number,
  stance: Stance,
  rules: SpeechRules,
): Attribution | null {
  const token = tokens[i]!;
  const before = tokens[i - 1];
  const next = tokens[i + 1];
  if (before?.low === "to" || (before !== undefined && DETERMINER.has(before.low))) return null;
  if (next?.low === "to" && before !== undefined && /^(is|was|are|were|be|been)$/.test(before.low))
    return null;
  // A passive has no speaker on its left: "the plan was criticised", "he was asked".
  if (before !== undefined && /^(was|were|been|being|be|is|are)$/.test(before.low) && token.low !== "quoted")
    return null;
  if (rules.alsoNoun.has(token.low) && !actsAsVerb(tokens, i)) return null;
  const subject = endsInverted(tokens, i) ? null : subjectLeft(tokens, i, rules);
  if (subject !== null) return { verbAt: i, verb: token.text, stance, ...subject, last: i, form: "subject" };
  // "…," said the minister: the verb directly after a quotation, or after a comma.
  const previous = before?.kind === "mark" ? tokens[i - 2] : before;
  const inverts =
    before === undefined || before.kind === "quote" || (before.text === "," && previous !== undefined);
  if (!inverts || next === undefined || next.kind !== "word") return null;
  const end = rightEnd(tokens, i + 1);
  const words = tokens.slice(i + 1, end);
  if (words.length === 0) return null;
  const apposition = appositionRight(tokens, end);
  const mention = mentionOf(words, rules, apposition);
  if (
    mention === null ||
    (mention.form === "unnamed" && !DETERMINER.has(words[0]!.low) && !/s$/.test(words[words.length - 1]!.low))
  )
    return null;
  return { verbAt: i, verb: token.text, stance, mention, first: i, last: end - 1, form: "inverted" };
}

/** "…, said a spokesman for the fire service.": after a comma, with a noun and no verb up to the next mark. */
function endsInverted(tokens: readonly Token[], verbAt: number): boolean {
  const next = tokens[verbAt + 1];
  if (tokens[verbAt - 1]?.text !== "," || next === undefined || next.kind !== "word") return false;
  if (
    !DETERMINER.has(next.low) ||
    !/^(said|says|wrote|added|asked|explained|insisted)$/.test(tokens[verbAt]!.low)
  )
    return false;
  const end = rightEnd(tokens, verbAt + 1);
  const hasVerb = tokens
    .slice(verbAt + 1, end)
    .some(t => BEFORE_VERB.has(t.low) || /^(is|was|are|were|had|has|would|will)$/.test(t.low));
  return !hasVerb && (tokens[end] === undefined || tokens[end]!.kind === "mark");
}

function actsAsVerb(tokens: readonly Token[], i: number): boolean {
  const before = tokens[i - 1];
  const next = tokens[i + 1];
  if (before === undefined || before.kind === "quote") return true;
  if (next === undefined) return before.kind === "word" && (before.capital || PRONOUNS.has(before.low));
  const content =
    next.kind === "quote" || /^(that|:|on|in|he|she|it|they|the|there|to|,)$/.test(next.low) || next.capital;
  const subject =
    before.kind === "word" &&
    (before.capital ||
      PRONOUNS.has(before.low) ||
      /s$/.test(before.low) ||
      before.low === "also" ||
      BEFORE_VERB.has(before.low));
  return content && subject && !before.possessive;
}

/** The subject left of a verb: its tokens up to a boundary, past auxiliaries, brackets and an apposition. */
function subjectLeft(
  tokens: readonly Token[],
  verbAt: number,
  rules: SpeechRules,
): { mention: Mention; first: number } | null {
  let i = verbAt - 1;
  while (
    i >= 0 &&
    tokens[i]!.kind === "word" &&
    (BEFORE_VERB.has(tokens[i]!.low) || /[^s]ly$/.test(tokens[i]!.low)) &&
    !tokens[i]!.capital
  )
    i--;
  i = beforeDay(tokens, i);
  let apposition: readonly Token[] = [];
  if (i >= 0 && tokens[i]!.text === ",") {
    // "Name, the role, said" and "Ukraine, which has …, said": back to before the other comma.
    let j = i - 1;
    while (j >= 0 && i - j < 30 && tokens[j]!.text !== "," && tokens[j]!.kind !== "quote") j--;
    const first = tokens[j + 1];
    if (j < 1 || tokens[j]!.text !== "," || first === undefined) return null;
    const between = tokens.slice(j + 1, i);
    const isClause = /^(who|which|whose|speaking|talking|writing|citing|quoting|addressing)$/.test(first.low);
    const isName =
      between.length <= 5 &&
      between.every(t => t.capital) &&
      tokens.slice(Math.max(0, j - 10), j).some(t => rules.role.has(t.low));
    const isApposition =
      isClause ||
      isName ||
      DETERMINER.has(first.low) ||
      /^(\d+|one|now|then|also)$/.test(first.low) ||
      between.some(t => rules.role.has(t.low));
    if (!isApposition || tokens[j - 1]!.kind !== "word") return null;
    apposition = isClause ? [] : between;
    i = j - 1;
  }
  let end = i + 1;
  let depth = 0;
  while (i >= 0 && end - i <= MAX_SUBJECT) {
    const token = tokens[i]!;
    if (token.text === ")") depth++;
    else if (token.text === "(") depth--;
    else if (depth === 0) {
      if (token.kind === "quote" || (token.kind === "mark" && token.text !== "&")) break;
      if (isRelative(tokens, i, end, rules)) {
        // "The operator of a ferry that ran aground said": the clause goes, its head stays.
        end = i;
        i--;
        continue;
      }
      if (BOUNDARY.has(token.low) && !(token.low === "and" && joins(tokens, i))) break;
      if (TIME_WORD.test(token.low) && !token.possessive) break;
      if (rules.finite.has(token.low) && i < end - 1 && !rules.alsoNoun.has(token.low) && !token.capital)
        break;
      if (DETERMINER.has(token.low)) {
        const previous = tokens[i - 1];
        if (previous === undefined || !PREPOSITION.has(previous.low)) {
          i--;
          break;
        }
      }
      if (PRONOUNS.has(token.low) && !PREPOSITION.has(tokens[i - 1]?.low ?? "")) {
        i--;
        break;
      }
    }
    i--;
  }
  let first = i + 1;
  // "In Kyiv the ministry" is cut by its article; "At Rivne officials" begins with a preposition, which goes.
  while (first < end && PREPOSITION.has(tokens[first]!.low)) first++;
  if (first >= end) return null;
  const mention = mentionOf(tokens.slice(first, end), rules, apposition);
  if (mention === null) return null;
  if ((mention.form === "epithet" || mention.form === "unnamed") && apposition.some(t => t.capital)) {
    // "its director, Dr Wren, said": the name stands between the commas.
    const named = mentionOf(apposition, rules);
    if (named !== null && named.form === "name")
      return { mention: { ...named, role: mention.role ?? mention.name, kind: "person" }, first };
  }
  return { mention, first };
}

/** "The ministry on Friday denied", "the firm late on Monday said": the day between subject and verb is passed. */
function beforeDay(tokens: readonly Token[], i: number): number {
  if (i < 1 || !TIME_WORD.test(tokens[i]!.low) || tokens[i]!.possessive) return i;
  let k = i - 1;
  if (!/^(on|last|this|late|early)$/.test(tokens[k]!.low)) return i;
  while (k >= 0 && /^(on|last|this|late|early)$/.test(tokens[k]!.low)) k--;
  return k;
}

/** A relative clause without commas, right of a noun: its verb stands in small letters after “that” or “who”. */
function isRelative(tokens: readonly Token[], i: number, end: number, rules: SpeechRules): boolean {
  const before = tokens[i - 1];
  const after = tokens[i + 1];
  return (
    /^(that|which|who)$/.test(tokens[i]!.low) &&
    before?.kind === "word" &&
    after?.kind === "word" &&
    i + 1 < end &&
    !after.capital &&
    !DETERMINER.has(after.low) &&
    !PREPOSITION.has(before.low) &&
    !rules.finite.has(before.low) &&
    !rules.participle.has(before.low) &&
    !/^(so|is|was|now|and|but)$/.test(before.low)
  );
}

/** "Smith and Jones": both in capitals. */
function joins(tokens: readonly Token[], i: number): boolean {
  return tokens[i - 1]?.capital === true && tokens[i + 1]?.capital === true && tokens[i - 1]!.kind === "word";
}

function participleAt(
  tokens: readonly Token[],
  i: number,
  stance: Stance,
  found: readonly Attribution[],
  rules: SpeechRules,
): Attribution | null {
  const before = tokens[i - 1];
  if (before === undefined || before.low === "of" || DETERMINER.has(before.low)) return null;
  const verb = tokens[i]!.text;
  const main = found[found.length - 1];
  if (/^(heard|seen|quoted|filmed|recorded)$/.test(before.low) || before.low === "as") {
    const subject = subjectLeft(tokens, i, rules);
    if (subject !== null) return { verbAt: i, verb, stance, ...subject, last: i, form: "participle" };
  }
  if (main !== undefined)
    return { verbAt: i, verb, stance, mention: main.mention, first: i, last: i, form: "participle" };
  // "The minister opened the session by saying": the sentence's own subject.
  let end = 0;
  while (
    end < tokens.length &&
    end < 10 &&
    (tokens[end]!.capital ||
      DETERMINER.has(tokens[end]!.low) ||
      rules.role.has(tokens[end]!.low) ||
      rules.organisation.has(tokens[end]!.low) ||
      tokens[end]!.low === "of" ||
      PRONOUNS.has(tokens[end]!.low))
  )
    end++;
  const mention = end === 0 ? null : mentionOf(tokens.slice(0, end), rules);
  return mention === null
    ? null
    : { verbAt: i, verb, stance, mention, first: i, last: i, form: "participle" };
}

/** Where a subject on the right of its verb ends. */
function rightEnd(tokens: readonly Token[], from: number): number {
  let k = from;
  while (k < tokens.length && k - from < MAX_SUBJECT) {
    const token = tokens[k]!;
    if (token.text === "(") {
      while (k < tokens.length && tokens[k]!.text !== ")") k++;
      k++;
      continue;
    }
    if (token.kind !== "word" && token.text !== "&") break;
    if (k > from && TIME_WORD.test(token.low)) break;
    if (k > from && AFTER_STOP.has(token.low) && !(token.low === "and" && joins(tokens, k))) break;
    if (k > from && PRONOUNS.has(tokens[k - 1]!.low)) break;
    k++;
  }
  return Math.min(k, tokens.length);
}

/** ", the harbourmaster" after a name. */
function appositionRight(tokens: readonly Token[], from: number): readonly Token[] {
  const first = tokens[from + 1];
  if (tokens[from]?.text !== "," || first === undefined || !DETERMINER.has(first.low)) return [];
  let k = from + 1;
  while (
    k < tokens.length &&
    k - from < 12 &&
    tokens[k]!.kind === "word" &&
    !/^(who|which|that)$/.test(tokens[k]!.low)
  )
    k++;
  return tokens.slice(from + 1, k);
}
