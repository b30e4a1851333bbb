// SPDX-License-Identifier: MIT
import type { BulkOptions } from "../bulk.ts";
import type { Elements } from "../elements.ts";
import { type BulkStates, bulkStates, viewsOf } from "../kernel/fleet.ts";
import { layoutOf, layoutOfPart, TILE } from "../kernel/layout.ts";
import type { Frame, Job, KernelName } from "../kernel/part.ts";
import { createMemory, hasWasm, RESERVED_BYTES, type WasmMemory } from "../kernel/wasm.ts";
import type { Reply, Request } from "./serve.ts";

/** One thread as its owner sees it: a request goes in, a reply comes out. Rejects if the thread dies. */
export interface Thread {
  ask(request: Request): Promise<Reply>;
  end(): Promise<void>;
}

/** How a {@link ParallelPropagator} is made. */
export interface ParallelOptions extends BulkOptions {
  /** 1 to 256; more than there are cores gains nothing. */
  readonly threads: number;
}

/**
 * SGP4/SDP4 on several threads over one shared memory. The bytes of the answer are those of a `BulkPropagator`,
 * whatever the number of threads. Calls are worked off in their order; an answer is valid until the next call
 * begins. Ends its threads on disposal.
 */
export interface ParallelPropagator extends AsyncDisposable {
  readonly count: number;
  readonly capacity: number;
  readonly kernel: KernelName;
  readonly fullModelCount: number;
  readonly threads: number;
  propagate(atMs: ArrayLike<number>, frame?: Frame): Promise<BulkStates>;
  propagateSinceEpoch(minutes: ArrayLike<number>): Promise<BulkStates>;
}

const MAX_THREADS = 256;

/** The part of {@link ParallelPropagator} that is the same in Node and in a browser: `start` starts one thread. */
export async function createParallel(
  elements: readonly Elements[],
  options: ParallelOptions,
  start: () => Thread,
): Promise<ParallelPropagator> {
  const { capacity, threads: wanted } = options;
  if (!Number.isSafeInteger(wanted) || wanted < 1 || wanted > MAX_THREADS)
    throw new RangeError(`${wanted} threads: it must be a whole number from 1 to ${MAX_THREADS}`);
  if (typeof SharedArrayBuffer === "undefined")
    throw new RangeError("threads need shared memory, which a page has only if it is cross-origin isolated");
  const kernel = options.kernel ?? (hasWasm("shared") ? "f64x2" : "typescript");
  const tiles = Math.ceil(elements.length / TILE);
  const count = Math.max(1, Math.min(wanted, tiles));
  const simd = kernel === "f64x2";
  if (simd && !hasWasm("shared")) throw new RangeError("the f64x2 kernel does not run here");
  const layout = layoutOf(elements.length, capacity, simd ? RESERVED_BYTES : 0, count);
  const memory: WasmMemory | SharedArrayBuffer = simd
    ? createMemory(layout.bytes, "shared")
    : new SharedArrayBuffer(layout.bytes);
  const views = viewsOf(layout, "buffer" in memory ? memory.buffer : memory);

  const threads = Array.from({ length: count }, start);
  const askAll = async (requestOf: (thread: number) => Request): Promise<number> => {
    const replies = await Promise.all(threads.map((thread, k) => thread.ask(requestOf(k))));
    return replies.reduce((sum, reply) => {
      if (!reply.ok) throw new RangeError(reply.message);
      return sum + reply.fullModelCount;
    }, 0);
  };
  const end = async (): Promise<void> => {
    await Promise.all(threads.map(thread => thread.end()));
  };
  /** Where part `k` begins: whole tiles, as even as they go. */
  const beginOf = (k: number): number => Math.min(elements.length, Math.floor((tiles * k) / count) * TILE);

  let fullModelCount: number;
  try {
    fullModelCount = await askAll(k => ({
      kind: "prepare",
      elements: elements.slice(beginOf(k), beginOf(k + 1)),
      from: beginOf(k),
      layout: layoutOfPart(layout, k),
      kernel,
      memory,
    }));
  } catch (error) {
    await end();
    throw error;
  }

  let last: Promise<unknown> = Promise.resolve();
  const run = (instants: ArrayLike<number>, clock: Job["clock"], frame: Frame): Promise<BulkStates> => {
    const job: Job = { instants: Float64Array.from(instants), clock, frame };
    const answer = last.then(async () => {
      await askAll(() => ({ kind: "run", job }));
      return bulkStates({ layout, ...views }, job.instants.length, frame);
    });
    last = answer.catch(() => undefined);
    return answer;
  };

  return {
    count: elements.length,
    capacity,
    kernel,
    fullModelCount,
    threads: count,
    propagate: (atMs, frame = "ecef") => run(atMs, "utc", frame),
    propagateSinceEpoch: minutes => run(minutes, "sinceEpoch", "teme"),
    [Symbol.asyncDispose]: end,
  };
}
