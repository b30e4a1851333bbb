// SPDX-License-Identifier: MIT
import { FINGERPRINT } from "./near-earth-scalar.ts";

/** A `WebAssembly.Memory`: this much of the interface stands in no library that both Node and browsers have. */
export interface WasmMemory {
  readonly buffer: ArrayBuffer | SharedArrayBuffer;
}

interface WasmApi {
  validate(bytes: Uint8Array): boolean;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Memory: new (limits: { initial: number; maximum?: number; shared?: boolean }) => WasmMemory;
  readonly Instance: new (
    module: object,
    imports: { env: { memory: WasmMemory } },
  ) => { readonly exports: Readonly<Record<string, unknown>> };
}

/** The arguments of `scalarStates` after the array, as addresses in bytes. Answers 1 where it declined anything. */
export type WasmStates = (
  columns: number,
  epochs: number,
  epochTile: number,
  instants: number,
  times: number,
  from: number,
  to: number,
  scale: number,
  out: number,
  stride: number,
) => number;

const PAGE_BYTES = 65_536;
/** Kept free at the start of a memory, for the kernel's own numbers. */
export const RESERVED_BYTES = PAGE_BYTES;

const api = (globalThis as unknown as { readonly WebAssembly?: WasmApi }).WebAssembly;

/** Absent where the kernels have not been built since the formulas changed: the loop in TypeScript then serves. */
const built = await import("#near-earth-wasm").then(
  module => (module.fingerprint === FINGERPRINT ? module : undefined),
  () => undefined,
);

const bytesOf = (base64: string): Uint8Array => Uint8Array.from(atob(base64), c => c.charCodeAt(0));

type Variant = "plain" | "shared";
const modules: Partial<Record<Variant, object | null>> = {};

/** The compiled module, once per variant; null where it was not built or this engine has no SIMD (or no threads). */
function moduleOf(variant: Variant): object | null {
  let module = modules[variant];
  if (module === undefined) {
    const bytes = built === undefined ? undefined : bytesOf(built[variant]);
    module = api !== undefined && bytes !== undefined && api.validate(bytes) ? new api.Module(bytes) : null;
    modules[variant] = module;
  }
  return module;
}

/** Whether the f64x2 kernel runs here. */
export const hasWasm = (variant: Variant = "plain"): boolean => moduleOf(variant) !== null;

/** A memory of at least `bytes`, of fixed size. Shared ones can be sent to threads. */
export function createMemory(bytes: number, variant: Variant): WasmMemory {
  if (api === undefined) throw new RangeError("no WebAssembly here");
  const pages = Math.ceil(bytes / PAGE_BYTES);
  return new api.Memory({ initial: pages, maximum: pages, shared: variant === "shared" });
}

/** The kernel over a memory. Throws RangeError where {@link hasWasm} is false. */
export function instantiate(memory: WasmMemory, variant: Variant): WasmStates {
  const module = moduleOf(variant);
  if (api === undefined || module === null) throw new RangeError("the f64x2 kernel does not run here");
  return new api.Instance(module, { env: { memory } }).exports["states"] as WasmStates;
}
