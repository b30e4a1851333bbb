// SPDX-License-Identifier: MIT
import type { Elements } from "../elements.ts";
import type { Layout } from "../kernel/layout.ts";
import { createPart, type Job, type KernelName, type Part } from "../kernel/part.ts";
import { instantiate, type WasmMemory } from "../kernel/wasm.ts";

/** What a thread is told: first its part of the fleet and the memory shared by all, then one job after another. */
export type Request =
  | {
      readonly kind: "prepare";
      readonly elements: readonly Elements[];
      readonly from: number;
      readonly layout: Layout;
      readonly kernel: KernelName;
      readonly memory: WasmMemory | SharedArrayBuffer;
    }
  | { readonly kind: "run"; readonly job: Job };

/** What it answers to each, when all numbers stand in the memory. */
export type Reply =
  | { readonly ok: true; readonly fullModelCount: number }
  | { readonly ok: false; readonly message: string };

/** The inside of a thread: a function from requests to replies. */
export function createServer(): (request: Request) => Reply {
  let part: Part | undefined;
  return request => {
    try {
      if (request.kind === "prepare") {
        const { elements, from, layout, kernel, memory } = request;
        const wasm = "buffer" in memory ? instantiate(memory, "shared") : undefined;
        const buffer = "buffer" in memory ? memory.buffer : memory;
        part = createPart(elements, from, layout, buffer, wasm, kernel === "satellite.js");
      } else {
        part?.run(request.job);
      }
      return { ok: true, fullModelCount: part?.fullModelCount ?? 0 };
    } catch (error) {
      return { ok: false, message: error instanceof Error ? error.message : String(error) };
    }
  };
}
