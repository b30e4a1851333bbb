// SPDX-License-Identifier: MIT
import {
  type Account,
  type Admission,
  type OrderError as AuthorityOrderError,
  admissionDecision,
  type Decision,
  evaluate,
  expire,
  explain,
  issueLeases,
  type Lease,
  type LocationHistory,
  leaseClaims,
  type Names,
  type Order,
  type OrderResult,
  observe,
  type Plan,
  type Policy,
  restore,
  suspend,
  type Terminal,
} from "@perigee/authority";
import { type BoundaryView, cellAt, placeOf } from "@perigee/earth";
import { decisionView, groundView, orderView } from "./authority-views.ts";
import type * as contract from "./contract.ts";
import { Exclusive } from "./exclusive.ts";
import { type Entry, loadRegistry, newStays, type Registry, type StoredOrder } from "./registry.ts";
import type { Database, Queryable } from "./storage/database.ts";
import { decisionsAbout, type LoggedDecision, logDecision } from "./storage/decisions.ts";
import type { SigningKey } from "./storage/keys.ts";
import { addRecord, addRecords, changeRecord } from "./storage/records.ts";
import { stayRecord } from "./storage/seed.ts";
import { territoryName } from "./territory-names.ts";

/** Why an order was refused. */
export interface OrderError {
  readonly code: string;
  readonly message: string;
  readonly place: string;
}

type Result<T, E> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E };

/** A report of a terminal's position; it comes from the terminal and is believed as far as policy says. */
export interface Report {
  readonly terminalId: string;
  readonly atMs: number;
  readonly latDeg: number;
  readonly lonDeg: number;
}

export interface AuthorityOptions {
  readonly db: Database;
  readonly ledgerKey: SigningKey;
  readonly authorityKey: SigningKey;
  readonly policy: Policy;
  readonly boundaryView: BoundaryView;
  /** No lease is longer, whatever policy allows. */
  readonly longestLeaseMs: number;
  readonly onDecision: (decision: LoggedDecision) => void;
}

/** Order and terminal after an order took effect. */
export interface OrderEffect {
  readonly order: contract.Order;
  readonly terminalId: string;
}

/**
 * The authority at work: holds what is recorded of every terminal, asks the pure rules, and makes each change of
 * state, its decision and its ledger entry one transaction. What is in memory never runs ahead of what is stored.
 */
export class AuthorityService {
  readonly db: Database;
  readonly policy: Policy;
  readonly #options: AuthorityOptions;
  readonly #entries: Map<string, Entry>;
  readonly #orders: Map<string, StoredOrder>;
  readonly #turn = new Exclusive();

  private constructor(options: AuthorityOptions, { entries, orders }: Registry) {
    this.#options = options;
    this.#entries = entries;
    this.#orders = orders;
    this.db = options.db;
    this.policy = options.policy;
  }

  /** Reads everything that is recorded. */
  static async open(options: AuthorityOptions): Promise<AuthorityService> {
    return new AuthorityService(options, await loadRegistry(options.db));
  }

  terminalIds(): string[] {
    return [...this.#entries.keys()];
  }

  has(id: string): boolean {
    return this.#entries.has(id);
  }

  record(id: string): {
    terminal: Terminal;
    account: Account | null;
    holder: string | null;
    plan: Plan | null;
    history: LocationHistory;
  } {
    const entry = this.#entry(id);
    const plan =
      entry.terminal.planId === null ? null : (this.policy.planById.get(entry.terminal.planId) ?? null);
    return { ...entry, plan };
  }

  admissionOf(id: string): Admission | null {
    return this.#entry(id).admission;
  }

  leaseUntilMs(id: string): number | null {
    return this.#entry(id).leaseUntilMs;
  }

  territoryName(id: string): string {
    return territoryName(id);
  }

  explain(id: string): { paragraph: string; grounds: contract.Explanation["grounds"] } {
    const entry = this.#entry(id);
    if (entry.admission === null) throw new Error(`nothing has been decided about ${id} yet`);
    const { paragraph, grounds } = explain(entry.admission, this.#names(entry));
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
        const entry = this.#entry(terminalId);
        const next = observe(entry.history, { atMs, latDeg, lonDeg }, nowMs, (lat, lon) => ({
          cell: cellAt(lat, lon),
          place: placeOf(lat, lon, this.#options.boundaryView),
        }));
        if (!next.ok) {
          refused.push({ terminalId, message: next.error.message });
          continue;
        }
        for (const { day, country } of newStays(entry.history.stays, next.value.stays)) {
          stays.push(stayRecord(terminalId, day, country, nowMs));
        }
        entry.history = next.value;
      }
      if (stays.length > 0) await addRecords(this.db, "country_stay", stays);
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
      await this.#expireDue(atMs);
      return await this.#evaluate(ids, atMs);
    });
  }

