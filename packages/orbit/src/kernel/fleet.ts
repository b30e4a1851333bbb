// SPDX-License-Identifier: MIT
import type { Elements } from "../elements.ts";
import { AXES, type Layout, layoutOf } from "./layout.ts";
import { createPart, type Frame, type KernelName, type Part } from "./part.ts";
import { createMemory, hasWasm, instantiate, RESERVED_BYTES } from "./wasm.ts";

/** How a propagator is made. */
export interface PropagatorOptions {
  /**
   * What near-earth satellites are computed with. By default `f64x2` (WebAssembly SIMD) where it runs and pays,
   * else `typescript`; both give the same bytes. `satellite.js` asks the full model for every satellite. Forcing
   * `f64x2` where it does not run throws a RangeError; see {@link hasF64x2}.
   */
  readonly kernel?: KernelName;
}

/** States of many satellites at many instants. Views of the propagator's memory: valid until its next call. */
export interface BulkStates {
  readonly frame: Frame;
  readonly count: number;
  readonly instantCount: number;
  /** Numbers per axis: `count`, made up to a multiple of four; what is beyond `count` means nothing. */
  readonly stride: number;
  /** `[instant][axis][satellite]`: x, y, z in km, then vx, vy, vz in km/s; NaN where there is an error. */
  readonly states: Float64Array;
  /** `[instant][satellite]`, `stride` per instant: 0, or an SGP4 error code. */
  readonly errors: Uint8Array;
}

/** Below this the SIMD kernel's own memory costs more than it saves. */
const FEW = 256;

/** Whether the f64x2 kernel was built and runs on this engine. */
export const hasF64x2 = (): boolean => hasWasm("plain");

/** One list of satellites with the memory that its numbers lie in. */
export interface Fleet {
  readonly kernel: KernelName;
  readonly layout: Layout;
  readonly part: Part;
  /** All instants that have room. */
  readonly states: Float64Array;
  readonly errors: Uint8Array;
}

export function createFleet(
  elements: readonly Elements[],
  capacity: number,
  options: PropagatorOptions = {},
): Fleet {
  const kernel = options.kernel ?? (elements.length >= FEW && hasF64x2() ? "f64x2" : "typescript");
  const simd = kernel === "f64x2";
  const layout = layoutOf(elements.length, capacity, simd ? RESERVED_BYTES : 0);
  const memory = simd ? createMemory(layout.bytes, "plain") : undefined;
  const buffer = memory?.buffer ?? new ArrayBuffer(layout.bytes);
  const wasm = memory === undefined ? undefined : instantiate(memory, "plain");
  const part = createPart(elements, 0, layout, buffer, wasm, kernel === "satellite.js");
  return { kernel, layout, part, ...viewsOf(layout, buffer) };
}

/** The answers' place in a memory. */
export function viewsOf(
  layout: Layout,
  buffer: ArrayBuffer | SharedArrayBuffer,
): Pick<Fleet, "states" | "errors"> {
  const { capacity, stride } = layout;
  return {
    states: new Float64Array(buffer, layout.states * 8, capacity * AXES * stride),
    errors: new Uint8Array(buffer, layout.errors, capacity * stride),
  };
}

/** The answer to a job of `instantCount` instants. */
export function bulkStates(
  { layout, states, errors }: Pick<Fleet, "layout" | "states" | "errors">,
  instantCount: number,
  frame: Frame,
): BulkStates {
  const { count, stride } = layout;
  return {
    frame,
    count,
    instantCount,
    stride,
    states: states.subarray(0, instantCount * AXES * stride),
    errors: errors.subarray(0, instantCount * stride),
  };
}
