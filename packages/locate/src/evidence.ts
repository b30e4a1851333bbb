// SPDX-License-Identifier: MIT
import { createHash } from "node:crypto";
import type { Judgement, JudgementReason } from "./judge.ts";
import type { LocationFinding, Verdict } from "./verdict.ts";

/** What one window contributes to evidence: how it was measured and how far it is off, not where. */
export interface WindowEvidence {
  readonly fromMs: number;
  readonly toMs: number;
  readonly outcome: Judgement["outcome"];
  readonly why: JudgementReason;
  readonly satellites: number;
  readonly measurements: number;
  readonly longestTrackS: number;
  /** Decimal logarithm of the chance that an honest terminal disagrees so much, one decimal; -300 stands for less. */
  readonly chanceLog10: number;
  /** From the claim to the measured place, to 0.1 km. */
  readonly offsetKm: number | null;
  /** Half axes of the 95 % ellipse, to 0.1 km. */
  readonly ellipse95Km: readonly [major: number, minor: number] | null;
  /** Share of bearings in which delayed answers could hide 2 km, in hundredths. */
  readonly openShare: number;
  readonly doppler: Judgement["doppler"];
}

/**
 * What is kept of a verdict: enough to explain and to contest it, and no position. Raw measurements lead to a place
 * and are left out; so does any hash over them, for all places of a cell can be tried.
 */
export interface LocationEvidence {
  /** From the content: `loc-` and 32 hexadecimal digits. */
  readonly id: string;
  readonly terminalId: string;
  readonly verdict: Verdict;
  readonly atMs: number;
  readonly because: string;
  /** Cell that the terminal claimed, and cell that it was measured in where one was; H3. */
  readonly claimedCell: string;
  readonly measuredCell: string | null;
  readonly windows: readonly WindowEvidence[];
}

/**
 * Evidence of a finding.
 *
 * @param cellOf the cell of a place, e.g. `cellAt` of `@perigee/earth`
 */
export function evidenceOf(
  terminalId: string,
  claimedCell: string,
  { verdict, atMs, because, basis }: LocationFinding,
  cellOf: (latDeg: number, lonDeg: number) => string,
): LocationEvidence {
  const last = basis.at(-1);
  // Of several places none is the measured one.
  const place =
    last?.places === 1 ? last.solutions.find(({ standing }) => standing === "possible") : undefined;
  const content = {
    terminalId,
    verdict,
    atMs,
    because,
    claimedCell,
    measuredCell: place === undefined ? null : cellOf(place.latDeg, place.lonDeg),
    windows: basis.map(windowEvidence),
  };
  const digest = createHash("sha256").update(JSON.stringify(content)).digest("hex");
  return { id: `loc-${digest.slice(0, 32)}`, ...content };
}

const TO_95 = Math.sqrt(-2 * Math.log(0.05));
const tenth = (value: number): number => Math.round(value * 10) / 10;

function windowEvidence(judgement: Judgement): WindowEvidence {
  const { fromMs, toMs, outcome, why, satellites, measurements, longestTrackS, doppler } = judgement;
  const { chance, offsetKm, ellipse, openShare } = judgement;
  return {
    fromMs,
    toMs,
    outcome,
    why,
    satellites,
    measurements,
    longestTrackS,
    chanceLog10: chance > 0 ? Math.max(-300, tenth(Math.log10(chance))) : -300,
    offsetKm: offsetKm === null ? null : tenth(offsetKm),
    ellipse95Km:
      ellipse === null ? null : [tenth(TO_95 * ellipse.semiMajorKm), tenth(TO_95 * ellipse.semiMinorKm)],
    openShare: Math.round(openShare * 100) / 100,
    doppler,
  };
}

/** Evidence as admission wants it: which verdict, on which record, of when. */
export function admissionVerdict({ id, verdict, atMs }: LocationEvidence): {
  readonly id: string;
  readonly verdict: Verdict;
  readonly atMs: number;
} {
  return { id, verdict, atMs };
}
