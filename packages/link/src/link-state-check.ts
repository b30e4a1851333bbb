// SPDX-License-Identifier: MIT
import type { LinkState } from "@perigee/network";
import type { LinkError } from "./contract.ts";

/** The rules that the delay line's arithmetic rests on. `null`: all hold. `place` is the path of the first that does not. */
export function checkLinkState(state: LinkState, place: string): LinkError | null {
  const fault = (field: string, rule: string): LinkError => ({
    code: "LINK_STATE_INVALID",
    message: `${field} must be ${rule}.`,
    place: `${place}.${field}`,
  });
  const { access, gap } = state;
  if (!(Number.isFinite(state.fromMs) && state.fromMs < state.untilMs && Number.isFinite(state.untilMs))) {
    return fault("untilMs", "finite and after fromMs");
  }
  for (const [index, delayMs] of state.oneWayMs.entries()) {
    if (!isLength(delayMs)) return fault(`oneWayMs[${index}]`, "0 to 10,000 ms");
  }
  if (!isLength(state.fixedMs)) return fault("fixedMs", "0 to 10,000 ms");
  if (!isLength(state.rttMs.median)) return fault("rttMs.median", "0 to 10,000 ms");
  if (!isRate(state.downMbps)) return fault("downMbps", "above 0, at most 100,000");
  if (!isRate(state.upMbps)) return fault("upMbps", "above 0, at most 100,000");
  if (!(state.lossProbability >= 0 && state.lossProbability <= 1))
    return fault("lossProbability", "from 0 to 1");
  if (!(access.frameMs > 0 && isLength(access.frameMs)))
    return fault("access.frameMs", "above 0, at most 10,000 ms");
  if (!(access.grantPeriodMs > 0 && isLength(access.grantPeriodMs))) {
    return fault("access.grantPeriodMs", "above 0, at most 10,000 ms");
  }
  if (!(access.missProbability >= 0 && access.missProbability < 1)) {
    return fault("access.missProbability", "from 0 to below 1");
  }
  if (!Number.isSafeInteger(access.seed)) return fault("access.seed", "an integer");
  const ordered = gap === null || (gap.fromMs <= gap.dropUntilMs && gap.dropUntilMs <= gap.untilMs);
  if (!ordered || (gap !== null && gap.untilMs > state.untilMs)) {
    return fault("gap", "fromMs <= dropUntilMs <= untilMs, within the slot");
  }
  return null;
}

function isLength(ms: number): boolean {
  return ms >= 0 && ms <= 10_000;
}

function isRate(mbps: number): boolean {
  return mbps > 0 && mbps <= 100_000;
}
