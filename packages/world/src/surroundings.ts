// SPDX-License-Identifier: MIT
import { seedOf } from "./draw.ts";
import { type SkyMask, skyMask } from "./sky.ts";
import { positionOnTrack } from "./track.ts";
import { createTraffic, type Demand, ordinaryTraffic, type Traffic, trafficUsers } from "./traffic.ts";
import { type Home, isWithin, type WorldTerminal } from "./world.ts";

/** How a terminal fares: it works, has no power, or is so hot that it shuts its radio down. */
export type TerminalCondition = "normal" | "unplugged" | "overheated";

/** What is around terminals, and what is asked of them: what a terminal itself notices, besides where it is. */
export interface Surroundings {
  /** What the network behind it asks for at a moment, bits per second; nothing without power. */
  demandOf(terminalId: string, atMs: number): Demand;
  /** What stands in the way of its view; `null`: an open sky. */
  skyOf(terminalId: string): SkyMask | null;
  conditionOf(terminalId: string, atMs: number): TerminalCondition;
  /** The network behind it; `null` where the scenario does not describe one. */
  homeOf(terminalId: string): Home | null;
  /** How many people use it, as far as its traffic says; 0: only machines. */
  usersOf(terminalId: string): number;
}

interface Place {
  readonly terminal: WorldTerminal;
  readonly users: number;
  readonly sky: SkyMask | null;
  /** Made when it is first asked for: of a hundred thousand terminals few are looked at. */
  traffic: Traffic | null;
}

/**
 * Sets up what is around the terminals.
 *
 * @param startMs - UTC milliseconds that tracks and scripts count from.
 * @param seed - Of the scenario; each terminal's own seed follows from it and from its name.
 * @throws RangeError from every question about a terminal that does not exist.
 */
export function createSurroundings(
  terminals: readonly WorldTerminal[],
  startMs: number,
  seed: string | number,
): Surroundings {
  const places = new Map<string, Place>(
    terminals.map(terminal => [
      terminal.id,
      {
        terminal,
        users: trafficUsers(terminal.traffic ?? ordinaryTraffic),
        sky: skyMask(terminal.sky ?? [], seedOf(seed, terminal.id, "sky")),
        traffic: null,
      },
    ]),
  );
  const placeOf = (terminalId: string): Place => {
    const place = places.get(terminalId);
    if (place === undefined) throw new RangeError(`There is no terminal "${terminalId}" in the world.`);
    return place;
  };
  const secondsAt = (atMs: number): number => (atMs - startMs) / 1_000;

  return {
    demandOf(terminalId, atMs) {
      const place = placeOf(terminalId);
      const { terminal } = place;
      if (isWithin(terminal.off, secondsAt(atMs))) return nothing;
      place.traffic ??= createTraffic(
        terminal.traffic ?? ordinaryTraffic,
        seedOf(seed, terminal.id, "traffic"),
        ms => positionOnTrack(terminal.track, secondsAt(ms)).lonDeg,
      );
      return place.traffic.at(atMs);
    },
    skyOf: terminalId => placeOf(terminalId).sky,
    conditionOf(terminalId, atMs) {
      const { terminal } = placeOf(terminalId);
      const atS = secondsAt(atMs);
      if (isWithin(terminal.off, atS)) return "unplugged";
      return isWithin(terminal.overheated, atS) ? "overheated" : "normal";
    },
    homeOf: terminalId => placeOf(terminalId).terminal.home ?? null,
    usersOf: terminalId => placeOf(terminalId).users,
  };
}

const nothing: Demand = { downBps: 0, upBps: 0 };
