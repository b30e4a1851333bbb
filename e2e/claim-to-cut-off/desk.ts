// SPDX-License-Identifier: MIT
// The authority in memory: all its commands and those of casework over one book, admission, leases and the log, dispatched
// as the operator does it. It is told what terminals report and what is measured of them, and nothing else.
import { createHash } from "node:crypto";
import {
  type Actor,
  type Admission,
  allowListEntriesOf,
  allows,
  areaIndexOf,
  type BoundCommand,
  type CommandContext,
  type CommandEntry,
  commandsOf,
  type Decision,
  type EvidenceSource,
  emptyHistory,
  evaluate,
  type Identity,
  issueLeases,
  type Lease,
  type LocationHistory,
  type LocationVerdict,
  leaseClaims,
  MapBook,
  observe,
  type Permission,
  type Policy,
  policyInForce,
  type Ruling,
  salted,
} from "@perigee/authority";
import { caseCommands } from "@perigee/casework";
import { boundaryViews, cellAt, type Place, placeOf } from "@perigee/earth";
import { generateLedgerKey } from "@perigee/ledger";
import type { Spot } from "./area.ts";

const view = boundaryViews.un;
const byName: ReadonlyMap<string, CommandEntry> = new Map(
  [...commandsOf(), ...caseCommands].map(entry => [entry.name, entry]),
);

/** A command that was refused where the story needs it. */
export class Refused extends Error {
  readonly code: string;
  constructor(name: string, { code, place, message }: { code: string; place: string; message: string }) {
    super(`${name}: ${code} (${place}) ${message}`);
    this.code = code;
  }
}

export class Desk {
  readonly book = new MapBook();
  readonly log: Decision[] = [];
  /** The evidentiary copies by their SHA-256. */
  readonly evidence = new Map<string, string>();
  readonly key = generateLedgerKey();
  atMs: number;
  readonly #histories = new Map<string, LocationHistory>();
  readonly #places = new Map<string, { readonly cell: string; readonly place: Place }>();
  #salts = 0;

  constructor(atMs: number) {
    this.atMs = atMs;
  }

  get policy(): Policy {
    const policy = policyInForce(this.book);
    if (!policy.ok) throw new Error(`${policy.error.place}: ${policy.error.message}`);
    return policy.value;
  }

  /** Carries a command out, or proposes it where two persons must approve. */
  do(actor: Actor, name: string, request: object, reason = "It needs two persons"): Ruling {
    const salt = createHash("sha256")
      .update(`${this.#salts++}`)
      .digest("hex")
      .slice(0, 32);
    const bound = this.#bound(name, salted(request, salt));
    // A customer is no role: who stands behind an appeal is checked by whoever runs the portal.
    if (bound.permission !== "portal" && !allows(actor, bound.permission as Permission))
      throw new Refused(name, { code: "notAllowed", place: "", message: `${actor.name} may not do it.` });
    if (bound.approvalsNeeded(this.#context(actor)) === 0) return this.#rule(bound, actor);
    const command = { name, request: bound.request };
    return this.#rule(this.#bound("proposal.propose", { command, reason }), actor);
  }

  /** Proposed by one, approved by two others; the ruling of the second approval. */
  approved(actor: Actor, approvers: readonly Actor[], name: string, request: object, reason: string): Ruling {
    const proposalId = this.do(actor, name, request, reason).changes[0]!.id;
    return approvers
      .map(by => this.do(by, "proposal.approve", { proposalId, reason: "I read the case and agree" }))
      .at(-1)!;
  }

  /** Enters bytes as evidence; its id. The same bytes are one item. */
  addEvidence(
    actor: Actor,
    caseId: string,
    title: string,
    bytes: string,
    receivedFrom: EvidenceSource,
  ): string {
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    const known = this.book.about("evidence", caseId).find(item => item.sha256 === sha256);
    if (known !== undefined) return known.id;
    this.evidence.set(sha256, bytes);
    const mediaType = receivedFrom === "ownRecord" ? "application/json" : "text/plain";
    const request = { caseId, title, mediaType, bytes: Buffer.byteLength(bytes), sha256, receivedFrom };
    return this.do(actor, "evidence.add", request).changes[0]!.id;
  }

  /** Takes in what a terminal says of its place. */
  report(terminalId: string, { latDeg, lonDeg }: Spot): void {
    const before = this.#histories.get(terminalId) ?? emptyHistory;
    const seen = observe(before, { atMs: this.atMs, latDeg, lonDeg }, this.atMs, (lat, lon) =>
      this.#placeAt(lat, lon),
    );
    if (!seen.ok) throw new Error(seen.error.message);
    this.#histories.set(terminalId, seen.value);
  }

  historyOf(terminalId: string): LocationHistory {
    return this.#histories.get(terminalId) ?? emptyHistory;
  }

  /** May it be online now? */
  admit(terminalId: string, identity: Identity | null, verdict: LocationVerdict | null): Admission {
    const { book, atMs } = this;
    const terminal = book.get("terminal", terminalId)!;
    const location = this.historyOf(terminalId);
    const account = terminal.accountId === null ? null : (book.get("account", terminal.accountId) ?? null);
    const { last } = location;
    return evaluate({
      ...{ atMs, terminal, account, location, policy: this.policy, boundaryView: view, identity, verdict },
      holder: terminal.holder === null ? null : (book.get("party", terminal.holder) ?? null),
      accountParty: account === null ? null : (book.get("party", account.holder) ?? null),
      allowListEntries: allowListEntriesOf(book, terminalId),
      exceptions: book.about("siteException", terminalId),
      ...(last === null ? {} : areaIndexOf(book).around(last.latDeg, last.lonDeg, atMs, last.place)),
    });
  }

  /** Leases for those whose admission supports one, each for its cell, under one signature; in the order asked. */
  leases(
    asked: readonly { readonly admission: Admission; readonly cell: string }[],
  ): readonly (Lease | null)[] {
    const claims = asked.map(({ admission, cell }) => leaseClaims(admission, [cell]));
    const issued = issueLeases(
      claims.flatMap(claim => claim ?? []),
      this.key,
      this.atMs,
    ).values();
    return claims.map(claim => (claim === null ? null : issued.next().value!));
  }

  #placeAt(latDeg: number, lonDeg: number): { readonly cell: string; readonly place: Place } {
    const name = `${latDeg} ${lonDeg}`;
    let found = this.#places.get(name);
    if (found === undefined) {
      found = { cell: cellAt(latDeg, lonDeg), place: placeOf(latDeg, lonDeg, view) };
      this.#places.set(name, found);
    }
    return found;
  }

  #bound(name: string, request: unknown): BoundCommand {
    const entry = byName.get(name);
    if (entry === undefined) throw new RangeError(`There is no command ${name}.`);
    const read = entry.read(request);
    if (!read.ok) throw new Refused(name, read.error);
    return read.value;
  }

  #context(actor: Actor): CommandContext {
    return { book: this.book, policy: this.policy, actor, atMs: this.atMs, approvals: [] };
  }

  #rule(bound: BoundCommand, actor: Actor): Ruling {
    const ruled = bound.decide(this.#context(actor));
    if (!ruled.ok) throw new Refused(bound.name, ruled.error);
    this.book.apply(ruled.value.changes);
    this.log.push(...ruled.value.decisions);
    return ruled.value;
  }
}
