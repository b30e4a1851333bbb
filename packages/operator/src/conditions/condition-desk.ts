// SPDX-License-Identifier: MIT

import type { NetworkService } from "../network-service.ts";
import type { LinkCondition, LinkConditionRequest } from "./contract.ts";
import { MOST_CONDITIONS } from "./contract.ts";
import type { Condition } from "./link-conditions.ts";
import { terminalOf } from "./target.ts";

/** Why conditions were refused: none of them was put in force. */
export type ConditionError =
  | { readonly kind: "unknown"; readonly message: string; readonly place: string }
  | { readonly kind: "full"; readonly message: string };

type Result = { ok: true; value: LinkCondition[] } | { ok: false; error: ConditionError };

/** What the desk works with. */
export interface DeskOptions {
  readonly network: NetworkService;
  hasTerminal(id: string): boolean;
  slot(): number;
  nowMs(): number;
  /** Carries a change out, so that traffic feels it before this resolves; see `LiveLoop.changeConditions`. */
  carryOut(change: (nowMs: number) => boolean): Promise<boolean>;
}

/** Takes conditions on links while an operator runs. */
export class ConditionDesk {
  readonly #options: DeskOptions;

  constructor(options: DeskOptions) {
    this.#options = options;
  }

  /** Puts conditions in force, all or none. */
  async set(requests: readonly LinkConditionRequest[]): Promise<Result> {
    const { network, carryOut } = this.#options;
    for (const [k, { on }] of requests.entries()) {
      const message = this.#faultOf(on);
      if (message !== null)
        return { ok: false, error: { kind: "unknown", message, place: `body.conditions.${k}.on` } };
    }
    if (!(await carryOut(nowMs => network.conditions.set(requests, nowMs)))) {
      const message = `At most ${MOST_CONDITIONS} conditions can be in force or to come.`;
      return { ok: false, error: { kind: "full", message } };
    }
    const targets = new Set(requests.map(({ on }) => on));
    return { ok: true, value: this.list().filter(({ on }) => targets.has(on)) };
  }

  /** In force, then to come. */
  list(): LinkCondition[] {
    const { network, nowMs } = this.#options;
    return network.conditions.list(nowMs()).map(condition => this.#view(condition));
  }

  /**
   * Ends the condition on a target, or all of them.
   *
   * @returns How many there were.
   */
  async clear(on: string | null): Promise<number> {
    let removed = 0;
    await this.#options.carryOut(nowMs => {
      removed = this.#options.network.conditions.clear(on, nowMs);
      return removed > 0;
    });
    return removed;
  }

  #faultOf(on: string): string | null {
    const terminalId = terminalOf(on);
    if (terminalId === null) {
      const fault = this.#options.network.faultOfTarget(on);
      return fault === null ? null : `${on}: ${fault}`;
    }
    return this.#options.hasTerminal(terminalId) ? null : `${on}: there is no terminal of this id.`;
  }

  #view(condition: Condition): LinkCondition {
    const { network, slot } = this.#options;
    const { on, fromMs, untilMs, ...effects } = condition;
    return {
      on,
      from: new Date(fromMs).toISOString(),
      until: untilMs === null ? null : new Date(untilMs).toISOString(),
      ...effects,
      terminals: network.terminalsUnder(condition, slot()),
    };
  }
}
