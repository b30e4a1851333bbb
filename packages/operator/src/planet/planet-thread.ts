// SPDX-License-Identifier: MIT
import { Worker } from "node:worker_threads";
import type { PlanetNews, PlanetOrder, PlanetWorkerData } from "./planet-messages.ts";

/** The planet's planner in its thread; disposing it ends the thread. */
export interface PlanetThread extends AsyncDisposable {
  order(order: PlanetOrder): void;
}

/** What its garbage collector may hold at most; tables and plans are not in it. */
const HEAP_MB = 768;

/**
 * Starts the planet's planner.
 *
 * @param onNews - Called with whatever it has to say.
 * @param onFailure - Called once when the thread dies by itself. The operator goes on without the planet.
 */
export function startPlanetThread(
  workerData: PlanetWorkerData,
  onNews: (news: PlanetNews) => void,
  onFailure: (error: Error) => void,
): PlanetThread {
  const worker = new Worker(new URL("./planet-worker.ts", import.meta.url), {
    workerData,
    // Flags of this process, such as --test or --eval, are not for the planet.
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
  });
  worker.on("message", onNews);
  worker.on("error", onFailure);
  worker.on("messageerror", onFailure);
  return {
    order: order => worker.postMessage(order),
    async [Symbol.asyncDispose]() {
      worker.off("error", onFailure);
      await worker.terminate();
    },
  };
}
