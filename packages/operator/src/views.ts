// SPDX-License-Identifier: MIT

import { speedNowKmh } from "@perigee/authority";
import type { BoundaryView } from "@perigee/earth";
import { builtInGround, type LinkState, plannedRttMs, type SlotPlan, slotStartMs } from "@perigee/network";
import { elementsAgeWarning } from "@perigee/orbit";
import type { AuthorityService } from "./authority/authority-service.ts";
import type { Clock } from "./clock.ts";
import type {
  Admission,
  Decision,
  Explanation,
  Ground,
  Link,
  Order,
  Status,
  TerminalDetail,
  TerminalRow,
} from "./contract.ts";
import type { LinkMonitor } from "./link-monitor.ts";
import type { LocationWatch } from "./location/location-watch.ts";
import { locationView } from "./location/views.ts";
import type { NetworkService } from "./network-service.ts";
import { newestHead } from "./storage/ledger-store.ts";

const iso = (atMs: number): string => new Date(atMs).toISOString();

/** What the views are made from. */
export interface ViewSources {
  readonly version: string;
  readonly title: string;
  readonly clock: Clock;
  readonly authority: AuthorityService;
  readonly network: NetworkService;
  readonly monitor: LinkMonitor;
  readonly locations?: LocationWatch;
  readonly boundaryView: BoundaryView;
  readonly faults: boolean;
  slot(): number;
}

