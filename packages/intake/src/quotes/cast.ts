// SPDX-License-Identifier: MIT
// Who has been named so far in a document: surnames to full names, roles, aliases, and whom "he" stands for.
import type { Speaker } from "../model.ts";
import { kindOf, type Mention } from "./noun-phrase.ts";
import type { SpeechRules } from "./speech-rules.ts";
import type { Token } from "./tokens.ts";

interface Person {
  readonly name: string;
  role: string | null;
}

/** The people and organisations of one document, in the order of reading. */
export interface Cast {
  /** Takes the names of a sentence. To be called for each sentence in order, before its attributions. */
  enter(tokens: readonly Token[]): void;
  /** Who a mention is. `null` for a pronoun or an epithet that nobody fits. */
  speakerOf(mention: Mention, why: string[]): Speaker | null;
  /** Marks a speaker as the one that is being reported. */
  spoke(speaker: Speaker): void;
}

const PERSON_LIMIT = 5_000;
const ORGANISATION_PRONOUN = /^(it|they|them)$/i;

/**
 * @param sentences all sentences of the body: a surname is known from wherever its full name stands, since
 * reports put the full name in the headline or a later paragraph.
 */
export function castOf(sentences: readonly (readonly Token[])[], rules: SpeechRules): Cast {
  const bySurname = new Map<string, Person>();
  const found = new Map<readonly Token[], ReturnType<typeof personsIn>>();
  for (const tokens of sentences) {
    const persons = personsIn(tokens, rules);
    found.set(tokens, persons);
    for (const { name, role } of persons) {
      if (bySurname.size >= PERSON_LIMIT) break;
      const surname = name.split(" ").at(-1)!.toLowerCase();
      const known = bySurname.get(surname);
      if (known === undefined) bySurname.set(surname, { name, role });
      else if (known.role === null) known.role = role;
    }
  }
  const aliases = new Map<string, string>();
  let lastPerson: Speaker | null = null;
  let lastOrganisation: Speaker | null = null;
  let lastSpeaker: Speaker | null = null;
  let sentence = 0;
  let spokeAt = -1;

  const speaker = (name: string, role: string | null, kind: Speaker["kind"], mention: Mention): Speaker => ({
    entityId: null,
    name,
    role,
    kind,
    mention: { from: mention.from, to: mention.to },
  });

  return {
    enter(tokens) {
      sentence++;
      const persons = found.get(tokens) ?? personsIn(tokens, rules);
      let first = persons[0]?.name ?? null;
      let firstAt = persons[0]?.at ?? Number.POSITIVE_INFINITY;
      for (let i = 0; i < tokens.length; i++) {
        const token = tokens[i]!;
        const known = token.capital && token.kind === "word" ? bySurname.get(token.low) : undefined;
        if (known !== undefined && i < firstAt && (tokens[i - 1]?.capital !== true || i === 0)) {
          first = known.name;
          firstAt = i;
        }
        if (i > 12) continue;
        const name = token.kind === "word" && token.capital && !token.possessive ? token.text : null;
        if (
          name !== null &&
          (rules.governments.has(token.low) || /\p{Lu}.*\p{Lu}/u.test(name)) &&
          !rules.demonyms.has(token.low) &&
          !rules.role.has(token.low) &&
          !rules.outlets.has(token.low)
        ) {
          // Mentioned as the subject, early in the sentence: what "it" and "the statement" go back to.
          if (bySurname.get(token.low) === undefined)
            lastOrganisation = {
              entityId: null,
              name,
              role: null,
              kind: rules.governments.has(token.low) ? "government" : "organisation",
            };
        }
      }
      if (first !== null) {
        const person = bySurname.get(first.split(" ").at(-1)!.toLowerCase());
        if (person !== undefined && !(spokeAt === sentence - 1 && lastPerson !== null && firstAt > 6))
          lastPerson = { entityId: null, name: person.name, role: person.role, kind: "person" };
      }
    },
    speakerOf(mention, why) {
      if (mention.form === "pronoun") {
        const who = ORGANISATION_PRONOUN.test(mention.name)
          ? lastSpeaker !== null && lastSpeaker.kind !== "person"
            ? lastSpeaker
            : lastOrganisation
          : lastPerson;
        if (who === null) {
          why.push(`“${mention.name}” stands for nobody named before`);
          return null;
        }
        why.push(`“${mention.name}” stands for ${who.name}, named last`);
        return { ...who, mention: { from: mention.from, to: mention.to } };
      }
      if (mention.form === "utterance") {
        const who = lastOrganisation ?? lastSpeaker;
        if (who === null) return null;
        why.push(`“${mention.name}” speaks for ${who.name}, named before it`);
        return { ...who, mention: { from: mention.from, to: mention.to } };
      }
      if (mention.form === "epithet") {
        // "A police official, who asked not to be named, … the official said": still the unnamed one.
        const isSame = lastSpeaker?.kind === "unnamed" && spokeAt >= sentence - 1;
        if (isSame && lastSpeaker !== null && hasWord(lastSpeaker.name, mention.name.split(" ").at(-1)!)) {
          why.push(`“${mention.name}” stands for ${lastSpeaker.name}`);
          return { ...lastSpeaker, mention: { from: mention.from, to: mention.to } };
        }
        const who = mention.kind === "organisation" ? organisationFor(mention.name) : personFor(mention.name);
        if (who !== null) {
          why.push(`“${mention.name}” stands for ${who.name}`);
          return { ...who, mention: { from: mention.from, to: mention.to } };
        }
        return speaker(mention.name, mention.role, "unnamed", mention);
      }
      if (mention.form === "unnamed") return speaker(mention.name, mention.role, "unnamed", mention);
      const full = aliases.get(mention.name.toLowerCase()) ?? mention.name;
      if (mention.alias !== null) aliases.set(mention.alias.toLowerCase(), mention.name);
      const words = full.split(" ");
      const person = bySurname.get(words.at(-1)!.toLowerCase());
      const isPerson =
        person !== undefined &&
        (words.length === 1 ||
          mention.kind === "person" ||
          (person.name === full && mention.role === null)) &&
        !rules.governments.has(full.toLowerCase()) &&
        !rules.outlets.has(full.toLowerCase());
      if (isPerson) {
        const name = words.length === 1 ? person.name : full;
        if (person.role === null && mention.role !== null) person.role = mention.role;
        if (name !== mention.name)
          why.push(`${mention.name} is ${name}, named in full elsewhere in the document`);
        return speaker(name, mention.role ?? person.role, "person", mention);
      }
      return speaker(
        full,
        mention.role,
        mention.kind === "person" ? "person" : kindOf(full, mention.role, rules),
        mention,
      );
    },
    spoke(who) {
      lastSpeaker = who;
      spokeAt = sentence;
      if (who.kind === "person") lastPerson = who;
      else if (who.kind !== "unnamed") lastOrganisation = who;
    },
  };

  function organisationFor(words: string): Speaker | null {
    const head = words.split(" ").at(-1)!.toLowerCase();
    // A company goes by any name; a ministry or an authority has the word in its own.
    const isCompany = /^(company|firm|operator|maker|manufacturer|group|corporation)$/.test(head);
    const fits = (who: Speaker | null): who is Speaker =>
      who !== null &&
      !rules.outlets.has(who.name.toLowerCase()) &&
      (who.name.toLowerCase().includes(head) || (isCompany && who.kind === "organisation"));
    return fits(lastSpeaker) ? lastSpeaker : fits(lastOrganisation) ? lastOrganisation : null;
  }

  function personFor(words: string): Speaker | null {
    const wanted = new Set(words.split(" ").map(roleStem));
    const generic = wanted.size === 1;
    let best: Person | null = null;
    let most = 0;
    for (const person of bySurname.values()) {
      if (person.role === null) continue;
      const shared = person.role.split(" ").filter(word => wanted.has(roleStem(word))).length;
      if (shared > most) {
        best = person;
        most = shared;
      }
    }
    if (best !== null) return { entityId: null, name: best.name, role: best.role, kind: "person" };
    return generic ? lastPerson : null;
  }
}

