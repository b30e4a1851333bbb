// SPDX-License-Identifier: MIT
import { randomBytes } from "node:crypto";
import {
  type Account,
  type Actor,
  type Admission,
  type AreaRules,
  admissionDecision,
  allowListEntriesOf,
  areaIndexOf,
  type Book,
  type BoundCommand,
  type CommandContext,
  type CommandEntry,
  commandsOf,
  type Decision,
  decideAdmission,
  everythingDue,
  explain,
  factsOf,
  holderOf,
  type Lease,
  type LocationHistory,
  type MapBook,
  type Names,
  type Order,
  observe,
  type Permission,
  type Plan,
  type Policy,
  type PolicySubject,
  type Ruling,
  salted,
  stayingPut,
  type Terminal,
  territoriesOf,
  theSystem,
  txOffOrdersOf,
} from "@perigee/authority";
import { caseCommands, casesDue } from "@perigee/casework";
import { cellAt, placeOf } from "@perigee/earth";
import { views } from "../boundary.ts";
import type * as contract from "../contract.ts";
import { Exclusive } from "../exclusive.ts";
import { keepEvidence, measuredLocation } from "../location/evidence-store.ts";
import type { LocatedSlot, LocatedTerminal } from "../location/location-watch.ts";
import { keepFacts } from "../storage/admission-facts.ts";
import type { Database, Queryable } from "../storage/database.ts";
import {
  decisionsAbout,
  type LoggedDecision,
  ledgerIndexOfOrders,
  logDecision,
  logDecisions,
  logRuling,
} from "../storage/decisions.ts";
import { eraseHistory } from "../storage/erasure.ts";
import { addRecords } from "../storage/records.ts";
import { stayRecord } from "../storage/seed.ts";
import { territoryName } from "../territory-names.ts";
import type { Asked, AuthorityOptions, OrderEffect, Report, SignedOrder } from "./asked.ts";
import { decisionView, groundView, orderView } from "./authority-views.ts";
import { loadBook, storeChanges } from "./book-store.ts";
import { type CarriedOut, type CommandError, terminalsTouched } from "./carried-out.ts";
import { loadDesks, newDesk, newStays } from "./desk-store.ts";
import type { IdentityRound, Silence } from "./identity-watch.ts";
import { LeaseDesk, type LeaseSubject, presignedRuleAt } from "./lease-desk.ts";
import { type LastCell, withOwnFacts } from "./own-facts.ts";
import { policyOf } from "./policy-of.ts";
import { type Preview, previewOf } from "./preview.ts";
import { admissionInput, recordsOf, type TerminalDesk } from "./terminal-desk.ts";

export type { Asked, AuthorityOptions, OrderEffect, Report, SignedOrder } from "./asked.ts";

type Result<T, E> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E };

/**
 * The authority at work: holds the records, asks the pure rules, and makes each ruling (its decisions, their ledger
 * entries and the records that they change) one transaction. What is in memory never runs ahead of what is stored.
 */
export class AuthorityService {
  readonly db: Database;
  /** What commands about areas go by; whoever plans a policy goes by the same. */
  readonly areaRules: AreaRules;
  readonly #options: AuthorityOptions;
  readonly #book: MapBook;
  readonly #desks: Map<string, TerminalDesk>;
  readonly #commands: ReadonlyMap<string, CommandEntry>;
  readonly #leases: LeaseDesk;
  readonly #turn = new Exclusive();
  #policy: Policy;

  private constructor(options: AuthorityOptions, book: MapBook, desks: Map<string, TerminalDesk>) {
    this.#options = options;
    this.#book = book;
    this.#desks = desks;
    this.areaRules = {
      operator: options.operatorName,
      views,
      subjects: ({ atMs }: CommandContext) => this.subjects(atMs),
    };
    const commands = [
      ...commandsOf({ screeningLists: options.screeningLists, areas: this.areaRules }),
      ...caseCommands,
    ];
    this.#commands = new Map(commands.map(entry => [entry.name, entry]));
    this.#policy = policyOf(book);
    this.#leases = new LeaseDesk(options.authorityKey, options.longestLeaseMs);
    this.db = options.db;
  }

  /** Reads everything that is recorded. */
  static async open(options: AuthorityOptions): Promise<AuthorityService> {
    const book = await loadBook(options.db);
    const ids = Array.from(book.all("terminal"), ({ id }) => id);
    return new AuthorityService(options, book, await loadDesks(options.db, ids));
  }

  /** The records as they are now. */
  get book(): Book {
    return this.#book;
  }

  /** The policy in force. */
  get policy(): Policy {
    return this.#policy;
  }

