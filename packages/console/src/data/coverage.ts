// SPDX-License-Identifier: MIT
import { CELL_REASONS, type CellReason } from "./planet.ts";

/** Cells of the planet joined into larger ones, as they were in one slot: structure of arrays, index = parent. */
export interface Coverage {
  readonly slot: number;
  /** H3 resolution of the parents. */
  readonly resolution: number;
  readonly count: number;
  readonly id: BigUint64Array;
  /** Served cells over those that count: permitted and with demand, or all permitted where none has any. */
  readonly servedShare: Float32Array;
  /** Carried over demanded, to the users. */
  readonly satisfiedShare: Float32Array;
  readonly downMbpsPerKm2: Float32Array;
  readonly cells: Uint16Array;
  readonly permitted: Uint16Array;
  /** Most frequent reason of the cells without a beam, as an index into {@link CELL_REASONS}; 0: all served. */
  readonly reason: Uint8Array;
}

/** Why a body is no coverage. */
export interface CoverageError {
  readonly code: "COVERAGE_SHORT" | "COVERAGE_COUNT";
  readonly message: string;
  readonly place: string;
}

const HEADER_BYTES = 16;
const BYTES_EACH = 8 + 3 * 4 + 2 * 2 + 1;
/** H3 has 288,122 cells of resolution 4, the finest that is asked for. */
const MOST_PARENTS = 288_122;

/**
 * Reads the body of `GET /v1/planet/coverage`. The arrays are views into the body: every machine that runs WebGL 2 is
 * little-endian, as the body is.
 */
export function decodeCoverage(
  body: ArrayBuffer,
): { readonly ok: true; readonly value: Coverage } | { readonly ok: false; readonly error: CoverageError } {
  const short = (place: string): CoverageError => ({
    code: "COVERAGE_SHORT",
    message: `The coverage ends early: ${body.byteLength} bytes.`,
    place,
  });
  if (body.byteLength < HEADER_BYTES) return { ok: false, error: short("header") };
  const view = new DataView(body);
  const count = view.getUint32(0, true);
  if (count > MOST_PARENTS)
    return {
      ok: false,
      error: {
        code: "COVERAGE_COUNT",
        message: `${count} cells are more than the bound of ${MOST_PARENTS}.`,
        place: "count",
      },
    };
  if (body.byteLength < HEADER_BYTES + BYTES_EACH * count) return { ok: false, error: short("cells") };
  const floatsAt = HEADER_BYTES + 8 * count;
  const shortsAt = floatsAt + 12 * count;
  return {
    ok: true,
    value: {
      slot: view.getFloat64(8, true),
      resolution: view.getUint32(4, true),
      count,
      id: new BigUint64Array(body, HEADER_BYTES, count),
      servedShare: new Float32Array(body, floatsAt, count),
      satisfiedShare: new Float32Array(body, floatsAt + 4 * count, count),
      downMbpsPerKm2: new Float32Array(body, floatsAt + 8 * count, count),
      cells: new Uint16Array(body, shortsAt, count),
      permitted: new Uint16Array(body, shortsAt + 2 * count, count),
      reason: new Uint8Array(body, shortsAt + 4 * count, count),
    },
  };
}

/** The reason that a parent's code stands for; an unknown code of a newer operator counts as no beam. */
export function reasonOf(code: number): CellReason {
  return CELL_REASONS[code] ?? "noBeam";
}
