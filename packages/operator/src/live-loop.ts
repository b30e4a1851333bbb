// SPDX-License-Identifier: MIT
import { decisionOf, type ReasonCode, reasons } from "@perigee/authority";
import type { LinkEngineClient, Reason, TransmitOrder } from "@perigee/link";
import { type LinkState, SLOT_MS, type SlotPlan, slotAt, slotStartMs } from "@perigee/network";
import type { Asked, AuthorityService, SignedOrder } from "./authority/authority-service.ts";
import type { CarriedOut, CommandError } from "./authority/carried-out.ts";
import type { Clock } from "./clock.ts";
import { linkChanges } from "./conditions/link-changes.ts";
import type { Order } from "./contract.ts";
import type { EventHub } from "./event-hub.ts";
import { Exclusive } from "./exclusive.ts";
import type { LinkMonitor } from "./link-monitor.ts";
import type { NetworkService } from "./network-service.ts";
import { type ScenarioCommand, ScenarioRun } from "./scenario/scenario-commands.ts";
import type { SlotLoop, SlotStep } from "./slot-loop.ts";
import type { LinkRecords } from "./storage/link-records.ts";
import type { Views } from "./views.ts";

/** How long before a slot's start it is prepared: enough for reports, decisions and a plan on a slow machine. */
const LEAD_MS = 1_500;
/** How often leases that end soon are renewed: three times within the shortest lease. */
const RENEWAL_MS = 5_000;
const MONITOR_MS = 1_000;
/** A timer counts no more than 2^31 ms: a far change of conditions is looked for again. */
const CONDITIONS_AT_MOST_MS = 3_600_000;

type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: CommandError };

export interface LiveLoopOptions {
  readonly loop: SlotLoop;
  readonly authority: AuthorityService;
  readonly network: NetworkService;
  readonly engine: LinkEngineClient;
  readonly clock: Clock;
  readonly hub: EventHub;
  readonly views: Views;
  readonly monitor: LinkMonitor;
  readonly linkRecords: LinkRecords;
  readonly commands: readonly ScenarioCommand[];
  /** UTC milliseconds that the scenario's seconds count from. */
  readonly startMs: number;
}

/** Runs the slot loop on the wall clock and keeps the data plane in step with what was decided. */
export class LiveLoop implements AsyncDisposable {
  readonly engine: LinkEngineClient;
  readonly #options: LiveLoopOptions;
  /** One piece of work at a time: what is decided first is sent first. */
  readonly #turn = new Exclusive();
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #scenario: ScenarioRun;
  /** What each terminal's transmitter was told last. */
  readonly #transmitOrders = new Map<string, TransmitOrder>();
  /** Connections that the safety of life was spared, as far as they are on record. */
  readonly #spared = new Map<string, number>();
  #lastIssueMs = 0;
  #commandsUntilMs: number;
  #conditionsTimer: NodeJS.Timeout | null = null;
  #ended = false;

  constructor(options: LiveLoopOptions) {
    this.#options = options;
    this.engine = options.engine;
    this.#commandsUntilMs = options.clock.nowMs();
    this.#scenario = new ScenarioRun(options.startMs);
  }

  /**
   * Serves the slot that is running, then every one that follows.
   *
   * @param first - That slot, prepared. If it has ended meanwhile, the one that follows is prepared at once.
   */
  async start(first: SlotStep): Promise<void> {
    const { clock } = this.#options;
    const { slot } = first;
    await this.#turn.run(() => this.#send(first));
    // Just before an edge the next slot's preparation is already due.
    this.#at(Math.max(clock.nowMs(), slotStartMs(slot + 1) - LEAD_MS), () => this.#follow(slot + 1));
    this.#every(RENEWAL_MS, () => this.#renew());
    this.#awaitConditions();
    this.#every(MONITOR_MS, () => this.#monitor());
    await this.#monitor();
  }

