// SPDX-License-Identifier: MIT
import type { Speaker, TextRange } from "../model.ts";
import type { SpeechRules } from "./speech-rules.ts";
import type { Token } from "./tokens.ts";

/** What a subject turned out to be. `pronoun`, `epithet` and `utterance` stand for somebody named elsewhere. */
export interface Mention extends TextRange {
  readonly form: "name" | "pronoun" | "epithet" | "utterance" | "unnamed";
  readonly name: string;
  readonly role: string | null;
  readonly kind: Speaker["kind"];
  /** Another form in brackets after the name: `(GUR)`. */
  readonly alias: string | null;
}

const DETERMINERS = new Set(
  "the a an this that these those its his her their our my one some any another other each every both".split(
    " ",
  ),
);
export const PRONOUNS = new Set(["he", "she", "it", "they", "him", "her", "them"]);
const INNER = new Set([
  "of",
  "for",
  "the",
  "and",
  "on",
  "de",
  "van",
  "von",
  "der",
  "den",
  "al",
  "el",
  "bin",
  "ibn",
  "la",
  "le",
  "du",
  "da",
  "dos",
  "di",
  "&",
  "to",
  "in",
]);
const NAME_INNER = new Set([
  "de",
  "van",
  "von",
  "der",
  "den",
  "al",
  "el",
  "bin",
  "ibn",
  "la",
  "le",
  "du",
  "da",
  "dos",
  "di",
]);
const CUT_AT = new Set(
  "in at on from with behind among near across inside outside under over through who which whose by against into".split(
    " ",
  ),
);
const COUNTS = new Set(
  "one two three four five six seven eight nine ten several some many most few dozens hundreds".split(" "),
);
const TIME =
  /^(mon|tues|wednes|thurs|fri|satur|sun)day$|^(january|february|march|april|june|july|august|september|october|november|december)$/;

/**
 * Reads the tokens of a subject: the name, with the role before or after it.
 *
 * A role's noun ends the role: what follows it in capitals is a person (`Kremlin spokesman Dmitry Peskov`). A
 * phrase with a word for an organisation is one as a whole, its owner included. A phrase without a capital is
 * unnamed, or stands for somebody named before when it is definite (`the minister`).
 */
