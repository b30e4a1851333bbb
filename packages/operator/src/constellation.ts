// SPDX-License-Identifier: MIT
import { createHash } from "node:crypto";
import {
  builtInElements,
  type Elements,
  type ElementsError,
  epochMs,
  isConstellationCode,
  parseElements,
  planesOf,
  type Service,
  serviceAtAltitude,
} from "@perigee/orbit";

/** The satellites that the operator plans with, and where their elements came from. */
export interface Constellation {
  readonly source: string;
  /** Hex SHA-256 of the text that was loaded, or of the built-in elements. */
  readonly checksum: string;
  readonly loadedAtMs: number;
  /** UTC milliseconds: the median of the elements' epochs. */
  readonly medianEpochMs: number;
  /** Whether the satellites are a pattern's, not real ones: then they stay where they are said to be, whatever their age. */
  readonly isPattern: boolean;
  readonly elements: readonly Elements[];
  readonly shells: readonly { readonly id: string; readonly title: string; readonly service: Service }[];
  /** Index into `shells`, per satellite. */
  readonly shellOf: Uint8Array;
}

/**
 * The constellation that the project brings along, with its pattern laid on a moment.
 *
 * @param epochAtMs - UTC milliseconds. The same moment gives the same satellites.
 */
export function builtInConstellation(epochAtMs: number, loadedAtMs: number): Constellation {
  const { elements, shells, shellOf } = builtInElements(epochAtMs);
  return {
    source: "built-in: shells as flown in May 2026",
    checksum: createHash("sha256").update(JSON.stringify(elements)).digest("hex"),
    loadedAtMs,
    medianEpochMs: epochAtMs,
    isPattern: true,
    elements,
    shells: shells.map(({ id, title, service }) => ({ id, title, service })),
    shellOf: Uint8Array.from(shellOf),
  };
}

/**
 * A constellation from a text of elements: TLE, OMM JSON, OMM CSV, or a constellation code, whose pattern is laid on the
 * moment it was loaded.
 */
export function parseConstellation(
  text: string,
  source: string,
  loadedAtMs: number,
): { ok: true; value: Constellation } | { ok: false; error: ElementsError } {
  const parsed = parseElements(text, { patternEpochMs: loadedAtMs });
  if (!parsed.ok) return parsed;
  const elements = parsed.value;
  const epochs = elements.map(epochMs).sort((a, b) => a - b);
  const { shells, shellOf } = planesOf(elements);
  const known: Constellation["shells"][number][] = shells.map(({ inclinationDeg, altitudeKm }) => ({
    id: `${inclinationDeg.toFixed(1)}-${altitudeKm.toFixed(0)}`,
    title: `${inclinationDeg.toFixed(1)}° at ${altitudeKm.toFixed(0)} km`,
    service: serviceAtAltitude(altitudeKm),
  }));
  const between: Constellation["shells"][number] = {
    id: "between",
    title: "Between shells: raising, lowering or alone",
    service: "raising",
  };
  return {
    ok: true,
    value: {
      source,
      checksum: createHash("sha256").update(text).digest("hex"),
      loadedAtMs,
      medianEpochMs: epochs[epochs.length >> 1]!,
      isPattern: isConstellationCode(text),
      elements,
      shells: [...known, between],
      shellOf: Uint8Array.from(shellOf, shell => (shell < 0 ? known.length : shell)),
    },
  };
}
