// SPDX-License-Identifier: MIT
import { z } from "zod";
import type { RequestState } from "../areas/area-request.ts";
import type { Book } from "../book.ts";
import { type CommandEntry, entryOf } from "../command-entry.ts";
import { contentId } from "../content-hash.ts";
import { decisionOf } from "../decision.ts";
import { type AuthorityError, fail, type Result, succeed } from "../result.ts";
import { type Command, commandOf } from "../ruling.ts";
import { decided } from "./decided.ts";
import { checkCited } from "./evidence.ts";
import type { Finding } from "./finding.ts";
import { id, ids, words } from "./request-parts.ts";

const recordRequest = z.strictObject({
  caseId: id,
  terminalId: id,
  verdict: z.enum(["confirmed", "notConfirmed", "inconclusive"]),
  basis: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("firstParty"), evidence: ids(1, 100) }),
    z.strictObject({ kind: z.literal("origins"), origins: ids(1, 100), evidence: ids(1, 100) }),
  ]),
  identityBinding: z.strictObject({ kind: words(3, 100), evidence: id }).nullable(),
  summary: words(10, 2_000),
});

/** What a finding cites, each with its place. */
function* citedIn({ basis, identityBinding }: z.infer<typeof recordRequest>): Iterable<[string, string]> {
  for (const [i, cited] of basis.evidence.entries()) yield [cited, `basis.evidence[${i}]`];
  if (identityBinding !== null) yield [identityBinding.evidence, "identityBinding.evidence"];
}

/** Records what an investigation found. It changes no service: an order that cites it may. */
const record: Command<z.infer<typeof recordRequest>> = commandOf({
  name: "finding.record",
  summary: "Records what an investigation found about one terminal.",
  permission: "orders.request",
  decide(request, context) {
    const { terminalId, verdict, caseId } = request;
    const { book, actor, atMs } = context;
    if (book.get("terminal", terminalId) === undefined) {
      return fail("terminalUnknown", "terminalId", `There is no terminal ${terminalId}.`);
    }
    const cited = checkCited(book, caseId, citedIn(request));
    if (!cited.ok) return cited;
    const content: Omit<Finding, "id"> = { ...request, by: actor.id, atMs };
    const finding: Finding = { id: contentId("fin", content), ...content };
    const decision = decided(
      context,
      { name: record.name, request },
      {
        subject: terminalId,
        action: "record finding",
        outcome: verdict,
        reasons: [request.summary],
        text: `The investigation ${caseId} finds about ${terminalId}: ${verdict}. ${request.summary}`,
        inputs: { finding: finding.id, basis: request.basis.kind },
        evidence: [...request.basis.evidence],
      },
    );
    const change = { kind: "finding", id: finding.id, document: finding } as const;
    return succeed({ decisions: [decisionOf(decision)], changes: [change] });
  },
});

export const findingCommands: readonly CommandEntry[] = [entryOf(record, recordRequest)];

export type BasisError = AuthorityError<"basisUnknown" | "basisInsufficient">;

/** What a deactivation can rest on. */
export interface DeactivationBasis {
  readonly kind: "finding" | "lawfulOrder";
  readonly id: string;
}

/**
 * Whether a record carries the deactivation of this very terminal: a confirmed finding with an identity binding and
 * first-party evidence or at least two origins, which no later finding of its case overtook; or a lawful order, granted,
 * that names the terminal. A claim, however often repeated, is neither: copies have one origin.
 *
 * @returns the evidence to cite, `basisUnknown` or `basisInsufficient` with what is missing
 */
export function checkBasis(
  book: Book,
  terminalId: string,
  basis: DeactivationBasis,
  atMs: number,
): Result<readonly string[], BasisError> {
  return basis.kind === "finding"
    ? checkFinding(book, terminalId, basis.id)
    : checkLawfulOrder(book, terminalId, basis.id, atMs);
}

function checkFinding(book: Book, terminalId: string, findingId: string): ReturnType<typeof checkBasis> {
  const finding = book.get("finding", findingId);
  if (finding === undefined) return fail("basisUnknown", "basis.id", `There is no finding ${findingId}.`);
  const { basis, identityBinding } = finding;
  if (finding.terminalId !== terminalId) return insufficient(`It is about ${finding.terminalId}.`);
  if (finding.verdict !== "confirmed") return insufficient(`Its verdict is ${finding.verdict}.`);
  if (identityBinding === null) return insufficient("Nothing ties it to this very terminal.");
  const latest = book
    .about("finding", terminalId)
    .findLast(other => other.caseId === finding.caseId && other.atMs >= finding.atMs);
  if (latest !== undefined && latest.verdict !== "confirmed") {
    return insufficient(`A later finding of the same case, ${latest.id}, says ${latest.verdict}.`);
  }
  if (basis.evidence.length === 0) return insufficient("It names no evidence.");
  if (basis.kind === "origins" && new Set(basis.origins).size < 2) {
    return insufficient("All it rests on has one origin; copies of a claim add nothing.");
  }
  return succeed([finding.id, ...basis.evidence, identityBinding.evidence]);
}

/** States in which what an order grants may be done, or was. */
const inForce: ReadonlySet<RequestState> = new Set(["granted", "partial", "executed", "verified"]);

function checkLawfulOrder(
  book: Book,
  terminalId: string,
  requestId: string,
  atMs: number,
): ReturnType<typeof checkBasis> {
  const order = book.get("areaRequest", requestId);
  if (order === undefined) return fail("basisUnknown", "basis.id", `There is no request ${requestId}.`);
  if (order.kind !== "lawfulOrder") return insufficient("It is a request and no lawful order.");
  if (!inForce.has(order.state)) return insufficient(`It is ${order.state}, not granted.`);
  const { scope } = order;
  if (scope.kind !== "terminals" || scope.wants !== "deactivate") {
    return insufficient("It does not order the deactivation of terminals.");
  }
  if (!scope.terminalIds.includes(terminalId) || !order.granted.includes(terminalId)) {
    return insufficient(`It was not granted for ${terminalId}.`);
  }
  if (order.expiresMs !== null && order.expiresMs <= atMs) return insufficient("Its term is over.");
  return succeed([order.id]);
}

function insufficient(message: string): { readonly ok: false; readonly error: BasisError } {
  return fail("basisInsufficient", "basis", `This carries no deactivation. ${message}`);
}
