// SPDX-License-Identifier: MIT
import type { CommandEntry } from "@perigee/authority";
import { z } from "zod";
import { caseOf, isOpen } from "../cases/step.ts";
import type { Case } from "../records.ts";
import { caseCommand, caseRuling, fail } from "./case-command.ts";
import { distinct, id, reason, sourceId, words } from "./request-parts.ts";
import { fullest } from "./state-commands.ts";

const claim = z.strictObject({
  id: sourceId,
  predicate: words(2, 60),
  text: words(3, 1_000),
  polarity: z.enum(["asserted", "denied"]),
  origins: distinct(sourceId, 1, 200),
  statements: distinct(sourceId, 0, 1_000).default([]),
  documents: distinct(sourceId, 0, 1_000).default([]),
});
const candidate = z.strictObject({
  terminalId: id,
  by: z.enum(["area", "unit", "account", "serial", "kit", "pattern", "hand"]),
  why: words(3, 500),
});
const signal = z.strictObject({
  id,
  pattern: z.string().regex(/^P([1-9]|1[0-4])$/, "Patterns are P1 to P14."),
  terminals: distinct(id, 0, 2_000),
  text: words(3, 1_000),
  falsePositives: words(3, 1_000),
  atMs: z.int().min(0),
});
const node = z.strictObject({
  id: sourceId,
  kind: z.enum([
    ...(["operator", "store", "reseller", "intermediary", "dealer", "donor"] as const),
    ...(["buyer", "unit", "account", "country", "unknown"] as const),
  ]),
  label: words(1, 200),
});
const supplyClaim = z.strictObject({
  from: node,
  to: node,
  moves: z.enum(["goods", "account", "payment", "service"]),
  claimant: words(1, 200),
  stance: z.enum(["claims", "denies"]),
  origin: sourceId,
  date: words(4, 60).nullable().default(null),
  source: sourceId,
  route: words(1, 20).nullable().default(null),
});
const victim = z.strictObject({
  partyId: id,
  terminalId: id.nullable().default(null),
  note: words(3, 500),
});
const listing = z.strictObject({ seller: words(1, 200), place: words(1, 500), offer: words(3, 1_000) });

const addRequest = z.strictObject({
  caseId: id,
  claims: z.array(claim).max(200).default([]),
  candidates: z.array(candidate).max(1_000).default([]),
  signals: z.array(signal).max(1_000).default([]),
  supply: z.array(supplyClaim).max(200).default([]),
  victims: z.array(victim).max(1_000).default([]),
  listing: listing.nullable().default(null),
});
const excludeRequest = z.strictObject({ caseId: id, terminalId: id, reason });

/** What was there under the same key stays where it was; what is new follows. */
function joined<T>(before: readonly T[], added: readonly T[], keyOf: (item: T) => string): readonly T[] {
  const known = new Map(before.map(item => [keyOf(item), item]));
  for (const item of added) if (!known.has(keyOf(item))) known.set(keyOf(item), item);
  return [...known.values()];
}

const add = caseCommand<z.infer<typeof addRequest>>({
  name: "case.add",
  summary: "Adds claims, candidates, patterns, supply routes or victims to a case.",
  permission: "cases.work",
  schema: addRequest,
  decide(request, context, asked) {
    const { book, atMs } = context;
    const found = caseOf(context, request.caseId);
    if (!found.ok) return found;
    const before = found.value;
    if (!isOpen(before)) {
      return fail("caseNotOpen", "caseId", `Case ${before.id} is ${before.state}; reopen it first.`);
    }
    for (const [i, { terminalId }] of request.candidates.entries()) {
      if (book.get("terminal", terminalId) === undefined) {
        return fail("terminalUnknown", `candidates[${i}].terminalId`, `There is no terminal ${terminalId}.`);
      }
    }
    for (const [i, { partyId, terminalId }] of request.victims.entries()) {
      if (book.get("party", partyId) === undefined) {
        return fail("partyUnknown", `victims[${i}].partyId`, `There is no party ${partyId}.`);
      }
      if (terminalId !== null && book.get("terminal", terminalId) === undefined) {
        return fail("terminalUnknown", `victims[${i}].terminalId`, `There is no terminal ${terminalId}.`);
      }
    }
    if (request.listing !== null && before.kind !== "scamListing") {
      return fail("notAScamCase", "listing", "Only a case about a scam listing has a listing.");
    }
    const document: Case = {
      ...before,
      claims: joined(before.claims, request.claims, ({ id: key, polarity }) => `${key} ${polarity}`),
      candidates: joined(
        before.candidates,
        request.candidates.map(added => ({ ...added, addedMs: atMs, excluded: null })),
        ({ terminalId }) => terminalId,
      ),
      signals: joined(before.signals, request.signals, ({ id: key }) => key),
      supply: joined(before.supply, request.supply, added => JSON.stringify(added)),
      victims: joined(
        before.victims,
        request.victims.map(added => ({ ...added, addedMs: atMs })),
        ({ partyId, terminalId }) => `${partyId} ${terminalId}`,
      ),
      listing: request.listing ?? before.listing,
    };
    const full = fullest(document);
    if (full !== null) return fail("caseFull", full, `Case ${before.id} would have too many ${full}.`);
    const counts = (["claims", "candidates", "signals", "supply", "victims"] as const)
      .map(list => [document[list].length - before[list].length, list] as const)
      .filter(([count]) => count > 0)
      .map(([count, list]) => `${count} ${list}`);
    return caseRuling(
      context,
      asked,
      {
        subject: before.id,
        action: "add to case",
        outcome: before.state,
        reasons: counts,
        text: `Added to the case ${before.id}: ${counts.length === 0 ? "nothing new" : counts.join(", ")}.`,
      },
      [{ kind: "case", id: before.id, document }],
    );
  },
});

const exclude = caseCommand<z.infer<typeof excludeRequest>>({
  name: "case.exclude",
  summary: "Takes a terminal out of a case, with the reason.",
  permission: "cases.work",
  schema: excludeRequest,
  decide({ caseId, terminalId, reason: why }, context, asked) {
    const { actor, atMs } = context;
    const found = caseOf(context, caseId);
    if (!found.ok) return found;
    const candidateOf = found.value.candidates.find(each => each.terminalId === terminalId);
    if (candidateOf === undefined) {
      return fail("candidateUnknown", "terminalId", `${terminalId} is no candidate of the case ${caseId}.`);
    }
    if (candidateOf.excluded !== null) {
      return fail("alreadyExcluded", "terminalId", `${terminalId} was taken out of the case already.`);
    }
    if (!isOpen(found.value)) {
      return fail("caseNotOpen", "caseId", `Case ${caseId} is ${found.value.state}; reopen it first.`);
    }
    const candidates = found.value.candidates.map(each =>
      each === candidateOf ? { ...each, excluded: { reason: why, by: actor.id, atMs } } : each,
    );
    return caseRuling(
      context,
      asked,
      {
        subject: caseId,
        action: "exclude candidate",
        outcome: found.value.state,
        reasons: [why],
        text: `${terminalId} is not looked at in the case ${caseId} any more: ${why}`,
        inputs: { terminal: terminalId },
      },
      [{ kind: "case", id: caseId, document: { ...found.value, candidates } }],
    );
  },
});

/** Commands about what a case is made of. */
export const memberCommands: readonly CommandEntry[] = [add, exclude];