/** The state of the operator in the shapes of the HTTP contract. */
export class Views {
  readonly #from: ViewSources;
  /** The links of one plan by terminal, so that a list of terminals is not a search per row. */
  #links: { readonly plan: SlotPlan | null; readonly byTerminal: ReadonlyMap<string, LinkState> } = {
    plan: null,
    byTerminal: new Map(),
  };

  constructor(sources: ViewSources) {
    this.#from = sources;
  }

  async status(): Promise<Status> {
    const { authority, boundaryView, clock, faults, monitor, network, title, version } = this.#from;
    const slot = this.#from.slot();
    const nowMs = clock.nowMs();
    const { constellation } = network;
    const ageDays = (nowMs - constellation.medianEpochMs) / 86_400_000;
    const planned = network.planOf(slot);
    const terminals = this.terminals();
    const head = await newestHead(authority.db);
    const { latenessMs, authorityReachable } = monitor.latest();
    return {
      name: title,
      version,
      clock: { mode: clock.mode, now: iso(nowMs) },
      slot: { number: slot, start: iso(slotStartMs(slot)), end: iso(slotStartMs(slot + 1)) },
      elements: {
        source: constellation.source,
        satellites: constellation.elements.length,
        checksum: constellation.checksum,
        loadedAt: iso(constellation.loadedAtMs),
        epoch: iso(constellation.medianEpochMs),
        ageDays,
        ageWarning: constellation.isPattern ? null : elementsAgeWarning(ageDays),
      },
      plan: { slot, computeMs: planned?.computeMs ?? 0, changedSatellites: planned?.changedSatellites ?? 0 },
      boundaryView: {
        id: boundaryView.id,
        title: boundaryView.title,
        asserter: boundaryView.asserter,
        version: boundaryView.version,
      },
      policyVersion: authority.policy.version,
      fidelity: "streams",
      link: {
        latenessP50Ms: latenessMs.p50,
        latenessP95Ms: latenessMs.p95,
        latenessP99Ms: latenessMs.p99,
        authorityReachable,
      },
      terminals: {
        total: terminals.length,
        served: terminals.filter(t => t.link !== null && t.admission?.reach === "all").length,
        refused: terminals.filter(t => t.admission !== null && t.admission.reach !== "all").length,
      },
      ledger: { size: head?.size ?? 0, root: head?.root ?? "" },
      faultsEnabled: faults,
    };
  }

  terminals(): TerminalRow[] {
    return this.#from.authority.terminalIds().map(id => this.#row(id));
  }

  async terminal(id: string): Promise<TerminalDetail | null> {
    const { authority, locations, monitor } = this.#from;
    if (!authority.has(id)) return null;
    const link = this.#linkOf(id);
    const stats = monitor.latest().terminals.get(id);
    return {
      ...this.#row(id),
      detail: {
        explain: this.explain(id)?.paragraph ?? "Nothing has been decided yet.",
        location: locations === undefined ? null : locationView(locations, id),
        link: link === null ? null : linkView(link),
        traffic: {
          openConnections: stats?.openConnections ?? 0,
          upBytes: stats?.upBytes ?? 0,
          downBytes: stats?.downBytes ?? 0,
          refused: stats?.refused ?? 0,
        },
        orders: await this.orders(id),
        decisions: await this.decisions(id),
      },
    };
  }

  explain(id: string): Explanation | null {
    const { authority } = this.#from;
    const admission = authority.has(id) ? authority.admissionOf(id) : null;
    if (admission === null) return null;
    const { paragraph, grounds } = authority.explain(id);
    return {
      terminalId: id,
      at: iso(admission.atMs),
      paragraph,
      admission: this.#admission(id)!,
      grounds,
      inputs: { ...admission.inputs },
    };
  }

  orders(terminalId: string | null): Promise<Order[]> {
    return this.#from.authority.orders(terminalId);
  }

  decisions(terminalId: string): Promise<Decision[]> {
    return this.#from.authority.decisions(terminalId);
  }

  ground(): Ground {
    const { gateways, pops } = builtInGround();
    return {
      gateways: gateways.map(({ id, name, latDeg, lonDeg }) => ({ id, name, latDeg, lonDeg })),
      pops: pops.map(({ code, city, country, latDeg, lonDeg }) => ({ code, city, country, latDeg, lonDeg })),
    };
  }

  #linkOf(id: string): LinkState | null {
    const plan = this.#from.network.planOf(this.#from.slot())?.plan;
    if (plan === undefined) return null;
    if (this.#links.plan !== plan) {
      this.#links = { plan, byTerminal: new Map(plan.links.map(link => [link.terminalId, link])) };
    }
    return this.#links.byTerminal.get(id) ?? null;
  }

  #admission(id: string): Admission | null {
    const { authority } = this.#from;
    const admission = authority.admissionOf(id);
    if (admission === null) return null;
    const leaseUntilMs = authority.leaseUntilMs(id);
    return {
      at: iso(admission.atMs),
      outcome: admission.outcome,
      reason: admission.reason,
      wireCode: admission.wireCode,
      linked: admission.linked,
      reach: admission.reach,
      leaseUntil: leaseUntilMs === null ? null : iso(leaseUntilMs),
      policyVersion: admission.inputs.policyVersion,
      boundaryView: admission.inputs.boundaryView,
    };
  }

  #row(id: string): TerminalRow {
    const { authority, clock, monitor } = this.#from;
    const { terminal, account, holder, plan, history } = authority.record(id);
    const fix = history.last;
    const link = this.#linkOf(id);
    return {
      id,
      name: terminal.name,
      account:
        account === null
          ? null
          : { id: account.id, holder: holder ?? account.holder, country: account.country },
      plan: plan?.title ?? null,
      state: terminal.state,
      position:
        fix === null
          ? null
          : {
              precision: "exact",
              latDeg: fix.latDeg,
              lonDeg: fix.lonDeg,
              cell: fix.cell,
              territory: fix.place.territory,
              territoryName: fix.place.territoryName,
              country: fix.place.country,
              zone: fix.place.zone,
              speedKmh: speedNowKmh(history) ?? 0,
              at: iso(fix.atMs),
            },
      admission: this.#admission(id),
      link:
        link === null
          ? null
          : {
              rttMs: plannedRttMs(link, Math.min(Math.max(clock.nowMs(), link.fromMs), link.untilMs)),
              downMbps: link.downMbps,
              upMbps: link.upMbps,
              satellite: link.satellite.name,
              gateway: link.gateway.name,
              pop: link.pop.city,
            },
      proxy: monitor.proxyOf(id),
    };
  }
}

/** A link state with its instants as ISO 8601. */
function linkView({ terminalId: _, fromMs, untilMs, gap, ...rest }: LinkState): Link {
  return {
    ...rest,
    nodes: [...rest.nodes],
    hops: [...rest.hops],
    oneWayMs: [...rest.oneWayMs],
    from: iso(fromMs),
    until: iso(untilMs),
    gap:
      gap === null
        ? null
        : { from: iso(gap.fromMs), dropUntil: iso(gap.dropUntilMs), until: iso(gap.untilMs) },
  };
}
