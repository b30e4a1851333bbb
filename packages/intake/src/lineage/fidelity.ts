// SPDX-License-Identifier: MIT
import type { Fidelity, ReadDocument, Speaker, Statement } from "../model.ts";
import type { QuoteGroup } from "./link-quotes.ts";
import { standsIn, type Wording } from "./wording.ts";

/** What is said of a document that changes what it quotes. */
export interface Rewriting {
  readonly documentId: string;
  readonly changed: number;
  readonly compared: number;
}

/** Shorter quotations say little about how a document treats words. */
const TELLING_WORDS = 4;

/**
 * Compares the wordings of each group. The wording that most documents give is the reference; where they are
 * evenly split, that of the document which changes least elsewhere, then an agency's. A member that stands in the reference is
 * verbatim or partial. Another wording of a speaker with a presumed foreign language is a translation; of any
 * other, altered. A document that changes half or more of what can be checked rewrites its quotations: none of
 * them is taken for the speaker's words, except whole sentences that are found elsewhere.
 */
export function judgeFidelity(
  documents: readonly ReadDocument[],
  statements: readonly Statement[],
  groups: readonly QuoteGroup[],
  wordingOf: (text: string) => Wording,
  languagesOf: (speaker: Speaker) => readonly string[],
): {
  readonly statements: readonly Statement[];
  readonly groups: readonly QuoteGroup[];
  readonly rewriting: ReadonlyMap<string, Rewriting>;
} {
  const byId = new Map(statements.map(s => [s.id, s]));
  const words = new Map<string, Wording>();
  for (const { members } of groups) for (const id of members) words.set(id, wordingOf(byId.get(id)!.text));
  const agrees = (id: string, reference: string) => agree(words.get(id)!, words.get(reference)!);
  const documentOf = (id: string) => byId.get(id)!.documentId;
  /** Statements of one person share their name and role: the languages are looked up once for each. */
  const foreign = new Map<string, boolean>();
  const isForeignSpeaker = (speaker: Speaker) => {
    const name = `${speaker.kind}|${speaker.name}|${speaker.role ?? ""}`;
    let is = foreign.get(name);
    if (is === undefined) {
      is = languagesOf(speaker).some(language => language !== "en");
      foreign.set(name, is);
    }
    return is;
  };
  const isForeign = (members: readonly string[]) =>
    members.some(id => {
      const { speaker } = byId.get(id)!;
      return speaker !== null && isForeignSpeaker(speaker);
    });
  const tally = new Map<string, { changed: number; compared: number }>(
    documents.map(({ document }) => [document.id, { changed: 0, compared: 0 }]),
  );
  const count = (members: readonly string[], reference: string) => {
    for (const id of members) {
      if (words.get(id)!.words.length < TELLING_WORDS || words.get(reference)!.words.length < TELLING_WORDS)
        continue;
      const entry = tally.get(documentOf(id));
      if (entry === undefined) continue;
      entry.compared++;
      if (!agrees(id, reference)) entry.changed++;
    }
  };
  /** How near a document is to the words: an agency's own copy, one that credits an agency, any other. */
  const credits = new Map(
    documents.map(({ document, agency, credits: named }) => [
      document.id,
      named.some(({ kind, why }) => kind === "wire" && why === "in the dateline")
        ? 2
        : agency === null
          ? 0
          : 1,
    ]),
  );
  const nearness = (documentId: string) => credits.get(documentId) ?? 0;
  const references = new Map<string, string>();
  const undecided: QuoteGroup[] = [];
  for (const group of groups) {
    const { members } = group;
    const support = supportOf(members, words, documentOf);
    const ranked = members
      .map(id => ({ id, n: support(id), length: words.get(id)!.words.length }))
      .sort((a, b) => b.n - a.n || b.length - a.length);
    references.set(group.id, ranked[0]!.id);
    if (new Set(members.map(documentOf)).size < 2) continue;
    if (ranked[0]!.n === 0) undecided.push(group);
    else if (!isForeign(members)) count(members, ranked[0]!.id);
  }
  const share = (id: string) => {
    const { changed, compared } = tally.get(documentOf(id)) ?? { changed: 0, compared: 0 };
    return compared === 0 ? 0 : changed / compared;
  };
  for (const { id, members } of undecided) {
    const ranked = [...members].sort(
      (a, b) =>
        share(a) - share(b) ||
        nearness(documentOf(b)) - nearness(documentOf(a)) ||
        words.get(b)!.words.length - words.get(a)!.words.length,
    );
    references.set(id, ranked[0]!);
    const [first, last] = [ranked[0]!, ranked[ranked.length - 1]!];
    const isTold = share(first) < share(last) || nearness(documentOf(first)) > nearness(documentOf(last));
    if (!isForeign(members) && isTold) count(members, first);
  }
  const rewriting = new Map<string, Rewriting>();
  for (const [documentId, { changed, compared }] of tally)
    if (changed > 0 && 2 * changed >= compared) rewriting.set(documentId, { documentId, changed, compared });

  const judged = new Map<string, Statement>();
  for (const { id: groupId, members } of groups) {
    const reference = references.get(groupId)!;
    const trusted = members.filter(id => !rewriting.has(documentOf(id)));
    const isTranslated =
      isForeign(members) && trusted.length > 1 && trusted.some(id => !agrees(id, reference));
    /** Documents by the words that they give. */
    const printers = new Map<string, Set<string>>();
    for (const id of members) {
      const exact = words.get(id)!.words.join(" ");
      const printed = printers.get(exact) ?? new Set();
      printers.set(exact, printed.add(documentOf(id)));
    }
    const isWordForWord = (id: string) => printers.get(words.get(id)!.words.join(" "))!.size > 1;
    for (const id of members) {
      const s = byId.get(id)!;
      const why = [...s.why];
      let fidelity: Fidelity = s.fidelity;
      const rewriter = rewriting.get(s.documentId);
      if (rewriter !== undefined && !(isWordForWord(id) && s.fidelity === "verbatim")) {
        fidelity = "altered";
        why.push(
          `the document changes ${rewriter.changed} of the ${rewriter.compared} quotations that can be compared; its wording is taken for nobody's`,
        );
      } else if (agrees(id, reference)) {
        if (isTranslated) {
          fidelity = "translated";
          why.push(
            "documents give the words in different wordings, and the speaker is likely to have used another language",
          );
        } else if (
          fidelity === "partial" &&
          words.get(id)!.words.join(" ") === words.get(reference)!.words.join(" ") &&
          byId.get(reference)!.fidelity === "verbatim"
        ) {
          fidelity = "verbatim";
          why.push("all the words of a sentence that is given whole elsewhere");
        }
      } else if (isForeign(members) || s.fidelity === "translated") {
        fidelity = "translated";
        why.push(
          "another wording than most documents give; the speaker is likely to have used another language",
        );
      } else {
        fidelity = "altered";
        why.push(
          `another wording than ${byId.get(reference)!.documentId} gives: “${byId.get(reference)!.text}”`,
        );
      }
      judged.set(id, { ...s, fidelity, quoteGroup: groupId, why });
    }
  }
  return {
    statements: statements.map(s => judged.get(s.id) ?? s),
    groups: groups.map(group => ({ ...group, reference: references.get(group.id)! })),
    rewriting,
  };
}

function agree(a: Wording, b: Wording): boolean {
  return a === b || standsIn(a, b) || standsIn(b, a);
}

/**
 * How many other documents of a group give a wording that agrees. Members of one wording are compared once, so
 * that a passage printed a thousand times costs what it costs once.
 */
function supportOf(
  members: readonly string[],
  words: ReadonlyMap<string, Wording>,
  documentOf: (id: string) => string,
): (id: string) => number {
  const documents = new Map<Wording, Set<string>>();
  for (const id of members) {
    const wording = words.get(id)!;
    documents.set(wording, (documents.get(wording) ?? new Set()).add(documentOf(id)));
  }
  const agreeing = new Map<Wording, ReadonlySet<string>>();
  for (const a of documents.keys()) {
    const all = new Set<string>();
    for (const [b, printed] of documents) if (agree(a, b)) for (const document of printed) all.add(document);
    agreeing.set(a, all);
  }
  return id => {
    const all = agreeing.get(words.get(id)!)!;
    return all.size - (all.has(documentOf(id)) ? 1 : 0);
  };
}
