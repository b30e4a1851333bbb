// SPDX-License-Identifier: MIT
import type { DishSlot } from "@perigee/dish";
import type { TerminalCondition } from "@perigee/world";

/** What a hosted terminal is told, second by second, of what lies outside it. */
export interface DishFeed {
  /** What holds for a terminal at an instant, UTC ms, as the network and the authority have it by now. */
  slotOf(terminalId: string, atMs: number): DishSlot;
  /** How its surroundings treat it. */
  conditionOf(terminalId: string, atMs: number): TerminalCondition;
}

/** Whether two answers of a feed tell a terminal the same. */
export function tellsTheSame(a: DishSlot | null, b: DishSlot): boolean {
  return (
    a !== null &&
    a.slot === b.slot &&
    a.link === b.link &&
    a.unserved === b.unserved &&
    a.speedMps === b.speedMps &&
    a.roaming === b.roaming &&
    a.locationPolicy === b.locationPolicy &&
    a.lanWrites === b.lanWrites &&
    agree(a.admission, b.admission) &&
    agree(a.position, b.position) &&
    agree(a.plan, b.plan)
  );
}

/** Of flat values. */
function agree<T extends object>(a: T | null, b: T | null): boolean {
  if (a === b || a === null || b === null) return a === b;
  return (Object.keys(b) as (keyof T)[]).every(key => a[key] === b[key]);
}
