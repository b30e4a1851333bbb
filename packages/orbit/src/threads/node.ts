// SPDX-License-Identifier: MIT

/**
 * `@perigee/orbit/threads`: propagation on several threads. Apart from the main entry, because threads are not the
 * same thing in Node and in a browser; this is Node's.
 *
 * @packageDocumentation
 */
import { Worker } from "node:worker_threads";
import type { Elements } from "../elements.ts";
import { createParallel, type ParallelOptions, type ParallelPropagator, type Thread } from "./parallel.ts";
import type { Reply } from "./serve.ts";

export type { ParallelOptions, ParallelPropagator } from "./parallel.ts";

/**
 * Starts `threads` threads and prepares `elements` on them. Idle threads do not keep the process alive. Rejects with
 * RangeError if satellites times instants do not fit into 4 GiB, or a forced kernel does not run here.
 */
export function createParallelPropagator(
  elements: readonly Elements[],
  options: ParallelOptions,
): Promise<ParallelPropagator> {
  return createParallel(elements, options, startThread);
}

function startThread(): Thread {
  // Flags of this process, such as --test or --eval, are not for the thread.
  const worker = new Worker(new URL("./worker-node.ts", import.meta.url), { execArgv: [] });
  let failure: Error | undefined;
  let waiting: { resolve: (reply: Reply) => void; reject: (error: Error) => void } | undefined;
  const fail = (error: Error): void => {
    failure ??= error;
    waiting?.reject(failure);
  };
  worker.on("message", (reply: Reply) => {
    worker.unref();
    waiting?.resolve(reply);
  });
  worker.on("error", fail);
  worker.on("exit", () => fail(new Error("the propagation thread has ended")));
  return {
    ask: request =>
      new Promise((resolve, reject) => {
        if (failure !== undefined) return reject(failure);
        waiting = { resolve, reject };
        worker.ref();
        worker.postMessage(request);
      }),
    async end() {
      await worker.terminate();
    },
  };
}
