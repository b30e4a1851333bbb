// SPDX-License-Identifier: MIT
import { cellBoundary, cellCentre, distanceKm } from "@perigee/earth";
import type { CloneAlarm, CloneRules, CloneSign, InnocentReading, SessionRecord } from "./clone-rules.ts";

const hourMs = 3_600_000;

/**
 * Whether two records of one identity can be one device. Symmetric in the records.
 *
 * - *twoDevices*: two radios in one slot.
 * - *twoCells*: heard in two cells in one slot, and not even the nearest points of the cells are within reach of each
 *   other at the highest speed in the time between, clock errors granted. Cells that touch are never meant: who stands
 *   on their edge is heard in both.
 * - *impossibleTravel*: further and faster than the rules allow between two known positions.
 *
 * @param isBack whether the later device had been replaced by another one before: then nobody exchanged it now
 */
export function compareSessions(
  a: SessionRecord,
  b: SessionRecord,
  rules: CloneRules,
  isBack = false,
): CloneAlarm | null {
  const [first, second] = inOrder(a, b);
  const apartKm = distanceBetween(first, second);
  const elapsedMs = second.atMs - first.atMs;
  const sign = signOf(first, second, apartKm, elapsedMs, rules);
  if (sign === null) return null;
  const speedKmh = elapsedMs > 0 ? (apartKm / elapsedMs) * hourMs : null;
  const innocent = innocentReadings(first, second, { apartKm, elapsedMs, speedKmh, sign, isBack }, rules);
  return {
    terminalId: second.terminalId,
    slot: Math.max(first.slot, second.slot),
    atMs: second.atMs,
    sign,
    records: [first, second],
    distanceKm: apartKm,
    elapsedMs,
    speedKmh,
    innocent,
    recommendation: innocent.length === 0 ? "cloneSuspect" : "review",
  };
}

function inOrder(a: SessionRecord, b: SessionRecord): readonly [SessionRecord, SessionRecord] {
  if (a.atMs !== b.atMs) return a.atMs < b.atMs ? [a, b] : [b, a];
  return a.cell < b.cell || (a.cell === b.cell && a.deviceId <= b.deviceId) ? [a, b] : [b, a];
}

function signOf(
  a: SessionRecord,
  b: SessionRecord,
  apartKm: number,
  elapsedMs: number,
  rules: CloneRules,
): CloneSign | null {
  if (a.slot === b.slot && isAnotherDevice(a, b)) return "twoDevices";
  const reachKm = (rules.maxSpeedKmh * (elapsedMs + rules.clockErrorMs)) / hourMs;
  if (a.slot === b.slot && a.cell !== b.cell && gapKm(a.cell, b.cell) > reachKm) return "twoCells";
  const isTooFar = apartKm > rules.minDistanceKm;
  return isTooFar && apartKm * hourMs > rules.maxSpeedKmh * elapsedMs ? "impossibleTravel" : null;
}

/** Another radio, or the same radio with another key. */
function isAnotherDevice(a: SessionRecord, b: SessionRecord): boolean {
  if (a.deviceId !== b.deviceId) return true;
  return a.keyId !== null && b.keyId !== null && a.keyId !== b.keyId;
}

/** Between the positions; where one is not known, the least that the cells allow. */
function distanceBetween(a: SessionRecord, b: SessionRecord): number {
  if (a.position !== null && b.position !== null) return distanceKm(a.position, b.position);
  return a.cell === b.cell ? 0 : gapKm(a.cell, b.cell);
}

/** No point of one cell is nearer to any point of the other than this; 0 for cells that touch. */
function gapKm(a: string, b: string): number {
  return Math.max(0, distanceKm(cellCentre(a), cellCentre(b)) - radiusKm(a) - radiusKm(b));
}

/** Distance of a cell's farthest corner from its centre. */
function radiusKm(cell: string): number {
  const centre = cellCentre(cell);
  return Math.max(...cellBoundary(cell).map(corner => distanceKm(centre, corner)));
}

function innocentReadings(
  first: SessionRecord,
  second: SessionRecord,
  travel: {
    readonly apartKm: number;
    readonly elapsedMs: number;
    readonly speedKmh: number | null;
    readonly sign: CloneSign;
    readonly isBack: boolean;
  },
  rules: CloneRules,
): readonly InnocentReading[] {
  const { apartKm, elapsedMs, speedKmh, sign, isBack } = travel;
  const readings: InnocentReading[] = [];
  if (isAnotherDevice(first, second) && (first.keyId === null) !== (second.keyId === null)) {
    const [proved, other] = first.keyId === null ? [second, first] : [first, second];
    readings.push({
      reading: "impostor",
      because: `Only device ${proved.deviceId} has proved itself; device ${other.deviceId} uses the name and is not served.`,
    });
  }
  if (sign === "impossibleTravel" && isAnotherDevice(first, second) && !isBack) {
    readings.push({
      reading: "deviceSwap",
      because: `Device ${second.deviceId} was heard only after device ${first.deviceId}: an exchange under warranty looks like that.`,
    });
  }
  if (sign === "impossibleTravel" && speedKmh !== null && speedKmh <= rules.aircraftSpeedKmh) {
    readings.push({
      reading: "aircraft",
      because: `${Math.round(speedKmh)} km/h is what an aircraft with a strong wind behind it may reach.`,
    });
  }
  const leastKmh = (apartKm / (elapsedMs + rules.clockErrorMs)) * hourMs;
  if (sign === "impossibleTravel" && leastKmh <= rules.maxSpeedKmh) {
    readings.push({
      reading: "clockError",
      because: `If the two times are wrong by ${rules.clockErrorMs} ms against each other, it was no faster than ${Math.round(leastKmh)} km/h.`,
    });
  }
  return readings;
}