  /** Decides an order and tells the data plane; see `OperatorContext.order`. */
  async order(request: SignedOrder): Promise<Result<Order>> {
    return await this.#turn.run(async () => {
      const result = await this.#decide(atMs => this.#options.authority.order(request, atMs));
      return result.ok ? { ok: true, value: result.value.order } : result;
    });
  }

  /** Carries a command out and tells the data plane; see `OperatorContext.carryOut`. */
  async carryOut(asked: Asked): Promise<Result<CarriedOut>> {
    return await this.#turn.run(() => this.#decide(atMs => this.#options.authority.carryOut(asked, atMs)));
  }

  /** Lets the authority decide, and gives the data plane what follows for the terminals that it touches. */
  async #decide<T extends { readonly terminals: readonly string[] }>(
    decide: (atMs: number) => Promise<Result<T>>,
  ): Promise<Result<T>> {
    const { authority, clock, network } = this.#options;
    // Later than any lease already issued, so that none of those can count as newer than the order.
    const atMs = Math.max(clock.nowMs(), this.#lastIssueMs + 1);
    const reaches = new Map(authority.terminalIds().map(id => [id, authority.admissionOf(id)?.reach]));
    const result = await decide(atMs);
    if (!result.ok) return result;
    const { terminals } = result.value;
    const narrowed = terminals.filter(
      id => reaches.get(id) === "all" && authority.admissionOf(id)?.reach !== "all",
    );
    await this.#tellTransmitters(terminals, atMs);
    await this.#revoke(narrowed, atMs - 1);
    const slot = slotAt(clock.nowMs());
    const linked = new Set(network.planOf(slot)?.plan.links.map(link => link.terminalId));
    if (terminals.some(id => !linked.has(id) && authority.admissionOf(id)?.linked)) await this.#plan(slot);
    await this.#lease(terminals, atMs);
    this.#announce(terminals);
    return result;
  }

  /**
   * Changes the conditions on links: what is planned and not over follows before this resolves, traffic with it.
   *
   * @param change - Makes the change at the instant that it is given, UTC ms; `false`: it made none.
   */
  async changeConditions(change: (nowMs: number) => boolean): Promise<boolean> {
    return await this.#turn.run(async () => {
      if (!change(this.#options.clock.nowMs())) return false;
      await this.#followConditions();
      return true;
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#ended = true;
    for (const timer of this.#timers) clearTimeout(timer);
    await this.#turn.run(async () => undefined);
  }

  async #follow(slot: number): Promise<void> {
    const edgeMs = slotStartMs(slot);
    this.#at(edgeMs + SLOT_MS - LEAD_MS, () => this.#follow(slot + 1));
    await this.#prepare(slot);
    this.#at(edgeMs, async () => {
      const { authority, hub, views } = this.#options;
      hub.announce("slot", await views.status());
      this.#announce(authority.terminalIds());
    });
  }

  async #prepare(slot: number): Promise<void> {
    await this.#turn.run(async () => {
      const { clock, loop } = this.#options;
      await this.#scenarioCommands();
      await this.#send(await loop.prepare(slot, Math.max(clock.nowMs(), this.#lastIssueMs + 1)));
    });
  }

  /** Gives the data plane what a slot was prepared with. */
  async #send({ atMs, planned, leases, changed }: SlotStep): Promise<void> {
    this.#lastIssueMs = atMs;
    await this.engine.setLinkStates(planned.plan.links);
    const ids = this.#options.authority.terminalIds();
    await this.#tellTransmitters(ids, atMs);
    await this.engine.installLeases(leases);
    await this.#sayWhy(ids, atMs);
    if (changed.length > 0) this.#announce(changed);
    await this.#record(planned.plan);
  }

  /** Brings the running slot, and the next one if it is prepared, to the conditions of now. */
  async #followConditions(): Promise<void> {
    const { authority, clock, loop, network } = this.#options;
    const nowMs = clock.nowMs();
    const running = slotAt(nowMs);
    const before: LinkState[] = [];
    const after: LinkState[] = [];
    for (const slot of [running, running + 1]) {
      const known = network.planOf(slot);
      if (known === undefined) continue;
      before.push(...known.plan.links);
      const { plan } =
        network.recondition(slot, Math.max(nowMs, slotStartMs(slot))) ?? loop.plan(slot, nowMs);
      after.push(...plan.links);
      await this.#record(plan);
    }
    await this.engine.setLinkStates(linkChanges(before, after, clock.nowMs()));
    this.#announce(authority.terminalIds());
    this.#awaitConditions();
  }

  /** Waits for the next condition to begin or to end. */
  #awaitConditions(): void {
    const { clock, network } = this.#options;
    if (this.#conditionsTimer !== null) this.#forget(this.#conditionsTimer);
    const nowMs = clock.nowMs();
    const nextMs = network.conditions.nextChangeMs(nowMs);
    if (nextMs === null) return;
    const farMs = nowMs + CONDITIONS_AT_MOST_MS;
    this.#conditionsTimer = this.#at(Math.min(nextMs, farMs), async () => {
      if (nextMs > farMs) this.#awaitConditions();
      else await this.#turn.run(() => this.#followConditions());
    });
  }

  async #plan(slot: number): Promise<void> {
    const { plan } = this.#options.loop.plan(slot, this.#options.clock.nowMs());
    await this.engine.setLinkStates(plan.links);
    await this.#record(plan);
  }

  async #record(plan: SlotPlan): Promise<void> {
    const { authority, linkRecords } = this.#options;
    await linkRecords.add(
      plan,
      id => authority.admissionOf(id)?.reason ?? "NOT_ADMITTED",
      authority.terminalIds(),
    );
  }

  /** Renews leases that would end before the next renewal; an evaluation each, as at every renewal. */
  async #renew(): Promise<void> {
    await this.#turn.run(async () => {
      const { authority, clock } = this.#options;
      const nowMs = Math.max(clock.nowMs(), this.#lastIssueMs + 1);
      const due = authority.terminalIds().filter(id => {
        const until = authority.leaseUntilMs(id);
        return until !== null && until - nowMs < 2 * RENEWAL_MS + LEAD_MS;
      });
      if (due.length === 0) return;
      const changed = await authority.evaluateAll(nowMs, due);
      await this.#lease(due, nowMs);
      if (changed.length > 0) this.#announce(changed);
    });
  }

  /** Fetches the data plane's figures, and puts on record who called for help under an order to be silent. */
  async #monitor(): Promise<void> {
    const { authority, clock, monitor } = this.#options;
    await monitor.refresh(this.engine);
    for (const { terminalId, spared } of monitor.latest().terminals.values()) {
      const calls = spared - (this.#spared.get(terminalId) ?? 0);
      if (calls <= 0) continue;
      this.#spared.set(terminalId, spared);
      await authority.log(sparedDecision(terminalId, calls, clock.nowMs()), async () => undefined);
    }
  }

  async #lease(ids: readonly string[], atMs: number): Promise<void> {
    this.#lastIssueMs = atMs;
    await this.#tellTransmitters(ids, atMs);
    await this.engine.installLeases(this.#options.authority.issueLeases(ids, atMs));
    await this.#sayWhy(ids, atMs);
  }

  /** Silences the transmitters that an order came to bind, and lets those speak that none binds any more. */
  async #tellTransmitters(ids: readonly string[], atMs: number): Promise<void> {
    const { authority, loop } = this.#options;
    const orders: TransmitOrder[] = [];
    for (const terminalId of ids) {
      const silence = authority.silenceOf(terminalId, atMs);
      const before = this.#transmitOrders.get(terminalId);
      const transmit = silence === null ? "on" : "off";
      const sparesEmergency = silence?.sparesEmergency ?? true;
      if (transmit === (before?.transmit ?? "on") && sparesEmergency === (before?.sparesEmergency ?? true))
        continue;
      const { code, message } = silence === null ? reasonOf("ALLOW") : reasonOf("TX_OFF", silence.ground);
      const sequence = (before?.sequence ?? 0) + 1;
      const order: TransmitOrder = { terminalId, sequence, transmit, sparesEmergency, code, message };
      this.#transmitOrders.set(terminalId, order);
      orders.push(order);
    }
    if (orders.length === 0) return;
    loop.silence(atMs);
    await this.engine.transmit(orders);
  }

  /** Cuts what may reach nothing, and gives the reason to whoever is refused: two messages, however many they are. */
  async #sayWhy(ids: readonly string[], atMs: number): Promise<void> {
    const { authority } = this.#options;
    const refused = ids.filter(id => this.#isRefused(id));
    await this.#revoke(
      refused.filter(
        id => authority.isRefusedWhereItIs(id) || authority.admissionOf(id)?.reach === "nothing",
      ),
      atMs,
    );
    const refusals = refused.map(terminalId => ({
      terminalId,
      refusal: { ...this.#reason(terminalId), atMs },
    }));
    if (refusals.length > 0) await this.engine.setRefusals(refusals);
  }

  /** Ends the leases of terminals, in one message for all with the same reason. */
  async #revoke(ids: readonly string[], atMs: number): Promise<void> {
    for (const [code, same] of Map.groupBy(ids, id => this.#code(id))) {
      await this.engine.revokeMany(same, { ...reasonOf(code), atMs });
    }
  }

  #isRefused(id: string): boolean {
    const { authority } = this.#options;
    const admission = authority.admissionOf(id);
    return admission !== null && (admission.reach !== "all" || authority.isRefusedWhereItIs(id));
  }

  /** Of a terminal that something was decided about. */
  #code(id: string): ReasonCode {
    const { authority } = this.#options;
    return authority.isRefusedWhereItIs(id) ? "AUTH_FAILED" : authority.admissionOf(id)!.reason;
  }

  #reason(id: string): Reason {
    const { authority } = this.#options;
    if (authority.isRefusedWhereItIs(id)) return reasonOf("AUTH_FAILED");
    return { code: this.#code(id), message: authority.explain(id).paragraph };
  }

  /** What the scenario asks for at a moment that has come since the last look. */
  async #scenarioCommands(): Promise<void> {
    const { authority, clock, commands, startMs } = this.#options;
    const nowMs = clock.nowMs();
    const due = commands.filter(({ atS }) => {
      const atMs = startMs + atS * 1000;
      return atMs > this.#commandsUntilMs && atMs <= nowMs;
    });
    this.#commandsUntilMs = nowMs;
    for (const command of due) {
      const done = await this.#scenario.askFor(command, asked =>
        this.#decide(atMs => authority.carryOut(asked, atMs)),
      );
      if (!done.ok) process.emitWarning(`the scenario's ${command.name} is refused: ${done.error.message}`);
    }
  }

  #announce(ids: readonly string[]): void {
    const { hub, views } = this.#options;
    const wanted = new Set(ids);
    hub.announce(
      "terminals",
      views.terminals().filter(row => wanted.has(row.id)),
    );
  }

  #at(atMs: number, work: () => Promise<void>): NodeJS.Timeout | null {
    if (this.#ended) return null;
    const timer = setTimeout(
      () => {
        this.#timers.delete(timer);
        void work().catch(error => this.#fail(error));
      },
      Math.max(0, atMs - this.#options.clock.nowMs()),
    );
    this.#timers.add(timer);
    return timer;
  }

  #forget(timer: NodeJS.Timeout): void {
    clearTimeout(timer);
    this.#timers.delete(timer);
  }

  #every(periodMs: number, work: () => Promise<void>): void {
    const again = async (): Promise<void> => {
      await work();
      this.#at(this.#options.clock.nowMs() + periodMs, again);
    };
    this.#at(this.#options.clock.nowMs() + periodMs, again);
  }

  /** A step that failed is a bug. Leases end by themselves; nothing is extended by going on in silence. */
  #fail(error: Error): void {
    if (!this.#ended) process.emitWarning(`a step of the slot loop failed: ${error.stack ?? error.message}`);
  }
}

function reasonOf(code: ReasonCode, ground?: string): Reason {
  const { sentence } = reasons[code];
  return { code, message: ground === undefined ? sentence : `${sentence} Ground: ${ground}` };
}

function sparedDecision(terminalId: string, calls: number, atMs: number): ReturnType<typeof decisionOf> {
  return decisionOf({
    atMs,
    subject: terminalId,
    action: "spare emergency",
    outcome: "spared",
    reasons: ["TX_OFF"],
    text: `${terminalId} opened ${calls} connections to emergency services under an order to be silent that spares them.`,
    inputs: { connections: String(calls) },
  });
}
