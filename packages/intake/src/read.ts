// SPDX-License-Identifier: MIT
import { conflictsIn } from "./conflicts/find-conflicts.ts";
import { gapsIn } from "./conflicts/find-gaps.ts";
import { datesIn } from "./dates/reported-date.ts";
import { LIMITS, refused } from "./documents/limits.ts";
import { pageTableOf } from "./documents/page-table.ts";
import { readDocument } from "./documents/read-document.ts";
import { linkQuotes } from "./lineage/link-quotes.ts";
import { officeLanguagesOf } from "./lineage/office-languages.ts";
import { paraphraseTableOf } from "./lineage/paraphrase-table.ts";
import type { IntakeResult, ReadDocument, SourceDocument, Statement, TextRange } from "./model.ts";
import { type EntityBook, entityBook } from "./names/entity-book.ts";
import { type DocumentWords, documentWords, lexiconOf, type Word } from "./names/lexicon.ts";
import { brandsIn, type KnownNames, mentionsIn, type NameMention } from "./names/mentions.ts";
import { numbersIn } from "./numbers/number-mentions.ts";
import { type RouteSentence, routesIn } from "./numbers/routes.ts";
import { type DocumentAccess, gradeOf, originsOf } from "./origins/count-origins.ts";
import { gazetteerOf } from "./places/gazetteer.ts";
import { placesIn } from "./places/place-mentions.ts";
import { claimsIn } from "./propositions/clauses.ts";
import { grammarOf } from "./propositions/grammar.ts";
import { joinClaims, type MadeClaim } from "./propositions/join-claims.ts";
import { sentencesOf } from "./quotes/sentences.ts";
import { speechTableOf } from "./quotes/speech-table.ts";
import { statementsOf } from "./quotes/statements.ts";
import type {
  Assertion,
  DocumentSummary,
  Gap,
  IntakeReport,
  NumberMention,
  PlaceMention,
  PlacePin,
  Proposition,
} from "./report.ts";
import { type IntakeTables, shippedTables } from "./tables/intake-tables.ts";

/** A direct statement of fewer words is read with the sentence around it. */
const FRAGMENT_WORDS = 6;
const SPEECH =
  /^(said|says|told|claimed|claims|alleged|alleges|insisted|noted|denied|added|reported|stated|wrote|admitted)$/;

/**
 * Reads documents of one event together: statements with their speakers and groups, entities, places, dates,
 * numbers, propositions with their origins, conflicts, gaps and routes. Pure: the same documents and tables give
 * the same report.
 *
 * Errors: those of {@link readDocument}, with the document's id as the place; `TOO_MANY` above 2,000 documents.
 */
export function readReports(
  documents: readonly SourceDocument[],
  tables: IntakeTables = shippedTables(),
): IntakeResult<IntakeReport> {
  if (documents.length > LIMITS.documents)
    return refused(
      "TOO_MANY",
      "documents",
      `At most ${LIMITS.documents} documents are read together; these are ${documents.length}.`,
    );
  const reads: ReadDocument[] = [];
  for (const document of documents) {
    const read = readDocument(document, { pages: pageTableOf(tables.pages) });
    if (!read.ok) return read;
    reads.push(read.value);
  }
  const speech = speechTableOf(tables.speech);
  const first = reads.flatMap(read => [...statementsOf(read, { speech })]);
  if (first.length > LIMITS.linkedStatements)
    return refused(
      "TOO_MANY",
      "statements",
      `At most ${LIMITS.linkedStatements} statements are linked together; these are ${first.length}.`,
    );
  const { statements, inferredDates } = linkQuotes(reads, first, {
    paraphrases: paraphraseTableOf(tables.paraphrases),
    languagesOf: speaker => officeLanguagesOf(speaker, speech),
  });
  const dated = reads.map(read =>
    read.published === null ? { ...read, published: inferredDates.get(read.document.id) ?? null } : read,
  );
  return { ok: true, value: reportOf(dated, reads, statements, tables) };
}

/** One sentence with what was found in it, and who is asserting it. */
interface Sentence extends TextRange {
  readonly read: ReadDocument;
  readonly words: readonly Word[];
  readonly statement: Statement | null;
}

