// SPDX-License-Identifier: MIT
import type { LinkConditionRequest, ScenarioCondition } from "./contract.ts";
import { MOST_CONDITIONS } from "./contract.ts";

/** What a condition does; see the contract. */
export type Effects = Omit<LinkConditionRequest, "on" | "forS">;

/** A condition with its time: in force from `fromMs` to before `untilMs`, UTC ms; `null`: until it is removed. */
export interface Condition extends Effects {
  /** Its target, see `targetOf`. */
  readonly on: string;
  readonly fromMs: number;
  readonly untilMs: number | null;
}

/**
 * The conditions that are put on links by hand or by a scenario. One target has one condition at a time: of several the
 * newest counts, and when it ends, an older one that still runs does. Kept in memory only.
 */
export class LinkConditions {
  /** By beginning; of the same instant, in the order of arrival. */
  #all: readonly Condition[] = [];

  /** @param dated - Of a scenario. @param startMs - What its seconds count from, UTC ms. */
  constructor(dated: readonly ScenarioCondition[] = [], startMs = 0) {
    this.#all = dated
      .map(({ atS, forS, ...rest }) => conditionFrom(rest, startMs + atS * 1000, forS))
      .sort((a, b) => a.fromMs - b.fromMs);
  }

  /**
   * Puts conditions in force, all or none; each takes the place of what is in force on its target.
   *
   * @returns `false` where there would be more than {@link MOST_CONDITIONS}: then nothing changes.
   */
  set(requests: readonly LinkConditionRequest[], nowMs: number): boolean {
    const targets = new Set(requests.map(({ on }) => on));
    const kept = this.#lasting(nowMs).filter(({ on, fromMs }) => fromMs > nowMs || !targets.has(on));
    // Of a request that names a target twice, the last word counts.
    const added = [...new Map(requests.map(request => [request.on, request])).values()].map(
      ({ forS, ...rest }) => conditionFrom(rest, nowMs, forS),
    );
    if (kept.length + added.length > MOST_CONDITIONS) return false;
    this.#all = [...kept, ...added].sort((a, b) => a.fromMs - b.fromMs);
    return true;
  }

  /**
   * Ends what is in force on a target, or on all of them.
   *
   * @param on - `null`: all, those to come too.
   * @returns How many there were.
   */
  clear(on: string | null, nowMs: number): number {
    const before = this.#lasting(nowMs);
    this.#all = on === null ? [] : before.filter(c => c.on !== on || c.fromMs > nowMs);
    return before.length - this.#all.length;
  }

  /** In force at an instant, one per target, by beginning. */
  at(atMs: number): readonly Condition[] {
    const newest = new Map<string, Condition>();
    for (const condition of this.#all) {
      const { on, fromMs, untilMs } = condition;
      if (fromMs > atMs) break;
      if (untilMs !== null && untilMs <= atMs) continue;
      newest.delete(on);
      newest.set(on, condition);
    }
    return [...newest.values()];
  }

  /** In force at an instant, and to come. */
  list(atMs: number): readonly Condition[] {
    return [...this.at(atMs), ...this.#all.filter(({ fromMs }) => fromMs > atMs)];
  }

  /** When the next condition begins or ends after an instant, UTC ms; `null`: never. */
  nextChangeMs(afterMs: number): number | null {
    const changes = this.#all
      .flatMap(({ fromMs, untilMs }) => (untilMs === null ? [fromMs] : [fromMs, untilMs]))
      .filter(ms => ms > afterMs);
    return changes.length === 0 ? null : Math.min(...changes);
  }

  #lasting(nowMs: number): readonly Condition[] {
    return this.#all.filter(({ untilMs }) => untilMs === null || untilMs > nowMs);
  }
}

const conditionFrom = (
  rest: Omit<LinkConditionRequest, "forS">,
  fromMs: number,
  forS: number | undefined,
): Condition => ({ ...rest, fromMs, untilMs: forS === undefined ? null : fromMs + forS * 1000 });