function hasWord(words: string, word: string): boolean {
  return words.toLowerCase().split(" ").includes(word.toLowerCase());
}

/** “spokesman” and “representative” are one role to an epithet. */
function roleStem(word: string): string {
  const low = word.toLowerCase().replace(/['’]s?$/, "");
  return /^spokes|^representative$/.test(low) ? "spokes" : low;
}

const NOT_A_PERSON =
  /^(sea|ocean|river|lake|mountains?|valley|street|road|square|bridge|island|islands|peninsula|coast|city|region|district|province|oblast|state|states|republic|union|east|west|north|south|eastern|western|northern|southern|central|new|the|in|on|at|but|and|for|if|when|while|as|after|before|this|that|these|those|it|its|he|she|they|we|you|there|however|meanwhile|earlier|later|last|first|world|war|day|games|cup|stories|act|law|treaty|agreement|project|program|programme|i|a|an|no|not|what|who|how|why|where|hours?|photo|file|january|february|march|april|june|july|august|september|october|november|december|(mon|tues|wednes|thurs|fri|satur|sun)day)$/i;

/** Full names in a sentence: two to four capitals in a row of which none says otherwise. */
function personsIn(
  tokens: readonly Token[],
  rules: SpeechRules,
): { name: string; role: string | null; at: number }[] {
  const persons: { name: string; role: string | null; at: number }[] = [];
  for (let i = 0; i < tokens.length; i++) {
    if (!isNameWord(tokens[i]!)) continue;
    let end = i + 1;
    while (
      end < tokens.length &&
      !tokens[end - 1]!.possessive &&
      (isNameWord(tokens[end]!) ||
        (/^(de|van|von|der|al|el|bin|ibn|la|da|di)$/.test(tokens[end]!.low) && isNameWord(tokens[end + 1])))
    )
      end++;
    let start = i;
    let role: string | null = null;
    for (let k = i; k < end; k++) {
      if (!rules.role.has(tokens[k]!.low)) continue;
      role = tokens
        .slice(start, k + 1)
        .map(t => t.text)
        .join(" ");
      start = k + 1;
    }
    const before = tokens[i - 1];
    if (start === i && before !== undefined && before.kind === "word" && rules.role.has(before.low)) {
      let k = i - 1;
      while (
        k > 0 &&
        i - k < 5 &&
        tokens[k - 1]!.kind === "word" &&
        (tokens[k - 1]!.capital ||
          rules.role.has(tokens[k - 1]!.low) ||
          rules.organisation.has(tokens[k - 1]!.low) ||
          /^(defen[cs]e|foreign|interior|prime|deputy|senior|chief|state|press)$/.test(tokens[k - 1]!.low))
      )
        k--;
      role = tokens
        .slice(k, i)
        .map(t => t.text)
        .join(" ");
    }
    const words = tokens.slice(start, end);
    if (role === null && tokens[end]?.text === ",") role = appositionRole(tokens, end + 1, rules);
    const says = (t: Token) =>
      NOT_A_PERSON.test(t.low) ||
      rules.organisation.has(t.low) ||
      rules.governments.has(t.low) ||
      rules.demonyms.has(t.low) ||
      /^\p{N}/u.test(t.text) ||
      (/^\p{Lu}{2,}$/u.test(t.text) && t.text.length > 3);
    if (words.length >= 2 && words.length <= 4 && !words.some(says))
      persons.push({ name: words.map(t => t.text).join(" "), role, at: start });
    else if (words.length === 1 && role !== null && !says(words[0]!) && !rules.governments.has(words[0]!.low))
      persons.push({ name: words[0]!.text, role, at: start });
    i = end - 1;
  }
  return persons;
}

function isNameWord(token: Token | undefined): boolean {
  return token !== undefined && token.kind === "word" && token.capital && !/^\p{N}/u.test(token.text);
}

function appositionRole(tokens: readonly Token[], from: number, rules: SpeechRules): string | null {
  let k = from;
  while (
    k < tokens.length &&
    k - from < 12 &&
    tokens[k]!.kind === "word" &&
    !/^(who|which|that|said|told)$/.test(tokens[k]!.low)
  )
    k++;
  const words = tokens.slice(from, k).filter(t => !/^(a|an|the)$/.test(t.low));
  return words.some(t => rules.role.has(t.low)) ? words.map(t => t.text).join(" ") : null;
}
