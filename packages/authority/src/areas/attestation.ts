// SPDX-License-Identifier: MIT
import type { Book } from "../book.ts";
import { contentHash } from "../content-hash.ts";
import { dateOf } from "../decisions/notices.ts";
import { type AuthorityError, fail, type Result, succeed } from "../result.ts";
import type { AreaRequest, RequestReason } from "./area-request.ts";
import { nameOf, reasonText, subjectsOf } from "./request-decision.ts";

/** How many, and no names: the letter is for publishing. */
export interface AttestedCounts {
  /** Areas, terminals or subjects that the request names. */
  readonly asked: number;
  readonly granted: number;
  readonly done: number;
  /** Granted and not carried out, by reason. */
  readonly notDone: readonly { readonly why: string; readonly count: number }[];
}

/** Where one decision lies in the public ledger, so that anybody can check it (RFC 9162 §2.1.3). */
export interface AttestedProof {
  readonly decisionId: string;
  readonly leafIndex: number;
  readonly treeSize: number;
  /** Hexadecimal SHA-256 of the tree's head and of the audit path, lowest node first. */
  readonly rootHash: string;
  readonly auditPath: readonly string[];
}

/** The letter back to whoever asked: what was done, when, how many, and where that can be checked. */
export interface Attestation {
  readonly requestId: string;
  readonly to: string | null;
  readonly title: string;
  readonly jurisdiction: string;
  readonly legalBasis: string | null;
  readonly receivedMs: number;
  readonly executedMs: number;
  readonly verifiedBy: string | null;
  readonly counts: AttestedCounts;
  readonly reasons: readonly RequestReason[];
  /** One sentence each. */
  readonly paragraphs: readonly string[];
  readonly proofs: readonly AttestedProof[];
  /** SHA-256 of all the rest as canonical JSON, so that a copy can be told from the original. */
  readonly hash: string;
}

/** Counts what a request asked for, what was granted and what was carried out. */
export function countsOf(request: AreaRequest): AttestedCounts {
  const { execution, granted } = request;
  const wasGranted = new Set(granted);
  const undone = (execution?.notDone ?? []).filter(({ id }) => wasGranted.has(id));
  const byReason = Map.groupBy(undone, ({ why }) => why);
  return {
    asked: subjectsOf(request).length,
    granted: granted.length,
    done: execution?.done.length ?? 0,
    notDone: [...byReason].map(([why, ones]) => ({ why, count: ones.length })).sort(byWhy),
  };
}

/**
 * The attestation of a request that was carried out.
 *
 * @param proofs of the decisions about it, which the keeper of the ledger fills in; see {@link decisionsToProve}
 * @returns `notExecuted` before there is anything to attest, `countsInvalid` where the counts are not those on record
 */
export function attestationOf(
  request: AreaRequest,
  counts: AttestedCounts,
  proofs: readonly AttestedProof[],
): Result<Attestation, AuthorityError<"notExecuted" | "countsInvalid">> {
  const { id, requester, jurisdiction, legalBasis, receivedMs, verifiedBy, execution, reasons } = request;
  if (execution === undefined) {
    return fail(
      "notExecuted",
      "state",
      `The ${nameOf(request)} is ${request.state}; nothing was carried out.`,
    );
  }
  if (contentHash(counts) !== contentHash(countsOf(request))) {
    return fail("countsInvalid", "counts", "The records count otherwise.");
  }
  const { asked, granted, done, notDone } = counts;
  const content: Omit<Attestation, "hash"> = {
    requestId: id,
    to: requester,
    title: `What was done about the ${nameOf(request)}`,
    ...{ jurisdiction, legalBasis, receivedMs, verifiedBy, counts, reasons },
    executedMs: execution.atMs,
    paragraphs: [
      `The ${nameOf(request)} arrived on ${dateOf(receivedMs)} under ${legalBasis ?? jurisdiction}.`,
      `It asked for: ${request.scope.wants}. It named ${asked}; ${granted} were granted.`,
      ...reasons.map(reasonText),
      `On ${dateOf(execution.atMs)} it was carried out on ${done} of the ${granted}.`,
      ...notDone.map(({ why, count }) => `Not on ${count}: ${why}.`),
      verifiedBy === null
        ? "Nobody who had no part in it has verified the effect yet."
        : `The effect was verified by ${verifiedBy}, who had no part in it.`,
      proofs.length === 0
        ? "No proof of entry in the ledger is attached."
        : `Each of the ${proofs.length} decisions named can be checked against the ledger's head.`,
    ],
    proofs,
  };
  return succeed({ ...content, hash: contentHash(content) });
}

/** Ids of records that decisions about a request name as their subject: the request itself and the areas it moved. */
export function decisionsToProve(book: Book, request: AreaRequest): readonly string[] {
  const areas = book.about("areaMove", request.id).map(({ area }) => area);
  return [...new Set([request.id, ...areas])];
}

/** A request as it is published: sealed, only that it exists and what would prove its content. */
export type PublishedRequest =
  | AreaRequest
  | Readonly<{ id: string; sealed: true; contentHash: string; receivedMs: number }>;

/** What everybody may see of a request. */
export function publishedRequest(request: AreaRequest): PublishedRequest {
  const { id, receivedMs, sealed } = request;
  return sealed ? { id, sealed, contentHash: contentHash(request), receivedMs } : request;
}

function byWhy(a: { readonly why: string }, b: { readonly why: string }): number {
  return a.why < b.why ? -1 : 1;
}
