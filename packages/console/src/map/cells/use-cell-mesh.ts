// SPDX-License-Identifier: MIT
import { useEffect, useRef, useState } from "react";
import type { CellGeometry } from "./cell-geometry.ts";
import type { CellAnswers } from "./cell-worker.ts";

/** The shape of a list of cells, and the list that it is the shape of. */
export interface MeshedCells {
  readonly cells: readonly string[];
  readonly shape: CellAnswers["mesh"];
}

/** The same list as before while its content is the same, so that nothing is computed anew each slot. */
export function useStableList(list: readonly string[] | null): readonly string[] | null {
  const kept = useRef(list);
  const old = kept.current;
  const same =
    old !== null && list !== null && old.length === list.length && old.every((cell, i) => cell === list[i]);
  if (!same) kept.current = list;
  return kept.current;
}

/** Asks for the shape of cells whenever the list is another one; the old shape stays until the new one is here. */
export function useCellMesh(
  geometry: CellGeometry,
  cells: readonly string[] | null,
  parentsAt: number | null,
): MeshedCells | null {
  const [made, setMade] = useState<MeshedCells | null>(null);
  useEffect(() => {
    if (cells === null || cells.length === 0) {
      setMade(null);
      return;
    }
    let wanted = true;
    void geometry.ask("mesh", { cells, parentsAt }).then(shape => {
      if (wanted && shape) setMade({ cells, shape });
    });
    return () => {
      wanted = false;
    };
  }, [geometry, cells, parentsAt]);
  return made;
}
