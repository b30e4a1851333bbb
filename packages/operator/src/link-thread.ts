// SPDX-License-Identifier: MIT
import type { KeyObject } from "node:crypto";
import { MessageChannel, Worker } from "node:worker_threads";
import { connectLinkEngine, type LinkEngineClient } from "@perigee/link";
import type { LinkWorkerData } from "./link-worker.ts";

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
  const engine = connectLinkEngine(port1);
  return {
    engine,
    async [Symbol.asyncDispose]() {
      await engine[Symbol.asyncDispose]();
      await worker.terminate();
    },
  };
}
