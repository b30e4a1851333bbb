// SPDX-License-Identifier: MIT
import { positionOnTrack, type Track } from "./track.ts";

/** Seconds since the scenario's start; the last one is outside. */
export interface Interval {
  readonly fromS: number;
  readonly untilS: number;
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
}

/** Another device that goes under the terminal's name. */
export interface Clone {
  readonly track: Track;
  readonly off: readonly Interval[];
  /** Whether the key was copied too; otherwise it repeats what it overhears. */
  readonly hasKey: boolean;
}

/** A terminal as it really is. */
export interface WorldTerminal {
  readonly id: string;
  readonly track: Track;
  /** Intervals, in seconds since the start, during which the terminal has no power and reports nothing. */
  readonly off: readonly Interval[];
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
   * The reports that terminals send at a moment, one for each that is powered. A pure function of the moment: asking
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
        .filter(terminal => !terminal.off.some(o => atS >= o.fromS && atS < o.untilS))
        .map(terminal => {
          const { latDeg, lonDeg } = positionOnTrack(terminal.track, atS);
          return { terminalId: terminal.id, atMs, latDeg, lonDeg };
        });
    },
  };
}
