// SPDX-License-Identifier: MIT
import { type KeyboardEvent, type ReactNode, useMemo, useRef } from "react";
import type { RecordRow, RecordSource } from "../../data/records.ts";
import { count } from "../../format/number.ts";
import { DataGrid, type GridSort } from "../data-grid.tsx";
import { EmptyNote, FailureNote, Skeleton } from "../notes.tsx";
import { useRecordAddress, useRecordTime } from "./record-address.ts";
import { type RecordColumn, type RecordFilter, shownColumns } from "./record-column.ts";
import { RecordTimeNote } from "./record-time.tsx";
import { RecordToolbar } from "./record-toolbar.tsx";
import { useRecords } from "./use-records.ts";

const PAGE = 100;

/** See {@link RecordTable}. */
export interface RecordTableProps<R extends RecordRow> {
  /** What the rows are, e.g. "Proposals". */
  readonly label: string;
  /** Make it once, outside the component: another object is another list only by its key. */
  readonly source: RecordSource<R>;
  readonly columns: readonly RecordColumn<R>[];
  readonly filters?: readonly RecordFilter[];
  /** Order where the address names none: a member, `-` before it turns it round. */
  readonly sort: string;
  /** What it means that there is none at all, and what would bring one here. */
  readonly empty: ReactNode;
  /** Buttons beside the filters. */
  readonly actions?: ReactNode;
}

/**
 * A list of records that the operator searches, filters, sorts and pages; what it shows is in the address. `/` goes to
 * the search, the down arrow from there to the rows; arrows, j k, Home, End and Page keys move, Enter opens.
 */
export function RecordTable<R extends RecordRow>(props: RecordTableProps<R>) {
  const { label, source, filters = [] } = props;
  const [address, change] = useRecordAddress();
  const time = useRecordTime();
  const box = useRef<HTMLDivElement>(null);
  const sort = address.sort ?? props.sort;
  const { q, where, from } = address;
  const query = useMemo(() => ({ q, where, sort, from, limit: PAGE, time }), [q, where, sort, from, time]);
  const page = useRecords(source, query);
  const columns = shownColumns(props.columns, address.columns);
  const narrowed = q !== "" || where.length > 0;
  const rows = page.value?.items ?? [];

  const onKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const inField = event.target instanceof Element && event.target.matches("input, select, textarea");
    if (event.key === "/" && !inField) {
      event.preventDefault();
      box.current?.querySelector<HTMLElement>("input[type=search]")?.focus();
    } else if (event.key === "ArrowDown" && event.target instanceof HTMLInputElement) {
      if (event.target.type !== "search") return;
      event.preventDefault();
      box.current?.querySelector<HTMLElement>(".grid-body [role=row][tabindex='0']")?.focus();
    }
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the search and the rows inside meet here
    <div className="record-table" ref={box} onKeyDown={onKey}>
      <RecordToolbar
        label={label}
        address={address}
        change={change}
        filters={filters}
        columns={props.columns}
        shown={columns.map(({ id }) => id)}
        exports={source.exports(query)}
        actions={props.actions}
      />
      <RecordTimeNote />
      {page.failure && <FailureNote failure={page.failure} retry={page.reload} />}
      {page.loading && <Skeleton lines={8} label={`${label} are loading`} />}
      {page.value && rows.length === 0 && (
        <EmptyNote
          title={narrowed ? "Nothing fits the search and the filters." : nothing(label, time !== null)}
        >
          {narrowed ? (
            <button type="button" className="button" onClick={() => change({ q: "", where: [], from: 0 })}>
              Clear them
            </button>
          ) : from > 0 ? (
            <button type="button" className="button" onClick={() => change({ from: 0 })}>
              Back to the first page
            </button>
          ) : (
            props.empty
          )}
        </EmptyNote>
      )}
      {rows.length > 0 && (
        <DataGrid
          label={label}
          columns={columns}
          rows={rows}
          keyOf={row => row.id}
          selected={address.id}
          onSelect={row => change({ id: row.id })}
          sort={gridSort(columns, sort)}
          sortable={columns.flatMap(column => (column.sort === undefined ? [] : [column.id]))}
          onSort={id => {
            const member = columns.find(column => column.id === id)?.sort;
            if (member !== undefined) change({ sort: sort === member ? `-${member}` : member, from: 0 });
          }}
        />
      )}
      {page.value && page.value.total > 0 && (
        <Pager from={from} shown={rows.length} total={page.value.total} go={to => change({ from: to })} />
      )}
    </div>
  );
}

function Pager(props: { from: number; shown: number; total: number; go: (from: number) => void }) {
  const { from, shown, total, go } = props;
  const all = from === 0 && shown === total;
  return (
    <div className="pager record-pager">
      <span className="quiet figures" role="status">
        {all ? `${count(total)} in all` : `${count(from + 1)} to ${count(from + shown)} of ${count(total)}`}
      </span>
      {!all && (
        <span className="pager-buttons">
          <button
            type="button"
            className="button"
            disabled={from === 0}
            onClick={() => go(Math.max(0, from - PAGE))}
          >
            Previous
          </button>
          <button
            type="button"
            className="button"
            disabled={from + shown >= total}
            onClick={() => go(from + PAGE)}
          >
            Next
          </button>
        </span>
      )}
    </div>
  );
}

function gridSort<R>(columns: readonly RecordColumn<R>[], sort: string): GridSort | null {
  const column = columns.find(({ sort: member }) => member !== undefined && member === sort.replace("-", ""));
  return column === undefined ? null : { column: column.id, descending: sort.startsWith("-") };
}

const nothing = (label: string, past: boolean) =>
  past ? `There were no ${label.toLowerCase()} then.` : `There are no ${label.toLowerCase()} yet.`;
