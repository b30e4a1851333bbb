// SPDX-License-Identifier: MIT

/**
 * `@perigee/orbit/threads` in a browser; see `node.ts`. The page must be cross-origin isolated, or there is no shared
 * memory and the promise rejects with a RangeError.
 *
 * @packageDocumentation
 */
import type { Elements } from "../elements.ts";
import { createParallel, type ParallelOptions, type ParallelPropagator, type Thread } from "./parallel.ts";
import type { Reply, Request } from "./serve.ts";

export type { ParallelOptions, ParallelPropagator } from "./parallel.ts";

/** What is used of a browser's `Worker`. */
interface WebWorker {
  onmessage: ((event: { readonly data: Reply }) => void) | null;
  onerror: ((event: { readonly message?: string }) => void) | null;
  postMessage(message: unknown): void;
  terminate(): void;
}

declare const Worker: new (url: URL, options: { type: "module" }) => WebWorker;

/** As in Node: starts `threads` threads and prepares `elements` on them. */
export function createParallelPropagator(
  elements: readonly Elements[],
  options: ParallelOptions,
): Promise<ParallelPropagator> {
  return createParallel(elements, options, startThread);
}

function startThread(): Thread {
  const worker = new Worker(new URL("./worker-browser.ts", import.meta.url), { type: "module" });
  let failure: Error | undefined;
  let waiting: { resolve: (reply: Reply) => void; reject: (error: Error) => void } | undefined;
  const fail = (error: Error): void => {
    failure ??= error;
    waiting?.reject(failure);
  };
  const ask = (request?: Request): Promise<Reply> =>
    new Promise((resolve, reject) => {
      if (failure !== undefined) return reject(failure);
      waiting = { resolve, reject };
      if (request !== undefined) worker.postMessage(request);
    });
  worker.onmessage = event => waiting?.resolve(event.data);
  worker.onerror = event => fail(new Error(event.message ?? "the propagation thread has failed"));
  // What is sent to a module before it has been evaluated is lost: the thread speaks first.
  const ready = ask();
  ready.catch(() => undefined);
  return {
    ask: request => ready.then(() => ask(request)),
    async end() {
      worker.terminate();
      fail(new Error("the propagation thread has ended"));
    },
  };
}