  terminalIds(): string[] {
    return [...this.#desks.keys()];
  }

  has(id: string): boolean {
    return this.#desks.has(id);
  }

  record(id: string): {
    terminal: Terminal;
    account: Account | null;
    holder: string | null;
    plan: Plan | null;
    history: LocationHistory;
  } {
    const { terminal, account, accountParty } = recordsOf(this.#book, this.#terminal(id));
    return {
      terminal,
      account,
      holder: accountParty?.name ?? null,
      plan: terminal.planId === null ? null : (this.policy.planById.get(terminal.planId) ?? null),
      history: this.#desk(id).history,
    };
  }

  /** Every terminal as admission would see it at a time, whatever the policy. */
  *subjects(atMs: number): Iterable<PolicySubject> {
    for (const id of this.#desks.keys()) yield this.#input(id, atMs);
  }

  admissionOf(id: string): Admission | null {
    return this.#desk(id).admission;
  }

  leaseUntilMs(id: string): number | null {
    return this.#desk(id).leaseUntilMs;
  }

  territoryName(id: string): string {
    return territoryName(id);
  }

  explain(id: string): { paragraph: string; grounds: contract.Explanation["grounds"] } {
    const { admission } = this.#desk(id);
    if (admission === null) throw new Error(`nothing has been decided about ${id} yet`);
    const { paragraph, grounds } = explain(admission, this.#names(id));
    return { paragraph, grounds: grounds.map(groundView) };
  }

  /**
   * Takes in position reports. A report that is impossible is left out and named in the answer.
   *
   * @param nowMs - When they arrived.
   */
  async takeReports(
    reports: readonly Report[],
    nowMs: number,
  ): Promise<{ terminalId: string; message: string }[]> {
    return await this.#turn.run(async () => {
      const refused: { terminalId: string; message: string }[] = [];
      const stays: ReturnType<typeof stayRecord>[] = [];
      for (const { terminalId, atMs, latDeg, lonDeg } of reports) {
        const desk = this.#desk(terminalId);
        const next = observe(desk.history, { atMs, latDeg, lonDeg }, nowMs, (lat, lon) => ({
          cell: cellAt(lat, lon),
          place: placeOf(lat, lon, this.#options.boundaryView),
        }));
        if (!next.ok) {
          refused.push({ terminalId, message: next.error.message });
          continue;
        }
        for (const { day, country } of newStays(desk.history.stays, next.value.stays)) {
          stays.push(stayRecord(terminalId, day, country, nowMs));
        }
        desk.history = next.value;
      }
      if (stays.length > 0) await addRecords(this.db, "stay", stays);
      return refused;
    });
  }

  /**
   * Asks about every terminal and records what changed.
   *
   * @param atMs - The instant that the answers are for.
   * @returns Ids of the terminals whose outcome or reason changed.
   */
  async evaluateAll(atMs: number, ids: readonly string[] = this.terminalIds()): Promise<string[]> {
    return await this.#turn.run(async () => {
      const ended = await this.#carryOutDue(atMs);
      return [...new Set([...ended, ...(await this.#evaluate(ids, atMs))])];
    });
  }

  /**
   * Issues leases for those of the terminals whose last admission supports one.
   *
   * @param atMs - Time of issue.
   */
  issueLeases(ids: readonly string[], atMs: number): readonly Lease[] {
    const subjects = ids.flatMap(id => {
      this.#desk(id).leaseUntilMs = null;
      const subject = this.#leaseSubject(id);
      if (subject === null) this.#leases.forget(id);
      return subject ?? [];
    });
    const leases = this.#leases.issue(subjects, atMs);
    for (const { claims } of leases) {
      if (claims.notBeforeMs === undefined) this.#desk(claims.terminalId).leaseUntilMs = claims.expiresAtMs;
    }
    return leases;
  }

  /** What a slot's listening showed of each terminal's devices. The next evaluation goes by it. */
  takeIdentities({ identities, calling, refusedCells }: IdentityRound): void {
    for (const [id, desk] of this.#desks) {
      desk.identity = identities.get(id) ?? desk.identity;
      desk.isCalling = calling.has(id);
      desk.refusedCells = refusedCells.get(id) ?? new Set();
    }
  }

  /** Every terminal as rounds of measurement need to know it. */
  locatedTerminals(atMs: number): LocatedTerminal[] {
    return Array.from(this.#desks, ([id, { history, admission }]) => ({
      ...{ id, last: history.last, isLinked: admission?.linked ?? false },
      isInSpecialZone: this.#isInSpecialZone(history.last, atMs),
      isCloneSuspect: this.#terminal(id).flags.cloneSuspect !== undefined,
    }));
  }

  /** Keeps the evidence of what was measured, and lets the next evaluation go by the verdicts. */
  async takeLocations({ verdicts, evidence }: LocatedSlot, nowMs: number): Promise<void> {
    await this.#turn.run(async () => {
      const named = evidence.filter(({ isLogged }) => isLogged);
      const logged =
        evidence.length === 0
          ? []
          : await this.db.transaction().execute(async tx => {
              const kept = evidence.map(item => item.evidence);
              await keepEvidence(tx, kept, nowMs);
              const decisions = named.map(item => measuredLocation(item.evidence, nowMs));
              return await logDecisions(tx, this.#options.ledgerKey, decisions);
            });
      for (const [id, desk] of this.#desks) desk.verdict = verdicts.get(id) ?? null;
      for (const decision of logged) this.#options.onDecision(decision);
    });
  }

  /** Whether the terminal would be served in a cell where a device used its name and nobody proved it. */
  isRefusedWhereItIs(id: string): boolean {
    const { history, refusedCells } = this.#desk(id);
    return history.last !== null && refusedCells.has(history.last.cell);
  }

  /** The order to be silent that binds a terminal's transmitter; several are as strict as the strictest. */
  silenceOf(id: string, atMs: number): (Silence & { readonly ground: string }) | null {
    const orders = txOffOrdersOf(this.#book, id, atMs);
    const first = orders[0];
    if (first === undefined) return null;
    return { ground: first.ground, sparesEmergency: orders.every(order => order.sparesEmergency) };
  }

  /** The commands that exist, by name. */
  get commands(): ReadonlyMap<string, CommandEntry> {
    return this.#commands;
  }

  /**
   * Carries a command out, with everything that follows from it, or nothing at all. A command that needs two other
   * persons becomes a proposal.
   *
   * Who asks is taken as known and permitted: the caller has seen to both.
   */
  async carryOut(asked: Asked, atMs: number): Promise<Result<CarriedOut, CommandError>> {
    return await this.#turn.run(async () => {
      const ended = await this.#carryOutDue(atMs);
      const salt = this.#options.salt ?? randomSalt;
      const bound = this.#bound(asked.name, salted(asked.request, salt()));
      if (!bound.ok) return bound;
      // The log forgets nothing: customers stand in it by their ids.
      const isCustomer = holderOf(bound.value.permission as Permission) === "customers";
      const actor = isCustomer ? { ...asked.actor, name: asked.actor.id } : asked.actor;
      const context = this.#context(actor, atMs);
      if (bound.value.approvalsNeeded(context) === 0) return await this.#rule(bound.value, context, ended);
      const { name, request } = bound.value;
      const proposal = this.#bound("proposal.propose", {
        command: { name, request },
        reason: asked.reason ?? "",
      });
      if (!proposal.ok) return proposal;
      return await this.#rule(proposal.value, context, ended);
    });
  }