export function mentionOf(
  tokens: readonly Token[],
  rules: SpeechRules,
  apposition: readonly Token[] = [],
): Mention | null {
  let words = tokens.filter(
    ({ kind, text }) => kind === "word" || text === "(" || text === ")" || text === "&" || text === ",",
  );
  const bracket = words.findIndex(({ text }) => text === "(");
  let alias: string | null = null;
  if (bracket >= 0) {
    const inside = words.slice(bracket + 1).filter(({ kind }) => kind === "word");
    if (inside.length > 0 && inside.length <= 4 && inside[0]!.capital)
      alias = inside.map(t => t.text).join(" ");
    words = words.slice(0, bracket);
  }
  words = words.filter(({ kind, text }) => kind === "word" || text === "&");
  if (words.length === 0) return null;
  const at = { from: words[0]!.from, to: tokens[tokens.length - 1]!.to };
  const only = words[0]!;
  if (words.length === 1 && PRONOUNS.has(only.low) && !only.possessive)
    return { ...at, form: "pronoun", name: only.text, role: null, kind: "unnamed", alias: null };
  const definite = /^(the|this|that|his|her|its|their)$/.test(only.low) || only.possessive;
  const counted = COUNTS.has(only.low);
  while (words.length > 1 && /^(the|a|an)$/.test(words[0]!.low) && !words[0]!.possessive)
    words = words.slice(1);

  const lastRole = findLast(words, (t, i) => rules.role.has(t.low) && !t.possessive && i < 8);
  // A role with a name in capitals after it is a person with a role.
  if (lastRole >= 0) {
    const rest = words.slice(lastRole + 1);
    const run = capitalRun(rest, NAME_INNER);
    if (run.length > 0 && run[0] === rest[0] && !counted && !TIME.test(run[0]!.low)) {
      const role = joined(words.slice(0, lastRole + 1));
      const isPerson = !run.some(t => rules.organisation.has(t.low));
      return {
        ...at,
        form: "name",
        name: joined(run),
        role,
        kind: isPerson ? "person" : "organisation",
        alias,
      };
    }
    const head = words[lastRole]!;
    const before = words.slice(0, lastRole);
    const text = joined(words);
    // "Musk, the owner of …" comes with its name; "the SpaceX CEO", "the minister" go back to one.
    if (
      definite &&
      rules.epithet.has(head.low) &&
      apposition.length === 0 &&
      before.every(t => !COUNTS.has(t.low))
    )
      return { ...at, form: "epithet", name: text, role: text, kind: "unnamed", alias };
    const first = capitalRun(words, INNER);
    const named = first.length >= 2 && first.includes(head) === false && lastRole > words.indexOf(first[0]!);
    if (!named)
      return {
        ...at,
        form: "unnamed",
        name: withDeterminer(tokens, text),
        role: text,
        kind: "unnamed",
        alias,
      };
  }
  // "Ivo Brandt of the coastguard": a person, and where from.
  const leading = words[0]!.capital ? capitalRun(words, NAME_INNER) : [];
  const next = words[leading.length];
  if (
    leading.length >= 2 &&
    leading.length <= 4 &&
    next !== undefined &&
    /^(of|from|at|with)$/.test(next.low) &&
    !words[leading.length + 1]?.capital &&
    leading.every(
      t =>
        !t.possessive &&
        !rules.organisation.has(t.low) &&
        !rules.demonyms.has(t.low) &&
        !rules.governments.has(t.low),
    )
  )
    return {
      ...at,
      form: "name",
      name: joined(leading),
      role: joined(words.slice(leading.length)),
      kind: "person",
      alias,
    };
  const lastOrganisation = findLast(words, t => rules.organisation.has(t.low));
  // "Journalists with …", "Other outlets": a capital at the beginning of a sentence makes no name.
  const many = words[0]!;
  if (
    (many.capital &&
      /[^s]s$/.test(many.low) &&
      !many.possessive &&
      /^(on|in|at|with|from|near|aboard|who|along)$/.test(words[1]?.low ?? "")) ||
    (/s$/.test(many.low) && rules.role.has(many.low.slice(0, -1)) && !many.possessive) ||
    /^(other|others|some|several|many|most|unnamed|anonymous|unidentified|people|sources|witnesses|local|locals|officials|authorities|residents|troops|survivors|critics|supporters|families|relatives|neighbou?rs|villagers|workers|passengers|parents|fishermen|miners|farmers|activists|experts|analysts|media|news|investigators|prosecutors|police sources)$/.test(
      many.low,
    )
  )
    return { ...at, form: "unnamed", name: joined(words), role: null, kind: "unnamed", alias };
  const firstCapital = words.findIndex(t => t.capital && !/^\p{N}/u.test(t.text) && !COUNTS.has(t.low));
  if (definite && firstCapital !== 0) {
    const utterance = words.findIndex(t => rules.utterance.has(t.low));
    if (utterance >= 0 && utterance <= 2)
      return { ...at, form: "utterance", name: joined(words), role: null, kind: "unnamed", alias };
  }
  if (firstCapital < 0) {
    const text = joined(words);
    if (definite && words.some(t => rules.epithet.has(t.low)))
      return { ...at, form: "epithet", name: text, role: text, kind: "unnamed", alias };
    if (definite && lastOrganisation >= 0)
      return { ...at, form: "epithet", name: text, role: text, kind: "organisation", alias };
    return { ...at, form: "unnamed", name: withDeterminer(tokens, text), role: null, kind: "unnamed", alias };
  }
  if (counted && words.length > 1)
    return { ...at, form: "unnamed", name: joined(words), role: null, kind: "unnamed", alias };
  if (lastOrganisation >= 0) {
    // An organisation whole: "Ukrainian defence ministry's Main Directorate of Intelligence", without where it sits.
    const cut = words.findIndex((t, i) => i > lastOrganisation && CUT_AT.has(t.low));
    const whole = cut > 0 ? words.slice(0, cut) : words;
    const run = capitalRun(whole.slice(Math.max(0, lastOrganisation)), INNER);
    const tail = run[run.length - 1];
    // "the military intelligence organisation GUR", "the investigative site Important Stories"
    // "the customs committee of Belarus" is one name: the state says whose it is.
    const isOwned = whole[whole.indexOf(run[0]!) - 1]?.low === "of";
    if (
      !whole[lastOrganisation]!.capital &&
      run.length > 0 &&
      tail === whole[whole.length - 1] &&
      !(isOwned && run.every(t => rules.governments.has(t.low)))
    )
      return {
        ...at,
        form: "name",
        name: joined(run),
        role: joined(whole.slice(0, whole.indexOf(run[0]!))),
        kind: "organisation",
        alias,
      };
    return { ...at, form: "name", name: joined(whole), role: null, kind: "organisation", alias };
  }
  const cut = words.findIndex((t, i) => i > firstCapital && (CUT_AT.has(t.low) || t.low === "of"));
  const head = cut > 0 ? words.slice(0, cut) : words;
  // The last run of capitals is the name; small words before it describe it.
  const run = lastCapitalRun(head);
  const tail = head[head.length - 1]!;
  if (run.length === 0 || (run[run.length - 1] !== tail && !/s$/.test(run[run.length - 1]!.low))) {
    return {
      ...at,
      form: "unnamed",
      name: withDeterminer(tokens, joined(words)),
      role: null,
      kind: "unnamed",
      alias,
    };
  }
  if (run[run.length - 1] !== tail)
    return {
      ...at,
      form: "unnamed",
      name: withDeterminer(tokens, joined(words)),
      role: null,
      kind: "unnamed",
      alias,
    };
  const name = joined(run);
  const before = head.slice(0, head.indexOf(run[0]!));
  const described = before.length > 0 ? joined(before) : null;
  const role =
    apposition.length > 0
      ? joined(apposition.filter(t => t.kind === "word" && !/^(a|an|the)$/.test(t.low)))
      : described;
  return { ...at, form: "name", name, role, kind: kindOf(name, role, rules), alias };
}

