// SPDX-License-Identifier: MIT
// What the operator meets of the world: words, transmissions, answers. The truth goes no further than this file.
import type { CountryDays, Visit } from "@perigee/casework";
import { boundaryViews, cellAt, placeOf } from "@perigee/earth";
import {
  createDevices,
  createRanging,
  createWorld,
  defaultRangingTruth,
  type Question,
  type RangingSample,
  type RangingVisit,
  type Reply,
} from "@perigee/world";
import type { Spot } from "./area.ts";
import { dayMs, startMs } from "./calendar.ts";
import { type Scenario, worldOf } from "./scenario.ts";

/** A radio that the network hears, and the cell whose beam hears it. */
export interface Heard {
  readonly terminalId: string;
  readonly deviceId: string;
  readonly cell: string;
}

export interface Field {
  /** What terminals say of their places; who has no power says nothing. */
  reportsAt(atMs: number): ReadonlyMap<string, Spot>;
  heardAt(atMs: number): readonly Heard[];
  measure(deviceId: string, visits: readonly RangingVisit[]): readonly RangingSample[];
  /** A device's answer to a question of who it is. */
  answer(deviceId: string, question: Question, atMs: number): Reply | null;
  /** Tells a transmitter to be silent, or that it may speak again. */
  tell(deviceId: string, transmit: "off" | "on", atMs: number): void;
  /** The key that a terminal's maker enrolled. */
  enrolment(terminalId: string): string;
  /** What was kept of the days before: the cell whose beam heard a terminal, and the country that it said it was in. */
  history(untilMs: number): {
    readonly visits: readonly Visit[];
    readonly countryDays: readonly CountryDays[];
  };
  /** Puts a new key into the device that the holder brings to a desk; the new enrolment. */
  rekey(terminalId: string): string;
}

/**
 * Sets a scenario going.
 *
 * @param noise how many times worse ranges are than the network believes
 */
export function fieldOf(scenario: Scenario, noise = 1): Field {
  const terminals = worldOf(scenario);
  const seed = `claim-to-cut-off/${scenario.seed}`;
  const world = createWorld(terminals, startMs);
  const devices = createDevices(terminals, startMs, seed);
  const { rangeNoiseKm, satelliteBiasKm } = defaultRangingTruth;
  const ranging = createRanging(terminals, startMs, seed, {
    truth: {
      ...defaultRangingTruth,
      rangeNoiseKm: noise * rangeNoiseKm,
      satelliteBiasKm: noise * satelliteBiasKm,
    },
  });
  const rekeyed = new Map<string, ReturnType<typeof createDevices>>();
  let sequence = 0;
  return {
    reportsAt: atMs => new Map(world.reportsAt(atMs).map(report => [report.terminalId, report])),
    heardAt: atMs =>
      devices.transmitting(atMs).map(({ terminalId, deviceId, latDeg, lonDeg }) => ({
        ...{ terminalId, deviceId, cell: cellAt(latDeg, lonDeg) },
      })),
    measure: (deviceId, visits) => ranging.measure(deviceId, visits),
    answer: (deviceId, question, atMs) => (rekeyed.get(deviceId) ?? devices).answer(deviceId, question, atMs),
    tell: (deviceId, transmit, atMs) =>
      devices.command(deviceId, { sequence: ++sequence, transmit, sparesEmergency: true }, atMs),
    enrolment: terminalId => devices.enrolment(terminalId),
    history(untilMs) {
      const rows = scenario.truth.map(({ id, really, says, cameMs }) => {
        const said = says ?? really;
        const { country } = placeOf(said.latDeg, said.lonDeg, boundaryViews.un);
        return { id, cell: BigInt(`0x${cellAt(really.latDeg, really.lonDeg)}`), country, cameMs };
      });
      return {
        visits: rows.map(({ id, cell, country, cameMs }) => ({
          ...{ terminal: id, account: null, cell, country, fromMs: cameMs, untilMs },
        })),
        countryDays: rows.map(({ id, country, cameMs }) => ({
          terminal: id,
          stays: daysFrom(cameMs, untilMs).map(day => ({
            day,
            countries: country === null ? [] : [country],
          })),
        })),
      };
    },
    rekey(terminalId) {
      const own = terminals.filter(({ id }) => id === terminalId);
      const renewed = createDevices(own, startMs, `${seed}/renewed`);
      rekeyed.set(`${terminalId}/0`, renewed);
      return renewed.enrolment(terminalId);
    },
  };
}

/** Days since 1970 (UTC) from one instant to another, at most a year of them. */
function daysFrom(fromMs: number, untilMs: number): readonly number[] {
  const last = Math.floor(untilMs / dayMs);
  const first = Math.max(Math.floor(fromMs / dayMs), last - 365);
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}
