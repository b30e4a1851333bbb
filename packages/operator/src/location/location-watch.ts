// SPDX-License-Identifier: MIT
import { createHash } from "node:crypto";
import type { LocationVerdict } from "@perigee/authority";
import { cellCentre } from "@perigee/earth";
import {
  createLocator,
  type Encounter,
  encounterOf,
  type Judgement,
  type PositionFix,
  type RangeMeasurement,
} from "@perigee/locate";
import type { RangingVisit, WorldRanging } from "@perigee/world";
import {
  type LatestFinding,
  LEAST_SATELLITES,
  LocationStandings,
  type NewEvidence,
} from "./location-standings.ts";
import { type ReportedSpot, reducedTo } from "./reduced.ts";
import { ROUND_SLOTS, type RoundSky, type RoundVisits } from "./round-sky.ts";

/** A device that the network hears: whose name it uses, and the cell whose beam it is heard in. */
export interface HeardDevice {
  readonly terminalId: string;
  readonly deviceId: string;
  readonly cell: string;
}

/** What rounds need to know of a terminal. */
export interface LocatedTerminal {
  readonly id: string;
  /** Its last report. */
  readonly last: (ReportedSpot & { readonly cell: string }) | null;
  /** Whether it may hold a link: who may not is silent, and is not asked. */
  readonly isLinked: boolean;
  readonly isInSpecialZone: boolean;
  /** Whether it is known that two devices use its name. */
  readonly isCloneSuspect: boolean;
}

/** Devices of one name at places that no one device could have been at. */
export interface FoundEncounter {
  readonly terminalId: string;
  readonly slot: number;
  readonly deviceIds: readonly [string, string];
  readonly encounter: Encounter;
  /** Satellites that each was measured by. */
  readonly satellites: readonly [number, number];
}

/** What a slot's measurements came to. */
export interface LocatedSlot {
  /** What admission goes by from now on; who is not named is held nothing against. */
  readonly verdicts: ReadonlyMap<string, LocationVerdict>;
  readonly evidence: readonly NewEvidence[];
  readonly encounters: readonly FoundEncounter[];
}

/** How far around its cell's middle a device is heard in the cell's beam: no place beyond can be its own. */
const BEAM_KM = 60;
/** Everybody is measured so often, without a cause; rounds. 4 hours. */
const ROTA_ROUNDS = 240;
/** Rounds that run at once: what one thread judges within the time that a slot's preparation has. */
const MOST_ROUNDS = 1_000;

interface RunningDevice {
  readonly deviceId: string;
  readonly cell: string;
  readonly visits: RoundVisits;
  readonly measurements: RangeMeasurement[];
}

interface RunningRound {
  readonly devices: readonly RunningDevice[];
  readonly reports: ReportedSpot[];
  readonly isRequested: boolean;
}

export interface LocationWatchOptions {
  readonly sky: RoundSky;
  /** Times the answers of devices. */
  readonly ranger: Pick<WorldRanging, "measure">;
  /** Devices that transmit at an instant, UTC ms. */
  readonly heardAt: (atMs: number) => readonly HeardDevice[];
  readonly seed: number;
  /** Terminals that were contradicted before a restart. */
  readonly suspected?: Iterable<string>;
}

/**
 * Measures where terminals are, a round of four slots at a time: whoever is in a special zone, was contradicted, or uses a
 * name with another device, all the time; whom somebody asks for, next; everybody else now and then. Ordinary service
 * is not judged: a link has one satellite, and one satellite leaves two places.
 *
 * Works by what the network hears and measures. What a terminal says of its place is the claim that is judged and nothing more.
 */
export class LocationWatch {
  readonly #options: LocationWatchOptions;
  readonly #locator = createLocator();
  readonly #standings: LocationStandings;
  readonly #requested = new Set<string>();
  /** Due by the rota, and not heard since. */
  readonly #waiting = new Set<string>();
  readonly #turns = new Map<string, number>();
  #running = new Map<string, RunningRound>();
  #fromSlot = Number.NEGATIVE_INFINITY;
  /** The slot that was stepped last, and who was heard at its start. */
  #last: { readonly slot: number; readonly heard: ReadonlySet<string> } | null = null;

  constructor(options: LocationWatchOptions) {
    this.#options = options;
    this.#standings = new LocationStandings(options.suspected ?? []);
  }

  /** Has a terminal measured in the next round that begins while it is heard. */
  requestRound(terminalId: string): void {
    this.#requested.add(terminalId);
  }

  /** Whether it is being measured, or waits for a round that somebody asked for. */
  isAwaited(terminalId: string): boolean {
    return this.#running.has(terminalId) || this.#requested.has(terminalId);
  }

  latest(terminalId: string): LatestFinding | null {
    return this.#standings.latest(terminalId);
  }