function reportOf(
  reads: readonly ReadDocument[],
  asPrinted: readonly ReadDocument[],
  statements: readonly Statement[],
  tables: IntakeTables,
): IntakeReport {
  const lexicon = lexiconOf(tables);
  const grammar = grammarOf(tables);
  const book = entityBook(
    statements,
    tables,
    reads.map(r => r.document.text),
  );
  const byDocument = Map.groupBy(statements, s => s.documentId);
  const wordsBy = reads.map(({ document, passages }) => documentWords(document.text, passages));
  const sentences = reads.flatMap((read, k) =>
    sentencesIn(read, byDocument.get(read.document.id) ?? [], wordsBy[k]!),
  );
  const brands = brandsIn(
    sentences.map(s => s.words),
    lexicon,
  );
  for (const entity of book.entities) for (const form of entity.forms) brands.delete(form.toLowerCase());
  const names: KnownNames = { byFirst: book.names.byFirst, brands };
  const topic = [...brands.values()][0] ?? "goods:terminal";
  const places = reads.flatMap((read, k) => placesIn(read, tables, names, wordsBy[k]));
  const placesOf = Map.groupBy(places, p => p.documentId);
  const mentioned = sentences.map(s => mentionsIn(s.words, lexicon, names));
  const owners = ownersOf(sentences, mentioned, book);
  const gazetteer = gazetteerOf(tables);

  const made: MadeClaim[] = [];
  const gaps: Gap[] = [];
  const numbers: NumberMention[] = [];
  const routeSentences: RouteSentence[] = [];
  const dates: IntakeReport["dates"][number][] = [];
  let before: PlacePin | null = null;
  let lastDocument = "";
  for (const [n, s] of sentences.entries()) {
    const { document, published } = s.read;
    if (document.id !== lastDocument) before = null;
    lastDocument = document.id;
    const speakerId = s.statement?.speaker
      ? book.idOf(s.statement.speaker, document.id, s.statement.via)
      : null;
    const root = speakerId === null ? null : book.rootOf(speakerId);
    const country = root === null ? null : /^([a-z]{2}):/.exec(root)?.[1]?.toUpperCase();
    const mentions = mentioned[n]!;
    for (const m of mentions) if (m.use === "party" && !m.id.startsWith("some:")) book.note(m);
    const here = within(placesOf.get(document.id) ?? [], s);
    // A document dated by others is read as of the first day it can be of, as its statements are.
    const anchor = published?.precision === "fuzzy" ? { ...published, to: published.from } : published;
    const named = datesIn(document.text.slice(s.from, s.to), anchor, s.from);
    for (const d of named) dates.push({ documentId: document.id, ...d });
    numbers.push(...numbersIn(document.id, document.text, s.words));
    const gap = gapsIn(
      document.id,
      document.text,
      s,
      speakerId ?? mentions.find(m => m.use === "party")?.id ?? null,
      tables,
    );
    gaps.push(...gap);
    const speaker =
      speakerId === null || root === null
        ? null
        : { id: speakerId, root, country: country ? gazetteer.country(country) : null };
    // What was not addressed is not claimed.
    const isSilent = gap.some(g => g.kind === "notAddressed" || g.kind === "noComment");
    const claims = isSilent
      ? []
      : claimsIn({
          words: s.words,
          mentions,
          places: here,
          dates: named,
          grammar,
          speaker,
          topic,
          before,
          owners,
        });
    const via =
      s.statement?.via.map((v, k) => book.idOf(v, document.id, s.statement!.via.slice(k + 1))) ?? [];
    for (const claim of claims) {
      // "The state, which uses it too, said …": the aside is the reporter's, not the speaker's.
      const aside = s.statement !== null && !s.statement.direct && isAside(s.words, claim.at);
      const assertion: Assertion = {
        documentId: document.id,
        from: s.from,
        to: s.to,
        statementId: aside ? null : (s.statement?.id ?? null),
        claimant: aside ? null : speakerId,
        via: aside ? [] : via,
        saidOn: s.statement?.saidOn ?? null,
        qualifier: s.statement?.qualifier ?? null,
        stance: claim.stance,
        quoteGroup: aside ? null : (s.statement?.quoteGroup ?? null),
        template: claim.template,
        why: claim.why,
      };
      made.push({ claim, assertion });
    }
    const negated = claims.some(
      c => c.polarity === "denied" && (c.predicate === "AUTHORISED_RESELLER" || c.predicate === "SOLD"),
    );
    routeSentences.push({
      words: s.words,
      mentions,
      places: here,
      negated,
      assertion: {
        documentId: document.id,
        from: s.from,
        to: s.to,
        claimant: speakerId,
        saidOn: s.statement?.saidOn ?? null,
      },
    });
    before = here.filter(p => p.pin !== null).at(-1)?.pin ?? before;
  }

  const joined = joinClaims(made, book, grammar);
  const conflicts = conflictsIn(joined, book, tables);
  const inConflict = new Set(conflicts.flatMap(c => [...c.propositions]));
  const withholders = new Set(
    gaps.filter(g => g.kind === "withheld" && g.who !== null).map(g => book.rootOf(g.who!)),
  );
  const access = accessOf(reads, statements, book);
  const propositions: Proposition[] = joined.map(claim => {
    const origins = originsOf(claim, book, access, tables);
    const withheld = origins.some(o => withholders.has(o.id));
    return {
      ...claim,
      origins,
      grade: gradeOf(origins, claim.assertions, withheld, inConflict.has(claim.id)),
    };
  });
  const resolved = statements.map(s => ({
    ...s,
    speaker: s.speaker && { ...s.speaker, entityId: book.idOf(s.speaker, s.documentId, s.via) },
    via: s.via.map((v, k) => ({ ...v, entityId: book.idOf(v, s.documentId, s.via.slice(k + 1)) })),
  }));
  return {
    version: 1,
    documents: reads.map((read, k) => summaryOf(read, asPrinted[k]!)),
    statements: resolved,
    claimants: claimantsOf(resolved),
    entities: book.entities,
    places,
    numbers,
    dates,
    propositions,
    conflicts,
    gaps,
    routes: routesIn(routeSentences, tables),
  };
}

