// SPDX-License-Identifier: MIT
import { Worker } from "node:worker_threads";
import type { CellTerritory } from "../planet/permissions.ts";

/** Resolution of the cells under which the map is looked at from afar. */
export const FAR_RESOLUTION = 3;

/** All cells that hold land, and whose their centres are under one view. */
export interface LandCells {
  /** H3 indices of resolution 5, in order. */
  readonly id: BigUint64Array;
  readonly latDeg: Float64Array;
  readonly lonDeg: Float64Array;
  /** Index into `territories`, per cell. */
  readonly territoryOf: Uint16Array;
  readonly territories: readonly CellTerritory[];
  /** Cells of resolution {@link FAR_RESOLUTION} that hold any of them, in order. */
  readonly parent: BigUint64Array;
  /** Cells of parent p: rows `offset[p]` to `offset[p + 1] - 1`. */
  readonly offset: Int32Array;
}

/** What the worker is asked for. */
export interface LandCellsOrder {
  /** Folder in which the planet's cells are kept once they are worked out. */
  readonly folder: string;
  readonly viewId: string;
}

/** Works all land out beside this thread: that takes seconds, the first time. */
export function loadLandCells(order: LandCellsOrder): Promise<LandCells> {
  const { promise, resolve, reject } = Promise.withResolvers<LandCells>();
  const worker = new Worker(new URL("./land-cells-worker.ts", import.meta.url), {
    workerData: order,
    // Flags of this process, such as --test or --eval, are not for the worker.
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: 512 },
  });
  worker.once("message", resolve);
  worker.once("error", reject);
  worker.once("exit", code =>
    reject(new Error(`the land's cells were not made: the worker ended with ${code}`)),
  );
  // Nobody waits for it at the end of the process.
  worker.unref();
  return promise;
}
