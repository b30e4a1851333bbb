// SPDX-License-Identifier: MIT
import { slotAt, slotStartMs } from "@perigee/network";
import type { LocationRound, LocationStanding } from "./contract.ts";
import type { LocationWatch } from "./location-watch.ts";
import { ROUND_SLOTS } from "./round-sky.ts";

const iso = (atMs: number): string => new Date(atMs).toISOString();
const tenth = (value: number): number => Math.round(value * 10) / 10;
const TO_95 = Math.sqrt(-2 * Math.log(0.05));

/** What was last measured of a terminal, for everybody who may see terminals: how sure, not where. */
export function locationView(
  watch: Pick<LocationWatch, "latest" | "isAwaited">,
  id: string,
): LocationStanding {
  const latest = watch.latest(id);
  if (latest === null) return { latest: null, awaited: watch.isAwaited(id) };
  const { finding, evidenceId } = latest;
  const last = finding.basis.at(-1);
  const ellipse = last?.ellipse ?? null;
  return {
    latest: {
      verdict: finding.verdict,
      at: iso(finding.atMs),
      because: finding.because,
      evidence: evidenceId,
      windows: finding.basis.length,
      chanceLog10:
        last === undefined ? null : last.chance > 0 ? Math.max(-300, tenth(Math.log10(last.chance))) : -300,
      satellites: last?.satellites ?? 0,
      places: last?.places ?? 0,
      ellipse95Km: ellipse && [tenth(TO_95 * ellipse.semiMajorKm), tenth(TO_95 * ellipse.semiMinorKm)],
    },
    awaited: watch.isAwaited(id),
  };
}

/** The round that a request made now gets: the next that begins, and the slot in which it is judged. */
export function roundView(terminalId: string, nowMs: number): LocationRound {
  const next = slotAt(nowMs) + 1;
  const from = Math.ceil(next / ROUND_SLOTS) * ROUND_SLOTS;
  return { terminalId, until: iso(slotStartMs(from + ROUND_SLOTS)) };
}
