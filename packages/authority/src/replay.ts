// SPDX-License-Identifier: MIT
import type { Actor } from "./actor.ts";
import type { AdmissionFacts } from "./admission/admission-facts.ts";
import { decideAdmission } from "./admission.ts";
import type { CommandEntry } from "./command-entry.ts";
import { contentHash, contentId } from "./content-hash.ts";
import { admissionDecision, type Decision } from "./decision.ts";
import type { MapBook } from "./map-book.ts";
import type { Policy } from "./policy.ts";
import { keptRequest } from "./registry/personal-data.ts";
import type { Ruling } from "./ruling.ts";

/** A command as it was carried out: with the instant and the person, all that its ruling depends on but the records. */
export interface CarriedCommand {
  readonly name: string;
  /** Of the request without personal data; the request itself is kept apart. */
  readonly requestHash: string;
  readonly actor: Actor;
  readonly atMs: number;
  /** What was seen for it and is not on record; see `CommandContext.observe`. */
  readonly observed?: { readonly [name: string]: unknown };
}

/** One decision as the ledger holds it. The first of a ruling brings the command that led to all of them. */
export interface LedgerDecision {
  readonly decision: Decision;
  /** Present on the first decision of a ruling, with the number of decisions in it; absent for admissions. */
  readonly ruling?: CarriedCommand & { readonly decisions: number };
}

/** Where a replay came out otherwise. */
export interface ReplayDifference {
  /** Index of the entry in the replayed log. */
  readonly index: number;
  readonly message: string;
}

export interface ReplayReport {
  readonly rulings: number;
  /** Decisions that were made again and compared: those of rulings, and admissions. */
  readonly decisions: number;
  readonly admissions: number;
  /** Admissions whose facts are not kept any more: they stand in the log, and cannot be made again. */
  readonly notKept: number;
  readonly differences: readonly ReplayDifference[];
}

/** What a replay needs beside the log. */
export interface ReplaySources {
  /** The policy in force for a book; asked before every command. */
  policyOf(book: MapBook): Policy;
  /** The request of a hash; `undefined` where it was erased, and its command cannot be decided again. */
  requestOf(hash: string): unknown;
  /** The facts that an admission was decided upon; `undefined` where they are not kept any more. */
  factsOf(decision: Decision): AdmissionFacts | undefined;
  /**
   * What a decision found with a party's personal data, by name, where those were erased since and the records still say
   * it; `undefined` finds it again.
   */
  recalled?(decision: Decision, name: string): unknown;
  /** What territories are called. */
  territoryName?(id: string): string;
}

/** Most differences that a report names; after a first one the rest follow from it as a rule. */
const mostDifferences = 100;

/**
 * Decides every command of a log again, in its order, and compares. The same records, versions and commands must lead to
 * the same decisions, whose ids cover all that they say.
 *
 * @param book the records as they were before the first entry; afterwards as they are after the last
 */
export function replay(
  log: Iterable<LedgerDecision>,
  commands: readonly CommandEntry[],
  book: MapBook,
  sources: ReplaySources,
): ReplayReport {
  const byName = new Map(commands.map(entry => [entry.name, entry]));
  const differences: ReplayDifference[] = [];
  let rulings = 0;
  let decisions = 0;
  let admissions = 0;
  let notKept = 0;
  let index = -1;
  let expected: readonly Decision[] = [];
  let taken = 0;
  const differ = (message: string): void => {
    if (differences.length < mostDifferences) differences.push({ index, message });
  };
  for (const { decision, ruling } of log) {
    index++;
    const { id, ...content } = decision;
    if (contentId("dec", content) !== id) differ(`"${decision.text}" is not what was decided as ${id}.`);
    if (ruling !== undefined) {
      if (taken < expected.length) {
        differ(`${expected.length - taken} decisions of the ruling before are missing in the log.`);
      }
      rulings++;
      taken = 0;
      const again = decideAgain(ruling, decision, byName.get(ruling.name), book, sources);
      if (typeof again === "string") {
        differ(again);
        expected = [];
        continue;
      }
      expected = again.decisions;
      book.apply(again.changes);
      if (expected.length !== ruling.decisions) {
        differ(`${ruling.name} led to ${ruling.decisions} decisions and leads to ${expected.length} now.`);
      }
    }
    if (decision.action === "admission") {
      const again = admitAgain(decision, book, sources);
      if (again === null) notKept++;
      else admissions++;
      if (again !== null && again !== decision.id) {
        differ(`The admission of ${decision.subject} (${decision.id}) comes out otherwise (${again}).`);
      }
      continue;
    }
    const again = expected[taken++];
    if (again === undefined) continue;
    decisions++;
    if (again.id !== decision.id) {
      differ(`"${decision.text}" (${decision.id}) comes out as "${again.text}" (${again.id}).`);
    }
  }
  return { rulings, decisions, admissions, notKept, differences };
}

/** The id of the decision that the kept facts lead to; `null` where none are kept. */
function admitAgain(
  decision: Decision,
  book: MapBook,
  { factsOf, policyOf, territoryName }: ReplaySources,
): string | null {
  const facts = factsOf(decision);
  if (facts === undefined) return null;
  const name = book.get("terminal", decision.subject)?.name;
  const again = admissionDecision(null, decideAdmission(facts, policyOf(book)), {
    ...(name === undefined ? {} : { terminal: name }),
    ...(territoryName === undefined ? {} : { territory: territoryName }),
  });
  return again?.id ?? "no decision";
}

function decideAgain(
  { name, requestHash, actor, atMs, observed = {} }: CarriedCommand,
  decision: Decision,
  entry: CommandEntry | undefined,
  book: MapBook,
  { policyOf, requestOf, recalled }: ReplaySources,
): Ruling | string {
  if (entry === undefined) return `There is no command "${name}".`;
  const request = requestOf(requestHash);
  if (request === undefined) return `The request ${requestHash} of ${name} is not kept any more.`;
  if (contentHash(keptRequest(request)) !== requestHash)
    return `The request of ${name} is not the one that was logged.`;
  const bound = entry.read(request);
  if (!bound.ok) return `The request of ${name} no longer reads: ${bound.error.message}`;
  const ruled = bound.value.decide({
    ...{ book, policy: policyOf(book), actor, atMs, approvals: [] },
    // What was seen is of the kind that is computed: it was written by the same name.
    observe: <T>(what: string, compute: () => T) =>
      Object.hasOwn(observed, what) ? (observed[what] as T) : compute(),
    recall: <T>(what: string, compute: () => T) => (recalled?.(decision, what) as T | undefined) ?? compute(),
  });
  return ruled.ok ? ruled.value : `${name} is refused now: ${ruled.error.message}`;
}
