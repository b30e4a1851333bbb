// SPDX-License-Identifier: MIT

/**
 * Positions of all satellites at the start, middle and end of one slot: Earth-fixed kilometres, NaN where unknown.
 * Between the three, motion is a parabola per axis: over 15 s the third-order term is below 0.1 km.
 */
export interface Ephemeris {
  readonly slotStartMs: number;
  readonly slotMs: number;
  readonly count: number;
  /** 9 × count: x, y, z at the start, then at the middle, then at the end. */
  readonly km: Float32Array;
}

const HEADER_BYTES = 24;
/** No constellation known to a regulator is larger; a body beyond this is not an ephemeris. */
const MOST_SATELLITES = 200_000;

/** Why a body is not an ephemeris. */
export interface EphemerisError {
  readonly code: "EPHEMERIS_SHORT" | "EPHEMERIS_COUNT";
  readonly message: string;
  readonly place: string;
}

/** Reads the body of `GET /v1/ephemeris` (little-endian; see the contract). */
export function decodeEphemeris(
  body: ArrayBuffer,
): { readonly ok: true; readonly value: Ephemeris } | { readonly ok: false; readonly error: EphemerisError } {
  const short = (place: string): EphemerisError => ({
    code: "EPHEMERIS_SHORT",
    message: `The ephemeris ends early: ${body.byteLength} bytes.`,
    place,
  });
  if (body.byteLength < HEADER_BYTES) return { ok: false, error: short("header") };
  const view = new DataView(body);
  const count = view.getUint32(16, true);
  if (count > MOST_SATELLITES)
    return {
      ok: false,
      error: {
        code: "EPHEMERIS_COUNT",
        message: `${count} satellites are more than the bound of ${MOST_SATELLITES}.`,
        place: "count",
      },
    };
  if (body.byteLength < HEADER_BYTES + 36 * count) return { ok: false, error: short("positions") };
  const km = new Float32Array(9 * count);
  for (let i = 0; i < km.length; i++) km[i] = view.getFloat32(HEADER_BYTES + 4 * i, true);
  return {
    ok: true,
    value: { slotStartMs: view.getFloat64(0, true), slotMs: view.getFloat64(8, true), count, km },
  };
}

/**
 * Weights of the three epochs at `share` of the slot (0 start, ½ middle, 1 end): the Lagrange parabola. Beyond 1 it
 * extrapolates, which keeps satellites moving for the moment a new ephemeris needs to arrive.
 */
export function parabolaWeights(share: number): [start: number, middle: number, end: number] {
  return [(2 * share - 1) * (share - 1), 4 * share * (1 - share), share * (2 * share - 1)];
}

/** How far into the slot `utcMs` lies; held within half a slot of it, where the parabola is still honest. */
export function slotShare(ephemeris: Ephemeris, utcMs: number): number {
  return Math.min(1.5, Math.max(-0.5, (utcMs - ephemeris.slotStartMs) / ephemeris.slotMs));
}

/** One satellite at `share` of the slot, Earth-fixed kilometres; NaN when unknown. The plain twin of the shader. */
export function positionKm(ephemeris: Ephemeris, index: number, share: number): [number, number, number] {
  const { km, count } = ephemeris;
  const [a, b, c] = parabolaWeights(share);
  const axis = (k: number) =>
    a * (km[k * count + index] ?? Number.NaN) +
    b * (km[(3 + k) * count + index] ?? Number.NaN) +
    c * (km[(6 + k) * count + index] ?? Number.NaN);
  return [axis(0), axis(1), axis(2)];
}
