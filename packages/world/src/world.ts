// SPDX-License-Identifier: MIT
import { claimUnder, lieAt, type RangingLie } from "./ranging-script.ts";
import type { Obstacle } from "./sky.ts";
import { positionOnTrack, type Track } from "./track.ts";
import type { TrafficScript } from "./traffic.ts";

/** Seconds since the scenario's start; the last one is outside. */
export interface Interval {
  readonly fromS: number;
  readonly untilS: number;
}

/** Whether a moment, in seconds since the start, lies in one of the intervals. */
export function isWithin(intervals: readonly Interval[] = [], atS: number): boolean {
  return intervals.some(({ fromS, untilS }) => atS >= fromS && atS < untilS);
}

/** What a device does besides moving, and where it does not do as it should. */
export interface DeviceScript {
  /** When it signs with a key that is not the terminal's. */
  readonly wrongKey?: readonly Interval[];
  /** When it answers with what was last said on the air in the terminal's name. */
  readonly replays?: readonly Interval[];
  /** When it calls for help. */
  readonly emergency?: readonly Interval[];
  /** How long it takes to fall silent on order, ms; 0 if absent. */
  readonly ceaseMs?: number;
  readonly ignoresTxOff?: boolean;
  readonly ignoresReject?: boolean;
  /** How it lies about where it is: in its reports, and in how it answers whoever measures it. */
  readonly ranging?: readonly RangingLie[];
}

/** Another device that goes under the terminal's name. */
export interface Clone {
  readonly track: Track;
  readonly off: readonly Interval[];
  /** Whether the key was copied too; otherwise it repeats what it overhears. */
  readonly hasKey: boolean;
}

/** A device on the network behind a terminal. */
export interface HomeClient {
  /** As it calls itself to the router. */
  readonly name: string;
  readonly connection: "ethernet" | "2.4GHz" | "5GHz";
}

/** The network behind a terminal: its router's wireless name and who is on it. */
export interface Home {
  readonly networkName?: string;
  /** The router only passes on; another one does its work. */
  readonly bypass?: boolean;
  readonly clients?: readonly HomeClient[];
}

/** A terminal as it really is. */
export interface WorldTerminal {
  readonly id: string;
  readonly track: Track;
  /** Intervals, in seconds since the start, during which the terminal has no power and reports nothing. */
  readonly off: readonly Interval[];
  /** When it is too hot to transmit. */
  readonly overheated?: readonly Interval[];
  /** What is asked of it; a household where absent. */
  readonly traffic?: TrafficScript;
  /** What takes sky from it; nothing where absent. */
  readonly sky?: readonly Obstacle[];
  readonly home?: Home;
  readonly device?: DeviceScript;
  readonly clones?: readonly Clone[];
}

/** What a terminal says about its position: the only thing that leaves this room. */
export interface LocationReport {
  readonly terminalId: string;
  /** UTC milliseconds of the fix. */
  readonly atMs: number;
  readonly latDeg: number;
  readonly lonDeg: number;
}

/** The simulated truth at any moment. */
export interface World {
  /**
   * The reports that terminals send at a moment, one for each that is powered: what it says, true or not. A pure function of the moment: asking
   * twice, or for a moment in the past, gives the same answer.
   */
  reportsAt(atMs: number): readonly LocationReport[];
}

/**
 * Sets the truth going.
 *
 * @param terminals - Who exists and how they move.
 * @param startMs - UTC milliseconds that the tracks' seconds count from.
 */
export function createWorld(terminals: readonly WorldTerminal[], startMs: number): World {
  return {
    reportsAt(atMs) {
      const atS = (atMs - startMs) / 1000;
      return terminals
        .filter(terminal => !isWithin(terminal.off, atS))
        .map(terminal => {
          const lie = lieAt(terminal.device?.ranging ?? [], atS);
          const { latDeg, lonDeg } = claimUnder(lie, positionOnTrack(terminal.track, atS));
          return { terminalId: terminal.id, atMs, latDeg, lonDeg };
        });
    },
  };
}
