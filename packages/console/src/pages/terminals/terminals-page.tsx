// SPDX-License-Identifier: MIT
import { useDeferredValue, useMemo } from "react";
import { useSearchParams } from "wouter";
import { useLive } from "../../data/live-state.ts";
import { useSelection } from "../../data/selection.ts";
import { count } from "../../format/number.ts";
import { DataGrid } from "../../ui/data-grid.tsx";
import { EmptyNote, FailureNote, Skeleton } from "../../ui/notes.tsx";
import { AsOfNote } from "../as-of-note.tsx";
import { FilterBar } from "./filter-bar.tsx";
import { COLUMNS } from "./terminal-columns.tsx";
import {
  applyFilters,
  NO_FILTERS,
  readFilters,
  SORT_COLUMNS,
  sortRows,
  type TerminalFilters,
  writeFilters,
} from "./terminal-filters.ts";
import { TerminalPane } from "./terminal-pane.tsx";

/** Where is it, is it allowed, what is it doing? */
export function TerminalsPage() {
  const terminals = useLive(state => state.terminals);
  const failure = useLive(state => state.failures.terminals);
  const [selection, select] = useSelection();
  const [parameters, setParameters] = useSearchParams();
  const filters = useMemo(() => readFilters(parameters), [parameters]);
  // The fields answer at once; a table of 100,000 rows may follow a moment later.
  const wanted = useDeferredValue(filters);
  const { sort, descending } = wanted;
  const ordered = useMemo(() => sortRows(terminals ?? [], sort, descending), [terminals, sort, descending]);
  const rows = useMemo(() => applyFilters(ordered, wanted), [ordered, wanted]);
  const change = (part: Partial<TerminalFilters>) =>
    setParameters(before => writeFilters(before, { ...readFilters(before), ...part }), { replace: true });
  const selected = selection?.kind === "terminal" ? selection.id : null;
  return (
    <div className="page split" data-split={selected !== null || undefined}>
      <div className="split-top">
        <header className="page-head row">
          <h1>Terminals</h1>
          <p className="quiet figures" aria-live="off">
            {terminals ? `${count(rows.length)} of ${count(terminals.length)}` : "…"}
          </p>
        </header>
        <AsOfNote>
          Map and link of the selected terminal are of then. This table shows the terminals as they are now.
        </AsOfNote>
        <FilterBar filters={filters} change={change} terminals={terminals ?? []} />
        {failure && <FailureNote failure={failure} />}
        {!terminals && !failure && <Skeleton lines={9} label="Terminals are loading" />}
        {terminals && rows.length === 0 && (
          <EmptyNote
            title={
              terminals.length === 0 ? "No terminal is registered yet." : "No terminal fits the filters."
            }
          >
            {terminals.length > 0 && (
              <button type="button" className="button" onClick={() => change(NO_FILTERS)}>
                Clear the filters
              </button>
            )}
          </EmptyNote>
        )}
        {rows.length > 0 && (
          <DataGrid
            label="Terminals"
            columns={COLUMNS}
            rows={rows}
            keyOf={row => row.id}
            selected={selected}
            onSelect={row => select({ kind: "terminal", id: row.id })}
            sort={{ column: filters.sort, descending: filters.descending }}
            sortable={SORT_COLUMNS}
            onSort={column => {
              const sort = SORT_COLUMNS.find(name => name === column) ?? "name";
              change({ sort, descending: filters.sort === sort && !filters.descending });
            }}
          />
        )}
      </div>
      {selected !== null && <TerminalPane id={selected} onClose={() => select(null)} />}
    </div>
  );
}
