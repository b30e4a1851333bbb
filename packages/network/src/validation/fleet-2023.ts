// SPDX-License-Identifier: MIT
import { type Elements, type WalkerSpec, walkerShell } from "@perigee/orbit";

/**
 * The largest broadband fleet about September 2023, as filed: the first generation [S: FCC grant of 2021; the split of the
 * 97.6-degree shell M], not yet lowered, and the first 500 of the second at 530 km and 43 degrees [M]. Elements of those
 * days are not at hand; patterns have the right density, not the right satellites.
 */
export const SHELLS_2023: readonly Omit<WalkerSpec, "namePrefix" | "firstCatalogNumber">[] = [
  { kind: "delta", inclinationDeg: 53, altitudeKm: 550, satellites: 1584, planes: 72, phasing: 39 },
  {
    kind: "delta",
    inclinationDeg: 53.2,
    altitudeKm: 540,
    satellites: 1584,
    planes: 72,
    phasing: 45,
    raanDeg: 2.5,
  },
  {
    kind: "delta",
    inclinationDeg: 70,
    altitudeKm: 570,
    satellites: 720,
    planes: 36,
    phasing: 17,
    raanDeg: 1.2,
  },
  {
    kind: "delta",
    inclinationDeg: 97.6,
    altitudeKm: 560,
    satellites: 500,
    planes: 10,
    phasing: 3,
    raanDeg: 7,
  },
  {
    kind: "delta",
    inclinationDeg: 43,
    altitudeKm: 530,
    satellites: 3360,
    planes: 28,
    phasing: 11,
    occupiedPlanes: 14,
    filled: 500,
    raanDeg: 4,
  },
];

/** Those shells as elements, exact at `epochMs`. */
export function fleet2023(epochMs: number): Elements[] {
  let firstCatalogNumber = 800_001;
  return SHELLS_2023.flatMap((shell, k) => {
    const made = walkerShell({ ...shell, namePrefix: `F23-${k}`, firstCatalogNumber } as WalkerSpec, epochMs);
    if (!made.ok) throw new Error(`shell ${k} of 2023: ${made.error.message}`);
    firstCatalogNumber += made.value.length;
    return made.value;
  });
}
