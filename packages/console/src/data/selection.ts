// SPDX-License-Identifier: MIT
import { useCallback, useMemo } from "react";
import { useSearchParams } from "wouter";

/** What is selected, everywhere at once: in tables, on the map, in the address. */
export interface Selection {
  readonly kind: "terminal" | "satellite" | "gateway" | "pop" | "cell";
  /** Terminal id, catalogue number, gateway id, PoP code or H3 index. */
  readonly id: string;
}

const PARAMETERS = { terminal: "t", satellite: "sat", gateway: "gw", pop: "pop", cell: "cell" } as const;

/** Reads the selection from an address; the first of terminal, satellite, gateway, PoP, cell wins. */
export function readSelection(parameters: URLSearchParams): Selection | null {
  for (const [kind, name] of Object.entries(PARAMETERS)) {
    const id = parameters.get(name);
    if (id) return { kind: kind as Selection["kind"], id };
  }
  return null;
}

/** The same address with another selection. */
export function writeSelection(parameters: URLSearchParams, selection: Selection | null): URLSearchParams {
  const next = new URLSearchParams(parameters);
  for (const name of Object.values(PARAMETERS)) next.delete(name);
  if (selection) next.set(PARAMETERS[selection.kind], selection.id);
  return next;
}

/** The selection and the way to change it. Each change is a step in the browser's history. */
export function useSelection(): [Selection | null, (selection: Selection | null) => void] {
  const [parameters, setParameters] = useSearchParams();
  const found = readSelection(parameters);
  const kind = found?.kind;
  const id = found?.id;
  const selection = useMemo(() => (kind && id ? { kind, id } : null), [kind, id]);
  const select = useCallback(
    (next: Selection | null) => setParameters(before => writeSelection(before, next)),
    [setParameters],
  );
  return [selection, select];
}
