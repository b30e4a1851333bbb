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
}

/** Parameters that stay when the page changes. */
export const LASTING_PARAMETERS = ["t", "sat", "gw", "pop", "view", "bv", "shell"] as const;

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
