// SPDX-License-Identifier: MIT
import { useEffect, useMemo } from "react";
import { useCaseOnMap } from "../../data/cases.ts";
import { useLive } from "../../data/live-state.ts";
import type { MapEngine } from "../map-engine.ts";
import { caseFeatures } from "./case-features.ts";

/** No nearer than a region: a claim about a town is not about a street. */
const NEAREST_ZOOM = 6;

/** Draws the case that is open, and looks at it once it has something to look at. */
export function useCaseLayer(engine: MapEngine | null): void {
  const shown = useCaseOnMap();
  const terminals = useLive(state => state.terminals);
  const features = useMemo(() => caseFeatures(shown, terminals ?? []), [shown, terminals]);
  useEffect(() => engine?.setCase(features), [engine, features]);
  const seen = shown.caseId === null ? null : `${shown.caseId} ${features.features.length}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what moves is followed by eye, not by the camera
  useEffect(() => {
    if (seen === null || features.features.length === 0) return;
    const places = features.features.map(({ geometry: { coordinates } }) => ({
      lonDeg: coordinates[0] ?? 0,
      latDeg: coordinates[1] ?? 0,
    }));
    engine?.fit(places, NEAREST_ZOOM);
  }, [engine, seen]);
}