/** Statements and the narration between them, in reading order; a quoted fragment with its sentence. */
function sentencesIn(
  read: ReadDocument,
  statements: readonly Statement[],
  document: DocumentWords,
): Sentence[] {
  const { text } = read.document;
  const found: Sentence[] = [];
  const taken = new Set<string>();
  const add = (range: TextRange, statement: Statement | null, known: readonly Word[] | null): void => {
    const key = `${range.from}-${range.to}-${statement?.speaker?.name ?? ""}`;
    if (taken.has(key)) return;
    taken.add(key);
    const words = known ?? document.within(range.from, range.to);
    found.push({
      from: range.from,
      to: range.to,
      read,
      statement,
      words: words.length > LIMITS.sentenceTokens ? words.slice(0, LIMITS.sentenceTokens) : words,
    });
  };
  for (const s of statements) {
    const own = s.direct && s.fidelity !== "partial" ? document.within(s.range.from, s.range.to) : null;
    if (own !== null && own.length >= FRAGMENT_WORDS) add(s.range, s, own);
    else add(s.direct ? s.sentence : s.range, s, null);
  }
  const covered = statements
    .map(s => ({ from: Math.min(s.sentence.from, s.range.from), to: Math.max(s.sentence.to, s.range.to) }))
    .sort((a, b) => a.from - b.from);
  let c = 0;
  for (const passage of read.passages) {
    if (passage.kind !== "paragraph" && passage.kind !== "listItem") continue;
    for (const sentence of sentencesOf(text, passage)) {
      while (c < covered.length && covered[c]!.to <= sentence.from) c++;
      if (c < covered.length && covered[c]!.from < sentence.to) continue;
      add(sentence, null, null);
    }
  }
  return found.sort((a, b) => a.from - b.from || a.to - b.to);
}

/** The places inside a range; `places` in order of the text. */
function within(places: readonly PlaceMention[], range: TextRange): PlaceMention[] {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (places[middle]!.from < range.from) low = middle + 1;
    else high = middle;
  }
  const found: PlaceMention[] = [];
  for (let k = low; k < places.length && places[k]!.to <= range.to; k++) found.push(places[k]!);
  return found;
}

function isAside(words: readonly Word[], at: number): boolean {
  let opened = -1;
  for (let k = 0; k < at; k++) if (/^(which|who)$/.test(words[k]!.low)) opened = k;
  if (opened < 0 || words.slice(0, opened).some(w => SPEECH.test(w.low))) return false;
  return words.slice(at).some(w => SPEECH.test(w.low));
}

/** Whose the brand is: names in the possessive before it. */
function ownersOf(
  sentences: readonly Sentence[],
  mentioned: readonly (readonly NameMention[])[],
  book: EntityBook,
): Set<string> {
  const owners = new Set<string>();
  for (const [n, { words }] of sentences.entries()) {
    const mentions = mentioned[n]!;
    for (const [k, m] of mentions.entries()) {
      if (m.use !== "party" || m.country !== null || !words[m.last]!.possessive) continue;
      const next = mentions[k + 1];
      const isBrand = next !== undefined && (next.use === "goods" || next.use === "service");
      if (isBrand && next.first === m.last + 1 && next.id !== "goods:terminal") owners.add(book.rootOf(m.id));
    }
  }
  return owners;
}

/** Unnamed people of a document that credits one other outlet's report spoke to that outlet. */
function accessOf(
  reads: readonly ReadDocument[],
  statements: readonly Statement[],
  book: EntityBook,
): Map<string, DocumentAccess> {
  return new Map(
    reads.map(({ document, credits, publisher, agency }) => {
      const cited = credits.find(c => c.kind === "citedReport")?.name ?? null;
      const outlets = new Set<string>();
      for (const { documentId, speaker, via } of statements) {
        if (documentId === document.id && speaker !== null && OUTLET.test(speaker.role ?? ""))
          outlets.add(book.idOf(speaker, documentId, via));
      }
      const named = outlets.size === 1 ? [...outlets][0]! : null;
      const interviewer =
        named ??
        (cited === null
          ? null
          : book.idOf({ entityId: null, name: cited, role: null, kind: "organisation" }, document.id, []));
      return [document.id, { interviewer, publisher: agency ?? publisher ?? document.id }];
    }),
  );
}

const OUTLET = /\b(site|website|outlet|newspaper|magazine|news agency|broadcaster|channel|daily|weekly)\b/i;

function claimantsOf(statements: readonly Statement[]): string[] {
  const counts = new Map<string, number>();
  for (const { speaker } of statements) {
    const id = speaker?.entityId;
    if (id) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([id]) => id);
}

function summaryOf(read: ReadDocument, printed: ReadDocument): DocumentSummary {
  const { document, language, publisher, agency, published, passages, credits, warnings } = read;
  const publishedBy = printed.published !== null ? "stated" : published !== null ? "inferred" : "unknown";
  return {
    id: document.id,
    name: document.name ?? null,
    language,
    publisher,
    agency,
    published,
    publishedBy,
    passages,
    credits,
    warnings,
  };
}
