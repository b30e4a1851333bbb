// SPDX-License-Identifier: MIT
import type { KeyObject } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { MessageChannel, Worker } from "node:worker_threads";
import { connectLinkEngine, type LinkEngineClient } from "@perigee/link";
import type { LinkWorkerData } from "./link-worker.ts";

/** How long a data plane that was told to end may take. */
const ENDING_MS = 2_000;

/** The data plane in its thread; disposing it ends the thread and with it every connection. */
export interface LinkThread extends AsyncDisposable {
  readonly engine: LinkEngineClient;
}

/**
 * Starts the data plane.
 *
 * @param onFailure - Called when the thread dies by itself: an operator without its data plane must stop.
 */
export function startLinkThread(
  options: Omit<LinkWorkerData, "port" | "authorityKey"> & { readonly authorityKey: KeyObject },
  onFailure: (error: Error) => void,
): LinkThread {
  const { port1, port2 } = new MessageChannel();
  const workerData: LinkWorkerData = {
    ...options,
    port: port2,
    authorityKey: options.authorityKey.export({ type: "spki", format: "der" }),
  };
  const worker = new Worker(new URL("./link-worker.ts", import.meta.url), {
    workerData,
    transferList: [port2],
    // Flags of this process, such as --test or --eval, are not for the data plane.
    execArgv: [],
  });
  worker.on("error", onFailure);
  const ended = new Promise(resolve => worker.once("exit", resolve));
  const engine = connectLinkEngine(port1);
  return {
    engine,
    async [Symbol.asyncDispose]() {
      await engine[Symbol.asyncDispose]();
      // With its sockets closed and its port gone the thread ends by itself. Terminated in the middle of that, Node can
      // wait for a handle for ever (Environment::CleanupHandles, Node 24).
      await Promise.race([ended, sleep(ENDING_MS, undefined, { ref: false })]);
      await worker.terminate();
    },
  };
}
