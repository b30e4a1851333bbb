// SPDX-License-Identifier: MIT
// Location rounds: what the network measures of devices, judged against what they say of their places.
import { areaIndexOf, type LocationVerdict } from "@perigee/authority";
import { boundaryViews, cellAt, cellCentre, placeOf } from "@perigee/earth";
import {
  admissionVerdict,
  createLocator,
  evidenceOf,
  guardBandKm,
  type Judgement,
  type LocationEvidence,
  type LocationFinding,
  type MeasurementWindow,
  massInside,
  type PositionFix,
  type Solution,
  verdictOf,
} from "@perigee/locate";
import { occupiedId, type Spot } from "./area.ts";
import type { Desk } from "./desk.ts";
import type { Field, Heard } from "./field.ts";
import { roundMs, roundOver } from "./sky.ts";

const beamKm = 60;
const view = boundaryViews.un;
const locator = createLocator();

/** On which side of the line two rounds in a row place a device; `unsure` within the line's own doubt. */
export type Side = "behind" | "near" | "unsure";

/** What a pair of rounds came to. */
export interface Located {
  readonly finding: LocationFinding;
  readonly evidence: LocationEvidence;
  readonly verdict: LocationVerdict;
  /** Where it was measured, and whether what it says would be behind the line. */
  readonly side: Side;
  readonly saysBehind: boolean;
  readonly cell: string;
}

/** Measures everybody who is asked about and heard, in two rounds, one after the other. */
export function measurePair(
  field: Field,
  desk: Desk,
  wanted: ReadonlySet<string>,
  fromMs: number,
): ReadonlyMap<string, Located> {
  const judged = new Map<string, { readonly judgement: Judgement; readonly cell: string }[]>();
  const starts = [fromMs, fromMs + roundMs];
  for (const startMs of starts) {
    const heardAtEnd = new Set(field.heardAt(startMs + roundMs - 1).map(({ deviceId }) => deviceId));
    const claims = field.reportsAt(startMs + roundMs - 1);
    for (const heard of field.heardAt(startMs)) {
      const claim = claims.get(heard.terminalId);
      if (!wanted.has(heard.deviceId) || claim === undefined || !heardAtEnd.has(heard.deviceId)) continue;
      const window = windowOf(field, heard, startMs);
      const one = locator.judge(window, { ...claim, atMs: startMs + roundMs - 1 });
      // Answers that no terminal can give are no measurements.
      if (!one.ok) continue;
      const list = judged.get(heard.deviceId) ?? [];
      list.push({ judgement: one.value, cell: heard.cell });
      judged.set(heard.deviceId, list);
    }
  }
  const nowMs = fromMs + 2 * roundMs;
  const reports = field.reportsAt(nowMs);
  return new Map(
    [...judged].flatMap(([deviceId, list]) => {
      const terminalId = deviceId.split("/")[0]!;
      const claim = reports.get(terminalId);
      if (claim === undefined) return [];
      const judgements = list.map(({ judgement }) => judgement);
      const finding = verdictOf(judgements, nowMs);
      const evidence = evidenceOf(terminalId, cellAt(claim.latDeg, claim.lonDeg), finding, cellAt);
      // Where no place explains the answers, the best of the bad ones says nothing.
      const sides = new Set(
        judgements.map(({ why, solutions }) => (why === "noPlace" ? "unsure" : sideOf(desk, solutions))),
      );
      const side = list.length === starts.length && sides.size === 1 ? [...sides][0]! : "unsure";
      const saysBehind = areaIndexOf(desk.book).at(claim.latDeg, claim.lonDeg, nowMs).includes(occupiedId);
      const { cell } = list.at(-1)!;
      return [[deviceId, { finding, evidence, verdict: admissionVerdict(evidence), side, saysBehind, cell }]];
    }),
  );
}

/** Where a device is, whatever is said; `null` where it cannot be told. */
export function fixOf(field: Field, heard: Heard, fromMs: number): PositionFix | null {
  const located = locator.locate(windowOf(field, heard, fromMs));
  return located.ok ? located.value : null;
}

function windowOf(field: Field, { deviceId, cell }: Heard, fromMs: number): MeasurementWindow {
  const beam = { ...cellCentre(cell), radiusKm: beamKm };
  const answers = field.measure(deviceId, roundOver(cell, fromMs));
  return { measurements: answers.map(answer => ({ ...answer, beam })), heightKm: 0 };
}

/** The side of one place: nearly all of its probability there, and farther from the line than anybody's doubt about it. */
export function sideOf(desk: Desk, solutions: readonly Solution[]): Side {
  const possible = solutions.filter(({ standing }) => standing === "possible");
  const [place] = possible;
  if (place === undefined || possible.length > 1) return "unsure";
  const area = desk.book.get("operatorArea", occupiedId)!;
  const mass = massInside(solutions, area.rings);
  if (!mass.ok) return "unsure";
  const isBehind = mass.value >= 0.999;
  if (!isBehind && mass.value > 0.001) return "unsure";
  const at: Spot = place;
  const { edges } = areaIndexOf(desk.book).around(
    at.latDeg,
    at.lonDeg,
    desk.atMs,
    placeOf(at.latDeg, at.lonDeg, view),
  );
  const toLineKm = edges.find(edge => edge.area === occupiedId)?.distanceKm ?? Number.POSITIVE_INFINITY;
  const band = guardBandKm({
    ...{ placeErrorKm: place.ellipse.semiMajorKm, mapErrorKm: area.mapErrorKm },
    ...{ ageDays: (desk.atMs - area.asOfMs) / 86_400_000, driftKmPerDay: area.driftKmPerDay },
  });
  return toLineKm < band ? "unsure" : isBehind ? "behind" : "near";
}
