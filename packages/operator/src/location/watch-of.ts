// SPDX-License-Identifier: MIT
import { cellAt } from "@perigee/earth";
import { createRanging, type WorldDevices, type WorldTerminal } from "@perigee/world";
import type { NetworkService } from "../network-service.ts";
import { LocationWatch } from "./location-watch.ts";
import { RoundSky } from "./round-sky.ts";

/** What a watch over the simulated terminals is made of. */
export interface WatchedWorld {
  readonly network: NetworkService;
  readonly terminals: readonly WorldTerminal[];
  /** Who transmits: the same devices that the loop listens to. */
  readonly devices: Pick<WorldDevices, "transmitting">;
  /** UTC ms that tracks and scripts count from. */
  readonly startMs: number;
  readonly seed: number;
  /** Terminals that were contradicted before a restart. */
  readonly suspected?: readonly string[];
}

/**
 * A watch over where the simulated terminals are. What it gets to know of the truth is what a network would: round trips, and
 * the cell whose beam a device is heard in.
 */
export function watchOf({
  network,
  terminals,
  devices,
  startMs,
  seed,
  suspected = [],
}: WatchedWorld): LocationWatch {
  return new LocationWatch({
    ...{ sky: new RoundSky(network), seed, suspected },
    ranger: createRanging(terminals, startMs, seed),
    heardAt: atMs =>
      devices.transmitting(atMs).map(({ terminalId, deviceId, latDeg, lonDeg }) => ({
        ...{ terminalId, deviceId },
        cell: cellAt(latDeg, lonDeg),
      })),
  });
}