/** What a name is, when nothing in the document says more: see the registry of names for what does. */
export function kindOf(name: string, role: string | null, rules: SpeechRules): Speaker["kind"] {
  const low = name.toLowerCase();
  if (rules.governments.has(low)) return "government";
  if (rules.outlets.has(low)) return "organisation";
  const words = name.split(" ");
  if (words.some(word => rules.organisation.has(word.toLowerCase()))) return "organisation";
  if (role?.split(" ").some(word => rules.role.has(word.toLowerCase())) === true) return "person";
  if (
    role
      ?.split(" ")
      .some(word =>
        /^(site|company|group|agency|outlet|newspaper|organi[sz]ation|firm|operator|website|magazine|channel|broadcaster|charity|union|party|network|ngo|nonprofit|developer|manufacturer|airline|supplier|trust|maker|carrier|startup|bank|retailer|think-?tank)$/i.test(
          word,
        ),
      ) === true
  )
    return "organisation";
  if (words.length === 1) return "organisation";
  return words.length <= 4 && words.every(word => !/^\p{Lu}{2,}$/u.test(word)) ? "person" : "organisation";
}

function joined(tokens: readonly Token[]): string {
  return tokens.map((t, i) => (t.possessive && i < tokens.length - 1 ? `${t.text}’s` : t.text)).join(" ");
}

function withDeterminer(tokens: readonly Token[], text: string): string {
  const first = tokens[0];
  return first !== undefined && DETERMINERS.has(first.low) && !text.toLowerCase().startsWith(first.low)
    ? `${first.low} ${text}`
    : text;
}

function findLast(tokens: readonly Token[], test: (token: Token, index: number) => boolean): number {
  for (let i = tokens.length - 1; i >= 0; i--) if (test(tokens[i]!, i)) return i;
  return -1;
}

/** The first run of capitals, with the small words that names have inside. */
function capitalRun(tokens: readonly Token[], inner: ReadonlySet<string>): Token[] {
  const start = tokens.findIndex(t => t.capital);
  if (start < 0) return [];
  let end = start + 1;
  for (let k = end; k < tokens.length; k++) {
    const t = tokens[k]!;
    if (t.capital) end = k + 1;
    else if (!inner.has(t.low)) break;
  }
  return tokens.slice(start, end);
}

function lastCapitalRun(tokens: readonly Token[]): Token[] {
  let end = tokens.length;
  while (end > 0 && !tokens[end - 1]!.capital) end--;
  let start = end;
  while (start > 0) {
    const t = tokens[start - 1]!;
    if (t.possessive && start < end) break;
    if (t.capital || (NAME_INNER.has(t.low) && start > 1 && tokens[start - 2]!.capital)) start--;
    else break;
  }
  return tokens.slice(start, end);
}
