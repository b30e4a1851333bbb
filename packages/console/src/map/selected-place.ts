// SPDX-License-Identifier: MIT
import { useMemo } from "react";
import { useLive } from "../data/live-state.ts";
import type { Selection } from "../data/selection.ts";

/** Where the selected thing stands on the ground; satellites do not. The same object until it moves. */
export function useSelectedPlace(selection: Selection | null): { latDeg: number; lonDeg: number } | null {
  const found = useLive(({ terminals, ground }) => {
    if (selection?.kind === "terminal") return terminals?.find(({ id }) => id === selection.id)?.position;
    if (selection?.kind === "gateway") return ground?.gateways.find(({ id }) => id === selection.id);
    if (selection?.kind === "pop") return ground?.pops.find(({ code }) => code === selection.id);
    return null;
  });
  const latDeg = found?.latDeg;
  const lonDeg = found?.lonDeg;
  return useMemo(
    () => (latDeg === undefined || lonDeg === undefined ? null : { latDeg, lonDeg }),
    [latDeg, lonDeg],
  );
}
