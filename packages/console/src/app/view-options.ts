// SPDX-License-Identifier: MIT
import { useCallback } from "react";
import { useSearchParams } from "wouter";

/** How the map is looked at; part of the address, so that a colleague sees the same. */
export interface ViewOptions {
  readonly flat: boolean;
  /** Boundary view, or `null` for the operator's own. */
  readonly boundaryView: string | null;
  /** Shell that is shown alone, by its id. */
  readonly shell: string | null;
  /** What the cells of the planet show. */
  readonly layer: CellLayerName;
}

/** Nothing; who is served and why not; carried Mbit/s per km²; the part of the demand that is met. */
export const CELL_LAYERS = ["none", "coverage", "capacity", "met"] as const;
export type CellLayerName = (typeof CELL_LAYERS)[number];

export const LAYER_WORDS: Record<CellLayerName, string> = {
  none: "Not shown",
  coverage: "Coverage",
  capacity: "Capacity",
  met: "Demand met",
};

/** The layer after this one, and after the last none. */
export function nextLayer(layer: CellLayerName): CellLayerName {
  return CELL_LAYERS[(CELL_LAYERS.indexOf(layer) + 1) % CELL_LAYERS.length] ?? "none";
}

/** Parameters that stay when the page changes. */
export const LASTING_PARAMETERS = [
  "t",
  "sat",
  "gw",
  "pop",
  "cell",
  "view",
  "bv",
  "shell",
  "layer",
  "at",
] as const;

export function useViewOptions(): [ViewOptions, (change: Partial<ViewOptions>) => void] {
  const [parameters, setParameters] = useSearchParams();
  const change = useCallback(
    (wanted: Partial<ViewOptions>) =>
      setParameters(
        before => {
          const next = new URLSearchParams(before);
          const put = (name: string, value: string | null | undefined) => {
            if (value === undefined) return;
            if (value === null) next.delete(name);
            else next.set(name, value);
          };
          put("view", wanted.flat === undefined ? undefined : wanted.flat ? "flat" : null);
          put("bv", wanted.boundaryView);
          put("shell", wanted.shell);
          put("layer", wanted.layer === "none" ? null : wanted.layer);
          return next;
        },
        { replace: true },
      ),
    [setParameters],
  );
  return [
    {
      flat: parameters.get("view") === "flat",
      boundaryView: parameters.get("bv"),
      shell: parameters.get("shell"),
      layer: CELL_LAYERS.find(name => name === parameters.get("layer")) ?? "none",
    },
    change,
  ];
}

/** The address of another page with the same map and selection. */
export function pageHref(path: string, parameters: URLSearchParams): string {
  const kept = new URLSearchParams();
  for (const name of LASTING_PARAMETERS) {
    const value = parameters.get(name);
    if (value !== null) kept.set(name, value);
  }
  return kept.size > 0 ? `${path}?${kept}` : path;
}

/** The address of one ledger entry, with the same map and selection. */
export function ledgerHref(index: number, parameters: URLSearchParams): string {
  const kept = pageHref("/ledger", parameters);
  return `${kept}${kept.includes("?") ? "&" : "?"}entry=${index}`;
}
