// SPDX-License-Identifier: MIT
import type { DatedOn, Speaker, Statement } from "../model.ts";
import type { Entity } from "../report.ts";
import type { IntakeTables } from "../tables/intake-tables.ts";
import { lexiconOf, wordsOf } from "./lexicon.ts";
import { type KnownNames, mentionsIn, type NameMention, NO_NAMES } from "./mentions.ts";
import { folded, slug, spellingKey } from "./spelling.ts";

interface Draft {
  id: string;
  name: string;
  kind: Entity["kind"];
  country: string | null;
  partOf: string | null;
  readonly forms: string[];
  readonly roles: { documentId: string; role: string; on: DatedOn | null }[];
}

/** Everybody that the documents name as speaking, under one id each. */
export interface EntityBook {
  /** The id of a speaker of a document. */
  idOf(speaker: Speaker, documentId: string, via: readonly Speaker[]): string;
  /** Whom an assertion of this entity goes back to: its firm, its government. */
  rootOf(id: string): string;
  get(id: string): Entity | undefined;
  readonly entities: readonly Entity[];
  readonly names: KnownNames;
  /** Adds what sentences name without its speaking. */
  note(mention: NameMention): void;
}

const HEADS =
  /\b(spokes(man|woman|person)|chief executive|ceo|founder|owner|president|minister|chairman|chairwoman|head|director|representative|official|secretary|general|commander|adviser|advisor|billionaire|boss)\b/i;
/** People of an outlet speak as the outlet. */
const STAFF =
  /\b(?:[Jj]ournalists?|[Rr]eporters?|[Cc]orrespondents?|[Ee]ditors?) (?:with|of|from|at|for) (\p{Lu}.*)$/u;
const PERSON_TITLE = /^(mr|mrs|ms|dr|sir|gen|general|col|colonel|president|prime minister|minister)\.?\s+/i;

/**
 * Resolves speakers: first the tables' names, then persons by surname and spelling, then firms as named. One
 * surname of two different given names in the same documents stays two persons, and the surname alone is then
 * whoever bears it in its own document.
 *
 * @param texts of the documents, for short forms in brackets: `Harbour Office (HO)`.
 */
