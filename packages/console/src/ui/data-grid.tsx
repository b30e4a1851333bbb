// SPDX-License-Identifier: MIT
// biome-ignore-all lint/a11y/useSemanticElements: rows that are windowed and placed by hand cannot be a table element
// biome-ignore-all lint/a11y/useFocusableInteractive: one row at a time is a stop (roving tabindex), cells are not
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid handles the keys of its rows
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { useSize } from "./use-size.ts";

/** One column of a grid. */
export interface GridColumn<R> {
  readonly id: string;
  readonly title: string;
  /** CSS track size, for example `minmax(9rem, 2fr)`. */
  readonly track: string;
  readonly cell: (row: R) => ReactNode;
  readonly figures?: boolean;
  /** Least width of the grid, CSS pixels, at which the column is shown. */
  readonly fromPx?: number;
}

/** Order of the rows, when the grid's owner can sort. */
export interface GridSort {
  readonly column: string;
  readonly descending: boolean;
}

/** See {@link DataGrid}. */
export interface DataGridProps<R> {
  readonly label: string;
  readonly columns: readonly GridColumn<R>[];
  readonly rows: readonly R[];
  readonly keyOf: (row: R) => string;
  readonly selected: string | null;
  readonly onSelect: (row: R) => void;
  readonly sort?: GridSort | null;
  readonly onSort?: (column: string) => void;
  readonly sortable?: readonly string[];
}

const ROW_PX = 44;
const SPARE_ROWS = 6;
const STEPS: Record<string, number> = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1, PageDown: 10, PageUp: -10 };

/**
 * A grid for any number of rows: only the rows in view exist. One row is in the tab order; arrows, j k, Home, End and
 * Page keys move it, Enter or Space selects it.
 */
export function DataGrid<R>(props: DataGridProps<R>) {
  const { rows, keyOf, selected } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const { width, height } = useSize(scroller);
  const [top, setTop] = useState(0);
  const [active, setActive] = useState<string | null>(null);
  const wantsFocus = useRef(false);
  const columns = props.columns.filter(column => (column.fromPx ?? 0) <= width);
  const tracks = { gridTemplateColumns: columns.map(column => column.track).join(" ") };

  const activeKey = active ?? selected;
  const found = activeKey === null ? -1 : rows.findIndex(row => keyOf(row) === activeKey);
  const activeIndex = Math.max(0, found);
  const first = Math.max(0, Math.floor(top / ROW_PX) - SPARE_ROWS);
  const last = Math.min(rows.length, Math.ceil((top + height) / ROW_PX) + SPARE_ROWS);
  const shown = Array.from({ length: Math.max(0, last - first) }, (_, i) => first + i);
  if (rows.length > 0 && (activeIndex < first || activeIndex >= last)) shown.push(activeIndex);

  const reveal = (index: number) => {
    const box = scroller.current;
    if (!box || index < 0) return;
    const y = index * ROW_PX;
    if (y < box.scrollTop) box.scrollTop = y;
    else if (y + ROW_PX > box.scrollTop + box.clientHeight) box.scrollTop = y + ROW_PX - box.clientHeight;
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new selection or size scrolls, not each live update
  useEffect(() => {
    if (selected !== null) reveal(rows.findIndex(row => keyOf(row) === selected));
  }, [selected, height]);
  useEffect(() => {
    if (!wantsFocus.current) return;
    wantsFocus.current = false;
    scroller.current?.querySelector<HTMLElement>(`[data-index="${activeIndex}"]`)?.focus();
  });

  const move = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const row = rows[activeIndex];
    if ((event.key === "Enter" || event.key === " ") && row) {
      event.preventDefault();
      props.onSelect(row);
      return;
    }
    const step = STEPS[event.key];
    const wanted =
      event.key === "Home" ? 0 : event.key === "End" ? rows.length - 1 : step ? activeIndex + step : null;
    if (wanted === null) return;
    event.preventDefault();
    const next = Math.max(0, Math.min(rows.length - 1, wanted));
    const target = rows[next];
    if (!target) return;
    wantsFocus.current = true;
    setActive(keyOf(target));
    reveal(next);
  };

  return (
    <div
      className="grid"
      role="grid"
      aria-label={props.label}
      aria-rowcount={rows.length + 1}
      aria-colcount={columns.length}
      onKeyDown={move}
    >
      <div role="rowgroup" className="grid-head">
        <div role="row" aria-rowindex={1} className="grid-row" style={tracks}>
          {columns.map(column => (
            <HeadCell key={column.id} column={column} grid={props} />
          ))}
        </div>
      </div>
      <div
        ref={scroller}
        role="rowgroup"
        className="grid-body"
        onScroll={event => setTop(event.currentTarget.scrollTop)}
      >
        <div role="presentation" className="grid-space" style={{ height: rows.length * ROW_PX }}>
          {shown.map(index => {
            const row = rows[index] as R;
            const key = keyOf(row);
            return (
              <div
                key={key}
                role="row"
                aria-rowindex={index + 2}
                aria-selected={key === selected}
                tabIndex={index === activeIndex ? 0 : -1}
                data-index={index}
                className="grid-row"
                style={{ ...tracks, transform: `translateY(${index * ROW_PX}px)` }}
                onClick={() => {
                  setActive(key);
                  props.onSelect(row);
                }}
                onFocus={() => setActive(key)}
              >
                {columns.map(column => (
                  <div key={column.id} role="gridcell" className="grid-cell" data-figures={column.figures}>
                    {column.cell(row)}
                  </div>
                ))}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

function HeadCell<R>({ column, grid }: { column: GridColumn<R>; grid: DataGridProps<R> }) {
  const { sort, onSort, sortable } = grid;
  const here = sort?.column === column.id;
  const order = here ? (sort.descending ? "descending" : "ascending") : "none";
  const canSort = onSort && sortable?.includes(column.id);
  return (
    <div
      role="columnheader"
      className="grid-cell"
      data-figures={column.figures}
      {...(canSort ? { "aria-sort": order } : {})}
    >
      {canSort ? (
        <button type="button" className="sort" data-order={order} onClick={() => onSort(column.id)}>
          {column.title}
        </button>
      ) : (
        column.title
      )}
    </div>
  );
}
