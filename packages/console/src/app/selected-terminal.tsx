// SPDX-License-Identifier: MIT
import type { TerminalDetail } from "@perigee/operator/contract";
import { createContext, type ReactNode, useContext, useEffect } from "react";
import { api } from "../data/api.ts";
import { useLive } from "../data/live-state.ts";
import { type Resource, useResource } from "../data/resource.ts";
import { rttHistory } from "../data/rtt-history.ts";
import { useSelection } from "../data/selection.ts";

const NOTHING: Resource<TerminalDetail> = { value: null, failure: null, loading: false, reload: () => {} };
const Context = createContext(NOTHING);

/** Loads the detail of the selected terminal once for map and panel, and anew with every change of its row. */
export function SelectedTerminal({ children }: { children: ReactNode }) {
  const [selection] = useSelection();
  const id = selection?.kind === "terminal" ? selection.id : null;
  const row = useLive(state =>
    id === null ? undefined : state.terminals?.find(terminal => terminal.id === id),
  );
  const decision = useLive(state => state.decisions.find(({ subject }) => subject === id)?.id);
  const detail = useResource(id, useChange(row, decision), () => api.terminal(id ?? ""));
  const link = detail.value?.detail.link;
  useEffect(() => {
    if (id && link) rttHistory.takeLink(id, link);
  }, [id, link]);
  return <Context.Provider value={detail}>{children}</Context.Provider>;
}

/** The detail of the selected terminal. */
export function useSelectedTerminal(): Resource<TerminalDetail> {
  return useContext(Context);
}

const changes = new WeakMap<object, number>();
let counted = 0;

/** One key for a row and a decision: changes when either does. */
function useChange(row: object | undefined, decision: string | undefined): string {
  if (row && !changes.has(row)) changes.set(row, ++counted);
  return `${row ? changes.get(row) : 0} ${decision ?? ""}`;
}