export function entityBook(
  statements: readonly Statement[],
  tables: IntakeTables,
  texts: readonly string[] = [],
): EntityBook {
  const lexicon = lexiconOf(tables);
  const key = spellingKey(tables.spellings);
  const drafts = new Map<string, Draft>();
  /** Surname key to persons. */
  const persons = new Map<string, { id: string; given: string; documents: Set<string> }[]>();
  const cache = new Map<string, string>();
  const byForm = new Map<string, Draft>();
  const shortForms = shortFormsIn(texts);

  const draft = (
    id: string,
    name: string,
    kind: Entity["kind"],
    country: string | null,
    partOf: string | null,
  ): Draft => {
    const known = drafts.get(id);
    if (known !== undefined) return known;
    const made: Draft = { id, name, kind, country, partOf, forms: [], roles: [] };
    drafts.set(id, made);
    return made;
  };
  const fromMention = (m: NameMention): Draft => draft(m.id, m.name, m.kind, m.country, m.partOf);

  const person = (name: string, documentId: string): Draft => {
    const bare = name.replace(PERSON_TITLE, "");
    const parts = key(bare).split(" ");
    const surname = parts.at(-1)!;
    const given = parts.slice(0, -1).join(" ");
    const known = persons.get(surname) ?? [];
    const fits = known.filter(p => p.given === given || p.given === "" || given === "");
    const one = fits.length > 1 ? (fits.find(p => p.documents.has(documentId)) ?? fits[0]) : fits[0];
    if (one !== undefined) {
      one.documents.add(documentId);
      const d = drafts.get(one.id)!;
      if (given !== "" && one.given === "") one.given = given;
      if (bare.split(" ").length > d.name.split(" ").length) d.name = bare;
      return d;
    }
    const id = `person:${slug(bare)}`;
    persons.set(surname, [...known, { id, given, documents: new Set([documentId]) }]);
    return draft(id, bare, "person", null, null);
  };

  const organisation = (name: string): Draft => {
    const short = name
      .replace(/\s*\([^)]*\)/g, "")
      .replace(/^the /i, "")
      .replace(/['’]s$/, "");
    const inner = /\(([^)]{2,30})\)/.exec(name)?.[1];
    const aliases = [
      short,
      ...(inner === undefined ? [] : [inner]),
      ...(shortForms.get(folded(short)) ?? []),
    ];
    for (const alias of aliases) {
      const existing = drafts.get(`org:${slug(alias)}`) ?? byForm.get(folded(alias));
      if (existing !== undefined) return existing;
    }
    const made = draft(`org:${slug(short)}`, short, "organisation", null, null);
    for (const alias of aliases) byForm.set(folded(alias), made);
    return made;
  };

  const resolve = (speaker: Speaker, documentId: string, via: readonly Speaker[]): Draft => {
    const words = wordsOf(speaker.name);
    if (speaker.kind === "person") return person(speaker.name, documentId);
    const named = mentionsIn(words, lexicon, NO_NAMES).filter(m => m.use === "party" || m.use === "country");
    const whole = named.at(-1);
    if (speaker.kind === "unnamed") {
      const staff = STAFF.exec(speaker.name)?.[1];
      if (staff !== undefined) return organisation(staff);
      if (whole?.id.startsWith("outlet:") && whole.last === words.length - 1) return fromMention(whole);
      const by = via[0] === undefined ? documentId : resolve(via[0], documentId, via.slice(1)).id;
      // "Ukrainian military intelligence" has no name of its own, and is a known body for all that.
      if (
        whole !== undefined &&
        (whole.kind === "government" || whole.kind === "force") &&
        whole.use === "party" &&
        via[0] === undefined &&
        !/^(one|two|three|a|an|some|several)\b/i.test(speaker.name)
      )
        return fromMention(whole);
      return draft(
        `unnamed:${slug(speaker.name)}@${by}`,
        speaker.name,
        "unnamed",
        whole?.country ?? null,
        by === documentId ? null : by,
      );
    }
    if (whole !== undefined && whole.last === words.length - 1) return fromMention(whole);
    const last = whole === undefined || whole.use === "country" ? undefined : whole;
    return last !== undefined && last.kind === "government" ? fromMention(last) : organisation(speaker.name);
  };

  const order = [...statements].flatMap(s => [
    ...(s.speaker === null ? [] : [{ who: s.speaker, via: s.via, s }]),
    ...s.via.map((who, k) => ({ who, via: s.via.slice(k + 1), s })),
  ]);
  // Full names first, so that a surname finds its person whatever the order of the documents.
  order.sort((a, b) => Number(b.who.name.includes(" ")) - Number(a.who.name.includes(" ")));
  for (const { who, via, s } of order) {
    const d = resolve(who, s.documentId, via);
    cache.set(cacheKey(who, s.documentId, via), d.id);
    if (!d.forms.includes(who.name)) d.forms.push(who.name);
    if (who.role === null || d.roles.some(r => r.documentId === s.documentId && r.role === who.role))
      continue;
    d.roles.push({ documentId: s.documentId, role: who.role, on: s.saidOn });
    if (d.kind === "person" && d.partOf === null) d.partOf = bodyInRole(who.role, organisation);
  }

  function bodyInRole(role: string, organisationOf: (name: string) => Draft): string | null {
    if (!HEADS.test(role)) return null;
    const words = wordsOf(role);
    const bodies = mentionsIn(words, lexicon, NO_NAMES).filter(m => m.use === "party" || m.use === "country");
    const body = bodies.find(m => m.use === "party") ?? bodies[0];
    if (body !== undefined) return fromMention(body).id;
    const name = /(?:\p{Lu}[\p{L}\p{N}&.-]*\s?)+/u
      .exec(
        role
          .replace(/\b(CEO|COO|CTO|CFO|Chief Executive|President|Director|General|Founder|Mr|Mrs)\b/g, " ")
          .trim(),
      )?.[0]
      ?.trim();
    return name === undefined || name === "" ? null : organisationOf(name).id;
  }

  const rootOf = (id: string): string => {
    let at = id;
    for (let step = 0; step < 8; step++) {
      const next = drafts.get(at)?.partOf;
      if (next === null || next === undefined || next === at) break;
      at = next;
    }
    const d = drafts.get(at);
    if (d?.country && (d.kind === "government" || d.kind === "force" || d.kind === "unit"))
      return `${d.country.toLowerCase()}:government`;
    return at;
  };

  const byFirst = new Map<string, { words: readonly string[]; entity: Draft }[]>();
  for (const d of drafts.values()) {
    if (d.kind === "unnamed" || (d.country !== null && d.kind !== "person")) continue;
    const forms = new Set([d.name, ...d.forms].map(f => folded(f.replace(/\s*\([^)]*\)/g, ""))));
    if (d.kind === "person") for (const form of [...forms]) forms.add(form.split(" ").at(-1)!);
    for (const form of forms) {
      const words = form.split(" ");
      if (words[0] === "" || words[0]!.length < 3) continue;
      const list = byFirst.get(words[0]!) ?? [];
      list.push({ words, entity: d });
      list.sort((a, b) => b.words.length - a.words.length);
      byFirst.set(words[0]!, list);
    }
  }

  return {
    idOf: (speaker, documentId, via) =>
      cache.get(cacheKey(speaker, documentId, via)) ?? resolve(speaker, documentId, via).id,
    rootOf,
    get: id => drafts.get(id),
    get entities() {
      return [...drafts.values()];
    },
    names: { byFirst, brands: new Map() },
    note: mention => void fromMention(mention),
  };
}

/** Both ways: the long form to the short one in brackets after it, if they begin alike. */
function shortFormsIn(texts: readonly string[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const text of texts) {
    for (const [, long, short] of text.matchAll(/((?:\p{Lu}[\p{L}’'-]+ ){1,5})\((\p{Lu}[\p{L}]{1,20})\)/gu)) {
      if (long![0] !== short![0] || found.size > 5_000) continue;
      const [a, b] = [long!.trim(), short!];
      found.set(folded(a), [...(found.get(folded(a)) ?? []), b]);
      found.set(folded(b), [...(found.get(folded(b)) ?? []), a]);
    }
  }
  return found;
}

function cacheKey(speaker: Speaker, documentId: string, via: readonly Speaker[]): string {
  return `${speaker.kind}\n${speaker.name}\n${documentId}\n${via[0]?.name ?? ""}`;
}
