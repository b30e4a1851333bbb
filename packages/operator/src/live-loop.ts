// SPDX-License-Identifier: MIT
import type { LinkEngineClient, Reason } from "@perigee/link";
import { SLOT_MS, type SlotPlan, slotAt, slotStartMs } from "@perigee/network";
import type { AuthorityService, OrderError } from "./authority-service.ts";
import type { Clock } from "./clock.ts";
import type { Order, OrderRequest } from "./contract.ts";
import type { EventHub } from "./event-hub.ts";
import { Exclusive } from "./exclusive.ts";
import type { LinkMonitor } from "./link-monitor.ts";
import type { NetworkService } from "./network-service.ts";
import type { ScenarioOrder } from "./scenario/scenario.ts";
import type { SlotLoop, SlotStep } from "./slot-loop.ts";
import type { LinkRecords } from "./storage/link-records.ts";
import type { Views } from "./views.ts";

/** How long before a slot's start it is prepared: enough for reports, decisions and a plan on a slow machine. */
const LEAD_MS = 1_500;
/** How often leases that end soon are renewed: three times within the shortest lease. */
const RENEWAL_MS = 5_000;
const MONITOR_MS = 1_000;

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
  readonly orders: readonly ScenarioOrder[];
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
  #lastIssueMs = 0;
  #ordersUntilMs: number;
  #ended = false;

  constructor(options: LiveLoopOptions) {
    this.#options = options;
    this.engine = options.engine;
    this.#ordersUntilMs = options.clock.nowMs();
  }

  /**
   * Serves the slot that is running, then every one that follows.
   *
   * @param first - That slot, prepared. If it has ended meanwhile, the one that follows is prepared at once.
   */
  async start(first: SlotStep): Promise<void> {
    const { clock, monitor } = this.#options;
    const { slot } = first;
    await this.#turn.run(() => this.#send(first));
    // Just before an edge the next slot's preparation is already due.
    this.#at(Math.max(clock.nowMs(), slotStartMs(slot + 1) - LEAD_MS), () => this.#follow(slot + 1));
    this.#every(RENEWAL_MS, () => this.#renew());
    this.#every(MONITOR_MS, () => monitor.refresh(this.engine));
    await monitor.refresh(this.engine);
  }

  /** Decides an order and tells the data plane; see `OperatorContext.order`. */
  async order(request: OrderRequest): Promise<{ ok: true; value: Order } | { ok: false; error: OrderError }> {
    return await this.#turn.run(async () => {
      const { authority, clock, network } = this.#options;
      // Later than any lease already issued, so that none of those can count as newer than the order.
      const atMs = Math.max(clock.nowMs(), this.#lastIssueMs + 1);
      const result = await authority.order(request, atMs);
      if (!result.ok) return result;
      const { order, terminalId } = result.value;
      if (request.kind === "suspend") {
        await this.engine.revoke(terminalId, { ...this.#reason(terminalId), atMs: atMs - 1 });
      }
      const slot = slotAt(clock.nowMs());
      const hasLink = network.planOf(slot)?.plan.links.some(l => l.terminalId === terminalId) ?? false;
      if (!hasLink && authority.admissionOf(terminalId)?.linked) await this.#plan(slot);
      await this.#lease([terminalId], atMs);
      this.#announce([terminalId]);
      return { ok: true, value: order };
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
      await this.#scenarioOrders();
      await this.#send(await loop.prepare(slot, Math.max(clock.nowMs(), this.#lastIssueMs + 1)));
    });
  }

  /** Gives the data plane what a slot was prepared with. */
  async #send({ atMs, planned, leases, changed }: SlotStep): Promise<void> {
    this.#lastIssueMs = atMs;
    await this.engine.setLinkStates(planned.plan.links);
    await this.engine.installLeases(leases);
    for (const id of this.#options.authority.terminalIds()) await this.#sayWhy(id, atMs);
    if (changed.length > 0) this.#announce(changed);
    await this.#record(planned.plan);
  }

  async #plan(slot: number): Promise<void> {
    const { plan } = this.#options.loop.plan(slot);
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

  async #lease(ids: readonly string[], atMs: number): Promise<void> {
    this.#lastIssueMs = atMs;
    await this.engine.installLeases(this.#options.authority.issueLeases(ids, atMs));
    for (const id of ids) await this.#sayWhy(id, atMs);
  }

  /** Cuts what may reach nothing, and gives the reason to whoever is refused. */
  async #sayWhy(id: string, atMs: number): Promise<void> {
    const admission = this.#options.authority.admissionOf(id);
    if (admission === null || admission.reach === "all") return;
    if (admission.reach === "nothing") await this.engine.revoke(id, { ...this.#reason(id), atMs });
    else await this.engine.setRefusal(id, this.#reason(id));
  }

  #reason(id: string): Reason {
    const { authority } = this.#options;
    return {
      code: authority.admissionOf(id)?.reason ?? "NOT_ADMITTED",
      message: authority.explain(id).paragraph,
    };
  }

  /** Orders that the scenario gives at a moment which has come since the last look. */
  async #scenarioOrders(): Promise<void> {
    const { authority, clock, orders, startMs } = this.#options;
    const nowMs = clock.nowMs();
    const due = orders.filter(({ atS }) => {
      const atMs = startMs + atS * 1000;
      return atMs > this.#ordersUntilMs && atMs <= nowMs;
    });
    this.#ordersUntilMs = nowMs;
    for (const { atS: _, hours, ...request } of due) {
      const result = await authority.order({ ...request, ...(hours === undefined ? {} : { hours }) }, nowMs);
      if (!result.ok) process.emitWarning(`scenario order refused: ${result.error.message}`);
      else if (request.kind === "suspend") {
        await this.engine.revoke(request.terminalId, { ...this.#reason(request.terminalId), atMs: nowMs });
      }
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

  #at(atMs: number, work: () => Promise<void>): void {
    if (this.#ended) return;
    const timer = setTimeout(
      () => {
        this.#timers.delete(timer);
        void work().catch(error => this.#fail(error));
      },
      Math.max(0, atMs - this.#options.clock.nowMs()),
    );
    this.#timers.add(timer);
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
