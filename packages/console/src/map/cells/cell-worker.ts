// SPDX-License-Identifier: MIT
// H3 runs here, beside the page: the shapes of all land would hold a frame up, and no page has to load its code.
import { cellToBoundary, cellToParent, latLngToCell } from "h3-js";
import { cellMesh } from "./cell-mesh.ts";

/** What can be asked; the answers are in {@link CellAnswers} by the same names. */
export type CellQuestion =
  | { readonly ask: "mesh"; readonly cells: readonly string[]; readonly parentsAt: number | null }
  | { readonly ask: "cellsAt"; readonly lonLatDeg: Float32Array; readonly resolution: number }
  | { readonly ask: "outline"; readonly cell: string };

export interface CellAnswers {
  readonly mesh: import("./cell-mesh.ts").CellMesh & { readonly parents: readonly string[] };
  /** Each cell once. */
  readonly cellsAt: readonly string[];
  /** Corners as `[longitude, latitude]`. */
  readonly outline: readonly (readonly [number, number])[];
}

function answer(question: CellQuestion): CellAnswers[CellQuestion["ask"]] {
  switch (question.ask) {
    case "mesh": {
      const { cells, parentsAt } = question;
      const parents = parentsAt === null ? [] : cells.map(cell => cellToParent(cell, parentsAt));
      return { ...cellMesh(cells), parents };
    }
    case "cellsAt": {
      const { lonLatDeg, resolution } = question;
      const found = new Set<string>();
      for (let i = 0; i + 1 < lonLatDeg.length; i += 2)
        found.add(latLngToCell(lonLatDeg[i + 1] ?? 0, lonLatDeg[i] ?? 0, resolution));
      return [...found];
    }
    case "outline":
      return cellToBoundary(question.cell, true).map(([lonDeg, latDeg]) => [lonDeg, latDeg] as const);
  }
}

self.addEventListener("message", (event: MessageEvent<{ id: number; question: CellQuestion }>) => {
  const { id, question } = event.data;
  let value: CellAnswers[CellQuestion["ask"]] | null = null;
  try {
    value = answer(question);
  } catch {
    // Not a cell: an address can hold anything. `null` says so.
  }
  self.postMessage({ id, value });
});
