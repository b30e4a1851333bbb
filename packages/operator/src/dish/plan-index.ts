// SPDX-License-Identifier: MIT
import type { LinkState, SlotPlan } from "@perigee/network";
import type { NetworkService } from "../network-service.ts";

/** What a plan says of one terminal. */
export interface Planned {
  readonly link: LinkState | null;
  /** The planner's word where there is no link; `null` where there is one, and where it was not asked. */
  readonly unserved: string | null;
}

const UNPLANNED: Planned = { link: null, unserved: null };

/** The newest plan of a slot by terminal, so that asking for thousands of them is not a search each. */
export class PlanIndex {
  readonly #network: Pick<NetworkService, "planOf">;
  #of: SlotPlan | null = null;
  #byTerminal: ReadonlyMap<string, Planned> = new Map();

  constructor(network: Pick<NetworkService, "planOf">) {
    this.#network = network;
  }

  find(slot: number, terminalId: string): Planned {
    const plan = this.#network.planOf(slot)?.plan;
    if (plan === undefined) return UNPLANNED;
    if (plan !== this.#of) {
      this.#of = plan;
      this.#byTerminal = new Map<string, Planned>([
        ...plan.unserved.map(({ siteId, reason }) => [siteId, { link: null, unserved: reason }] as const),
        ...plan.links.map(link => [link.terminalId, { link, unserved: null }] as const),
      ]);
    }
    return this.#byTerminal.get(terminalId) ?? UNPLANNED;
  }
}
