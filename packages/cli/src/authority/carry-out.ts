// SPDX-License-Identifier: MIT
import { readFileSync, statSync } from "node:fs";
import type { CarriedOut, Preview } from "@perigee/operator/contract";
import { CliError, printTable } from "../command.ts";
import type { OperatorClient } from "../operator-client.ts";

/** No request is larger than a file of donated terminals. */
const MOST_BYTES = 16 * 1024 * 1024;

/**
 * A request as a person gives it: a file, or JSON on the command line.
 *
 * @throws CliError where it is neither
 */
export function readRequest(given: string | undefined): unknown {
  if (given === undefined) return {};
  const inline = /^\s*\{/.test(given);
  const text = inline ? given : readFileText(given);
  try {
    return JSON.parse(text);
  } catch (error) {
    const where = inline ? "--request" : given;
    throw new CliError(`${where}: it is not JSON (${(error as Error).message})`, 2);
  }
}

/**
 * The text of a file.
 *
 * @throws CliError where it cannot be read or is larger than any request
 */
export function readFileText(path: string): string {
  try {
    const { size } = statSync(path);
    if (size > MOST_BYTES) throw new Error(`it has ${size} bytes; ${MOST_BYTES} are taken at most`);
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new CliError(`${path}: ${(error as Error).message}`);
  }
}

/**
 * Asks for a command.
 *
 * @param reason why, where two other persons must approve it
 */
export async function carryOut(
  operator: OperatorClient,
  name: string,
  request: unknown,
  reason?: string,
): Promise<CarriedOut> {
  const query = reason === undefined ? "" : `?reason=${encodeURIComponent(reason)}`;
  return await operator.post<CarriedOut>(`/v1/commands/${encodeURIComponent(name)}${query}`, request);
}

/** What a command came to, for people. */
export function printCarriedOut({ decisions, records, proposalId, terminals }: CarriedOut): void {
  for (const { ledgerIndex, text, noticeId } of decisions) {
    console.log(`ledger ${ledgerIndex}  ${text}${noticeId === null ? "" : ` Notice ${noticeId}.`}`);
  }
  if (proposalId !== null) {
    console.log(`It waits for two other persons: perigee approvals approve ${proposalId} --reason …`);
    return;
  }
  const made = records.map(({ kind, id }) => `${kind} ${id}`);
  if (made.length > 0) console.log(`records   ${listed(made)}`);
  if (terminals > 0) console.log(`terminals ${terminals} asked about again`);
}

/** What a command would come to, for people. */
export function printPreview({ approvalsNeeded, blastRadius, decisions, count }: Preview): void {
  if (blastRadius !== null) {
    const { terminals, accounts, share, protectedSites } = blastRadius;
    const sites = protectedSites.length === 0 ? "no protected site" : protectedSites.join(", ");
    console.log(
      `touches ${terminals} terminals of ${accounts} accounts, ${(share * 100).toFixed(2)} %; ${sites}`,
    );
  }
  printTable(
    ["would decide", "about", "outcome", "until", "looked at again"],
    decisions.map(({ action, subject, outcome, endsAt, reviewAt }) => [
      ...[action, subject, outcome, endsAt ?? "-", reviewAt ?? "-"],
    ]),
  );
  if (count > decisions.length) console.log(`and ${count - decisions.length} more`);
  console.log(approvalsNeeded === 0 ? "nobody else has to approve" : "two other persons have to approve");
}

/** The first few of many, and how many more there are. */
export function listed(items: readonly string[], most = 8): string {
  const rest = items.length - most;
  return rest <= 0 ? items.join(", ") : `${items.slice(0, most).join(", ")} and ${rest} more`;
}