  /**
   * Issues leases for those of the terminals whose last admission supports one.
   *
   * @param atMs - Time of issue.
   */
  issueLeases(ids: readonly string[], atMs: number): readonly Lease[] {
    const claims = ids.flatMap(id => {
      const { admission, history } = this.#entry(id);
      if (admission === null) return [];
      // A terminal that never reported has a restricted lease at most; it names no place but must name a cell.
      const claim = leaseClaims(admission, [history.last?.cell ?? NO_CELL]);
      if (claim === null) return [];
      const expiresAtMs = Math.min(claim.expiresAtMs, claim.issuedAtMs + this.#options.longestLeaseMs);
      return expiresAtMs > atMs ? [{ ...claim, expiresAtMs }] : [];
    });
    const leases = issueLeases(claims, this.#options.authorityKey, atMs);
    for (const id of ids) this.#entry(id).leaseUntilMs = null;
    for (const { claims: claim } of leases) this.#entry(claim.terminalId).leaseUntilMs = claim.expiresAtMs;
    return leases;
  }

  /** Carries out an order: decision, record, log and the terminal's new admission, or nothing at all. */
  async order(request: contract.OrderRequest, atMs: number): Promise<Result<OrderEffect, OrderError>> {
    return await this.#turn.run(async () => {
      const entry = this.#entries.get(request.terminalId);
      if (entry === undefined) {
        return refuse("TERMINAL_UNKNOWN", "terminalId", `There is no terminal "${request.terminalId}".`);
      }
      await this.#expireDue(atMs);
      const made = this.#decide(request, entry, atMs);
      if (!made.ok) return refuse(constantCase(made.error.code), made.error.place, made.error.message);
      const { result, ended } = made.value;
      const logged = await this.db.transaction().execute(async tx => {
        const decision = await logDecision(tx, this.#options.ledgerKey, result.decision);
        const order: StoredOrder = { ...result.order, ledgerIndex: decision.ledgerIndex };
        await addRecord(tx, "order_record", {
          id: order.id,
          document: order,
          validFromMs: atMs,
          knownFromMs: atMs,
        });
        if (ended !== null) await this.#storeEnded(tx, ended, atMs);
        await changeRecord(tx, "terminal", {
          id: entry.terminal.id,
          document: result.terminal,
          atMs,
          knownAtMs: atMs,
        });
        return { decision, order };
      });
      entry.terminal = result.terminal;
      this.#orders.set(logged.order.id, logged.order);
      if (ended !== null) this.#remember(ended);
      this.#options.onDecision(logged.decision);
      await this.#evaluate([request.terminalId], atMs);
      return { ok: true, value: { order: orderView(logged.order), terminalId: request.terminalId } };
    });
  }

  async orders(terminalId: string | null): Promise<contract.Order[]> {
    return [...this.#orders.values()]
      .filter(o => terminalId === null || o.terminalId === terminalId)
      .sort((a, b) => b.ledgerIndex - a.ledgerIndex)
      .map(orderView);
  }

  async decisions(terminalId: string): Promise<contract.Decision[]> {
    return (await decisionsAbout(this.db, terminalId, 100)).map(decisionView);
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

  #decide(
    request: contract.OrderRequest,
    { terminal }: Entry,
    atMs: number,
  ): Result<{ result: OrderResult; ended: Order | null }, AuthorityOrderError> {
    const { officer, ground } = request;
    const earlier = [...this.#orders.values()].filter(o => o.terminalId === terminal.id);
    if (request.kind === "suspend") {
      const made = suspend({ terminal, officer, ground, hours: request.hours ?? 24, atMs, earlier });
      return made.ok ? { ok: true, value: { result: made.value, ended: null } } : made;
    }
    const live = earlier.find(o => o.id === terminal.suspension?.orderId);
    if (live === undefined) {
      const message = `${terminal.id} is not suspended; there is nothing to restore.`;
      return { ok: false, error: { code: "orderNotLive", place: "terminalId", message } };
    }
    const made = restore({ terminal, suspension: live, officer, ground, atMs });
    return made.ok ? { ok: true, value: { result: made.value, ended: made.value.ended } } : made;
  }

  /** Records the end of suspensions whose term is over; admission has not waited for it. */
  async #expireDue(atMs: number): Promise<void> {
    for (const entry of this.#entries.values()) {
      const { suspension } = entry.terminal;
      if (suspension === null || suspension.untilMs > atMs) continue;
      const order = this.#orders.get(suspension.orderId);
      if (order === undefined) throw new Error(`the order ${suspension.orderId} is not on record`);
      const made = expire(entry.terminal, order, atMs);
      if (!made.ok) throw new Error(made.error.message);
      const decision = await this.db.transaction().execute(async tx => {
        const logged = await logDecision(tx, this.#options.ledgerKey, made.value.decision);
        await this.#storeEnded(tx, made.value.order, atMs);
        await changeRecord(tx, "terminal", {
          id: entry.terminal.id,
          document: made.value.terminal,
          atMs,
          knownAtMs: atMs,
        });
        return logged;
      });
      entry.terminal = made.value.terminal;
      this.#remember(made.value.order);
      this.#options.onDecision(decision);
    }
  }

  async #evaluate(ids: readonly string[], atMs: number): Promise<string[]> {
    const { boundaryView, ledgerKey } = this.#options;
    const answers = ids.map(id => {
      const entry = this.#entry(id);
      const admission = evaluate({
        atMs,
        terminal: entry.terminal,
        account: entry.account,
        location: entry.history,
        policy: this.policy,
        boundaryView,
      });
      const unchanged =
        entry.decided?.outcome === admission.outcome && entry.decided.reasons[0] === admission.reason;
      const decision = unchanged ? null : admissionDecision(null, admission, this.#names(entry));
      return { entry, admission, decision };
    });
    const decisions = answers.flatMap(a => (a.decision === null ? [] : [a.decision]));
    const logged =
      decisions.length === 0
        ? []
        : await this.db.transaction().execute(async tx => {
            const done: LoggedDecision[] = [];
            for (const decision of decisions) done.push(await logDecision(tx, ledgerKey, decision));
            return done;
          });
    for (const { entry, admission, decision } of answers) {
      entry.admission = admission;
      if (decision !== null) entry.decided = decision;
    }
    for (const decision of logged) this.#options.onDecision(decision);
    return logged.map(d => d.subject);
  }

  async #storeEnded(tx: Queryable, ended: Order, atMs: number): Promise<void> {
    const stored = this.#orders.get(ended.id);
    if (stored === undefined) throw new Error(`the order ${ended.id} is not on record`);
    const document = { ...ended, ledgerIndex: stored.ledgerIndex };
    await changeRecord(tx, "order_record", { id: ended.id, document, atMs, knownAtMs: atMs });
  }

  #remember(ended: Order): void {
    const stored = this.#orders.get(ended.id)!;
    this.#orders.set(ended.id, { ...stored, ...ended });
  }

  #names(entry: Entry): Names {
    return { terminal: entry.terminal.name, territory: territoryName };
  }

  #entry(id: string): Entry {
    const entry = this.#entries.get(id);
    if (entry === undefined) throw new Error(`there is no terminal "${id}"`);
    return entry;
  }
}

/** The H3 cell of latitude 0, longitude 0 in the open sea: named by the lease of a terminal whose place is unknown. */
const NO_CELL = cellAt(0, 0);

const constantCase = (code: string): string => code.replace(/[A-Z]/g, c => `_${c}`).toUpperCase();

const refuse = (code: string, place: string, message: string): { ok: false; error: OrderError } => ({
  ok: false,
  error: { code, message, place },
});