  /** What a command would lead to now; nothing of it is kept. Who asks is known and permitted. */
  preview({ name, request, actor }: Asked, atMs: number): Result<Preview, CommandError> {
    const bound = this.#bound(name, request);
    if (!bound.ok) return bound;
    const preview = previewOf(bound.value, this.#context(actor, atMs));
    return preview.ok ? preview : refusal(preview.error);
  }

  /** Suspends or restores one terminal: the two commands that an officer needs in a hurry. */
  async order(
    { kind, terminalId, ground, hours, actor }: SignedOrder,
    atMs: number,
  ): Promise<Result<OrderEffect, CommandError>> {
    const about = { terminalId, ground };
    const done = await this.carryOut(
      kind === "suspend"
        ? { name: "order.suspend", request: { ...about, hours: hours ?? 24 }, actor }
        : { name: "order.restore", request: about, actor },
      atMs,
    );
    if (!done.ok) return done;
    const { changes, decisions, terminals } = done.value;
    const order = changes.find(change => change.kind === "order" && change.document?.kind === kind)
      ?.document as Order;
    const ledgerIndex = decisions.find(({ orderId }) => orderId === order.id)!.ledgerIndex;
    return { ok: true, value: { order: orderView({ ...order, ledgerIndex }), terminals } };
  }

  async orders(terminalId: string | null): Promise<contract.Order[]> {
    const orders = terminalId === null ? [...this.#book.all("order")] : this.#book.about("order", terminalId);
    const index = await ledgerIndexOfOrders(this.db, terminalId);
    return orders
      .map(order => orderView({ ...order, ledgerIndex: index.get(order.id) ?? -1 }))
      .sort((a, b) => b.ledgerIndex - a.ledgerIndex);
  }

  async decisions(subject: string): Promise<contract.Decision[]> {
    return (await decisionsAbout(this.db, subject, 100)).map(decisionView);
  }

  /** Logs a decision of another kind, together with what it decides. */
  async log(
    decision: Decision,
    change: (tx: Queryable, ledgerIndex: number) => Promise<void>,
  ): Promise<LoggedDecision> {
    return await this.#turn.run(async () => {
      const logged = await this.db.transaction().execute(async tx => {
        const entry = await logDecision(tx, this.#options.ledgerKey, decision);
        await change(tx, entry.ledgerIndex);
        return entry;
      });
      this.#options.onDecision(logged);
      return logged;
    });
  }

  #bound(name: string, request: unknown): Result<BoundCommand, CommandError> {
    const entry = this.#commands.get(name);
    if (entry === undefined) {
      return {
        ok: false,
        error: { code: "COMMAND_UNKNOWN", place: "name", message: `There is no command "${name}".` },
      };
    }
    const bound = entry.read(withOwnFacts(name, request, about => this.#lastCells(about)));
    return bound.ok ? bound : refusal(bound.error);
  }

  /** Where the terminals of a bulk order were last. */
  #lastCells(request: object): LastCell[] {
    const named: unknown = "terminalIds" in request ? request.terminalIds : undefined;
    const bulk =
      "bulkId" in request ? this.#book.get("bulkOrder", String(request.bulkId))?.terminalIds : undefined;
    const ids: readonly unknown[] = Array.isArray(named) ? named : (bulk ?? []);
    return ids.flatMap(id => {
      const cell = this.#desks.get(String(id))?.history.last?.cell;
      return cell === undefined ? [] : [{ terminalId: String(id), cell }];
    });
  }

  #context(actor: Actor, atMs: number, seen: Seen = {}): CommandContext {
    return {
      ...{ book: this.#book, policy: this.#policy, actor, atMs, approvals: [] },
      observe: (name, compute) => {
        const value = compute();
        seen[name] = value;
        return value;
      },
    };
  }

  #input(id: string, atMs: number): PolicySubject {
    const desk = this.#desk(id);
    const fix = desk.history.last;
    const around =
      fix === null ? {} : areaIndexOf(this.#book).around(fix.latDeg, fix.lonDeg, atMs, fix.place);
    return admissionInput(this.#book, recordsOf(this.#book, this.#terminal(id)), desk, {
      atMs,
      boundaryView: this.#options.boundaryView,
      allowListEntries: allowListEntriesOf(this.#book, id),
      ...around,
    });
  }

  #isInSpecialZone(fix: LocationHistory["last"], atMs: number): boolean {
    const { byTerritory, specialZones, zonesByCell } = this.#policy;
    if (fix === null || specialZones.length === 0) return false;
    if (zonesByCell.has(fix.cell)) return true;
    const areas = areaIndexOf(this.#book).at(fix.latDeg, fix.lonDeg, atMs);
    return [...areas, ...territoriesOf(fix.place)].some(
      territory => (byTerritory.get(territory)?.specialZones.length ?? 0) > 0,
    );
  }

  #leaseSubject(id: string): LeaseSubject | null {
    const { admission, history } = this.#desk(id);
    if (admission === null || this.isRefusedWhereItIs(id)) return null;
    const { last } = history;
    // A terminal that never reported has a restricted lease at most; it names no place but must name a cell.
    if (last === null) return { admission, cell: NO_CELL, presigned: null, admissionAt: () => admission };
    const areas = areaIndexOf(this.#book).at(last.latDeg, last.lonDeg, admission.atMs);
    return {
      admission,
      cell: last.cell,
      presigned: presignedRuleAt(this.#policy, [...areas, ...territoriesOf(last.place)], last.cell),
      admissionAt: atMs => {
        const there = { ...this.#input(id, atMs), location: stayingPut(history, atMs) };
        return decideAdmission(factsOf({ ...there, policy: this.#policy }), this.#policy);
      },
    };
  }

  /** @param alsoTouched - Terminals that something just before touched: the data plane hears of them together. */
  async #rule(
    bound: BoundCommand,
    context: CommandContext,
    alsoTouched: readonly string[] = [],
  ): Promise<Result<CarriedOut, CommandError>> {
    const { actor, atMs } = context;
    const seen: Seen = {};
    const ruled = bound.decide(this.#context(actor, atMs, seen));
    if (!ruled.ok) return refusal(ruled.error);
    const ruling: Ruling = ruled.value;
    const touched = terminalsTouched(this.#book, ruling.changes);
    const decisions = await this.db.transaction().execute(async tx => {
      await storeChanges(tx, ruling.changes, atMs);
      const erased = bound.name === "party.erase" ? ruling.decisions[0] : undefined;
      if (erased !== undefined) await eraseHistory(tx, erased.subject, atMs);
      const { name, request } = bound;
      return await logRuling(tx, this.#options.ledgerKey, ruling.decisions, {
        ...{ name, request, actor, atMs },
        ...(Object.keys(seen).length === 0 ? {} : { observed: seen }),
      });
    });
    this.#book.apply(ruling.changes);
    if (ruling.changes.some(({ kind }) => POLICY_KINDS.has(kind))) this.#policy = policyOf(this.#book);
    for (const { kind, id } of ruling.changes) {
      if (kind === "terminal" && !this.#desks.has(id)) this.#desks.set(id, newDesk());
    }
    for (const decision of decisions) this.#options.onDecision(decision);
    const terminals = [...touched].filter(id => this.#desks.has(id));
    for (const id of terminals) this.#leases.forget(id);
    await this.#evaluate(terminals, atMs);
    const proposal = ruling.changes.find(
      ({ kind, document }) =>
        kind === "proposal" && document !== null && "state" in document && document.state === "open",
    );
    return {
      ok: true,
      value: {
        decisions,
        changes: ruling.changes,
        proposalId: proposal?.id ?? null,
        terminals: [...new Set([...alsoTouched, ...terminals])],
      },
    };
  }

  /**
   * Records what ended by itself; admission has not waited for it.
   *
   * @returns The terminals that it touched.
   */
  async #carryOutDue(atMs: number): Promise<string[]> {
    const touched: string[] = [];
    for (const { name, request } of [...everythingDue(this.#book, atMs), ...casesDue(this.#book, atMs)]) {
      const bound = this.#bound(name, request);
      const done = bound.ok ? await this.#rule(bound.value, this.#context(theSystem, atMs)) : bound;
      // It stays due, and shows; but service to everybody else does not wait for it.
      if (!done.ok) process.emitWarning(`${name} is due and cannot be carried out: ${done.error.message}`);
      else touched.push(...done.value.terminals);
    }
    return touched;
  }

  async #evaluate(ids: readonly string[], atMs: number): Promise<string[]> {
    const { ledgerKey } = this.#options;
    const answers = ids.map(id => {
      const desk = this.#desk(id);
      const facts = factsOf({ ...this.#input(id, atMs), policy: this.#policy });
      const admission = decideAdmission(facts, this.#policy);
      const unchanged =
        desk.decided?.outcome === admission.outcome && desk.decided.reasons[0] === admission.reason;
      const decision = unchanged ? null : admissionDecision(null, admission, this.#names(id));
      return { desk, facts, admission, decision };
    });
    const made = answers.flatMap(({ decision, facts }) => (decision === null ? [] : [{ decision, facts }]));
    const logged =
      made.length === 0
        ? []
        : await this.db.transaction().execute(async tx => {
            await keepFacts(tx, made);
            return await logDecisions(
              tx,
              ledgerKey,
              made.map(({ decision }) => decision),
            );
          });
    for (const { desk, admission, decision } of answers) {
      desk.admission = admission;
      if (decision !== null) desk.decided = decision;
    }
    for (const decision of logged) this.#options.onDecision(decision);
    return logged.map(d => d.subject);
  }

  #names(id: string): Names {
    return { terminal: this.#terminal(id).name, territory: territoryName };
  }

  #terminal(id: string): Terminal {
    const terminal = this.#book.get("terminal", id);
    if (terminal === undefined) throw new Error(`there is no terminal "${id}"`);
    return terminal;
  }

  #desk(id: string): TerminalDesk {
    const desk = this.#desks.get(id);
    if (desk === undefined) throw new Error(`there is no terminal "${id}"`);
    return desk;
  }
}

const randomSalt = (): string => randomBytes(16).toString("hex");

/** What was seen for a ruling, by name. */
type Seen = { [name: string]: unknown };

/** Kinds of records of which the policy in force is made. */
const POLICY_KINDS: ReadonlySet<string> = new Set(["policy", "statement", "operatorArea", "sealedPolicy"]);

/** The H3 cell of latitude 0, longitude 0 in the open sea: named by the lease of a terminal whose place is unknown. */
const NO_CELL = cellAt(0, 0);

const constantCase = (code: string): string => code.replace(/[A-Z]/g, c => `_${c}`).toUpperCase();

function refusal({ code, message, place }: CommandError): {
  readonly ok: false;
  readonly error: CommandError;
} {
  return { ok: false, error: { code: constantCase(code), message, place } };
}
