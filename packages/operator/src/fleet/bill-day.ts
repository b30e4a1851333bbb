// SPDX-License-Identifier: MIT
import type { FleetCall } from "./operation.ts";

/**
 * When an account's running billing cycle ends, in the time that the authority goes by; `null` before its first line, when
 * nothing need wait.
 */
export async function nextBillDayMs({ fleet, account }: FleetCall): Promise<number | null> {
  const desk = fleet.desks.billing;
  const cycle = desk.cycle(await desk.story(account.id));
  return cycle === null ? null : desk.time.real(cycle.untilMs);
}