  /**
   * Takes in what was measured in the slot before, judges the rounds that it ended, and begins others. Slots come in order; one
   * that comes again is only judged anew.
   *
   * @param nowMs - when a slot is prepared: later than every question of the one before.
   */
  step(slot: number, nowMs: number, terminals: readonly LocatedTerminal[]): LocatedSlot {
    const encounters: FoundEncounter[] = [];
    const requested = new Set<string>();
    if (slot !== this.#last?.slot) {
      const byId = new Map(terminals.map(terminal => [terminal.id, terminal]));
      this.#collect(slot, byId);
      if (slot - this.#fromSlot >= ROUND_SLOTS) {
        for (const [id, round] of this.#running) {
          if (round.isRequested) requested.add(id);
          const found = this.#judge(id, round, slot);
          if (found !== null) encounters.push(found);
        }
        this.#running = new Map();
      }
      const heard = this.#options.heardAt(nowMs);
      if (slot % ROUND_SLOTS === 0) this.#begin(slot, terminals, heard);
      this.#last = { slot, heard: new Set(heard.map(({ deviceId }) => deviceId)) };
    }
    return { ...this.#standings.find(nowMs, terminals, requested), encounters };
  }

  /** What the devices answered that were heard when the last slot began. */
  #collect(slot: number, terminals: ReadonlyMap<string, LocatedTerminal>): void {
    for (const [id, { devices, reports }] of this.#running) {
      const last = terminals.get(id)?.last;
      if (last && last.atMs > (reports.at(-1)?.atMs ?? Number.NEGATIVE_INFINITY)) reports.push(spotOf(last));
      if (this.#last === null || this.#last.slot !== slot - 1) continue;
      for (const { deviceId, cell, visits, measurements } of devices) {
        if (!this.#last.heard.has(deviceId)) continue;
        const asked: readonly RangingVisit[] = visits[this.#last.slot - this.#fromSlot] ?? [];
        const beam = { ...cellCentre(cell), radiusKm: BEAM_KM };
        for (const answer of this.#options.ranger.measure(deviceId, asked))
          measurements.push({ ...answer, beam });
      }
    }
  }

  #begin(slot: number, terminals: readonly LocatedTerminal[], heard: readonly HeardDevice[]): void {
    const devices = Map.groupBy(heard, ({ terminalId }) => terminalId);
    const due: { readonly terminal: LocatedTerminal; readonly rank: number }[] = [];
    for (const terminal of terminals) {
      const { id, isLinked, last } = terminal;
      if (this.#turnOf(id) === (slot / ROUND_SLOTS) % ROTA_ROUNDS) this.#waiting.add(id);
      const rank = this.#rankOf(terminal, devices.get(id)?.length ?? 0);
      if (rank !== null && isLinked && last !== null && devices.has(id)) due.push({ terminal, rank });
    }
    due.sort(
      (a, b) =>
        a.rank - b.rank || this.#standings.judgedMs(a.terminal.id) - this.#standings.judgedMs(b.terminal.id),
    );
    for (const { terminal } of due.slice(0, MOST_ROUNDS)) {
      const { id, last } = terminal;
      this.#running.set(id, {
        devices: devices.get(id)!.map(({ deviceId, cell }) => ({
          ...{ deviceId, cell, visits: this.#options.sky.over(cell, slot) },
          measurements: [],
        })),
        reports: [spotOf(last!)],
        isRequested: this.#requested.delete(id),
      });
      this.#waiting.delete(id);
    }
    this.#fromSlot = slot;
  }

  /** Who comes first where there are more than can be measured; `null`: not due. */
  #rankOf({ id, isInSpecialZone, isCloneSuspect }: LocatedTerminal, devices: number): number | null {
    if (this.#requested.has(id)) return 0;
    if (this.#standings.isSuspected(id)) return 1;
    if (devices > 1 && !isCloneSuspect) return 2;
    if (isInSpecialZone) return 3;
    return this.#waiting.has(id) ? 4 : null;
  }

  /** Judges a round. Of several devices under one name, that is judged from which the report may best have come. */
  #judge(terminalId: string, { devices, reports }: RunningRound, slot: number): FoundEncounter | null {
    const answered = devices.filter(({ measurements }) => measurements.length > 0);
    const claim = reports.at(-1)!;
    const judgements = answered.flatMap(({ measurements }) => {
      const window = { measurements: reducedTo(measurements, reports), heightKm: 0 };
      const judged = this.#locator.judge(window, claim);
      // Answers that no terminal can give are no measurements; and who is not measured is not confirmed.
      return judged.ok ? [judged.value] : [];
    });
    const best = judgements.reduce<Judgement | null>(
      (likeliest, next) => (likeliest === null || next.chance > likeliest.chance ? next : likeliest),
      null,
    );
    if (best !== null) this.#standings.add(terminalId, best);
    return answered.length < 2 ? null : this.#encounter(terminalId, answered, slot);
  }

  /** The first two devices that cannot be one. Each is measured where it is, whatever is claimed. */
  #encounter(terminalId: string, devices: readonly RunningDevice[], slot: number): FoundEncounter | null {
    const fixes = devices.flatMap(({ deviceId, measurements }) => {
      const located = this.#locator.locate({ measurements, heightKm: 0 });
      return located.ok ? [{ deviceId, fix: located.value }] : [];
    });
    for (const [i, a] of fixes.entries()) {
      for (const b of fixes.slice(i + 1)) {
        if (!isSound(a.fix) || !isSound(b.fix)) continue;
        const encounter = encounterOf(a.fix, b.fix);
        if (encounter?.impossible !== true) continue;
        return {
          ...{ terminalId, slot, encounter, deviceIds: [a.deviceId, b.deviceId] },
          satellites: [a.fix.satellites, b.fix.satellites],
        };
      }
    }
    return null;
  }

  /** Its place in the rota: a draw from the seed and its name, so that a run can be repeated and nobody can foresee it. */
  #turnOf(id: string): number {
    let turn = this.#turns.get(id);
    if (turn === undefined) {
      const digest = createHash("sha256").update(`rota ${this.#options.seed} ${id}`).digest();
      turn = digest.readUInt32BE(0) % ROTA_ROUNDS;
      this.#turns.set(id, turn);
    }
    return turn;
  }
}

const spotOf = ({ atMs, latDeg, lonDeg }: ReportedSpot): ReportedSpot => ({ atMs, latDeg, lonDeg });

const isSound = ({ satellites, freedom }: PositionFix): boolean =>
  satellites >= LEAST_SATELLITES && freedom > 0;
