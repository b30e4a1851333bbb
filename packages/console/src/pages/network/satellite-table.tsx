// SPDX-License-Identifier: MIT
import { useMemo, useState } from "react";
import { useViewOptions } from "../../app/view-options.ts";
import { useLive } from "../../data/live-state.ts";
import { useSelection } from "../../data/selection.ts";
import { count } from "../../format/number.ts";
import { SERVICE_WORDS } from "../../format/words.ts";
import { DataGrid, type GridColumn } from "../../ui/data-grid.tsx";
import { EmptyNote, Skeleton } from "../../ui/notes.tsx";

interface SatelliteRow {
  readonly id: string;
  readonly name: string;
  readonly shell: string;
  readonly service: string;
}

const COLUMNS: readonly GridColumn<SatelliteRow>[] = [
  { id: "name", title: "Satellite", track: "minmax(9rem, 1.4fr)", cell: row => row.name },
  { id: "number", title: "Number", track: "5rem", figures: true, cell: row => row.id },
  { id: "shell", title: "Shell", track: "minmax(8rem, 1.4fr)", cell: row => row.shell },
  { id: "service", title: "Service", track: "minmax(7rem, 1fr)", fromPx: 500, cell: row => row.service },
];

/** Every satellite on the map, as rows; the shell that is shown alone narrows them. */
export function SatelliteTable() {
  const satellites = useLive(state => state.satellites);
  const [{ shell }] = useViewOptions();
  const [selection, select] = useSelection();
  const [text, setText] = useState("");
  const all = useMemo(
    () =>
      (satellites?.name ?? []).map((name, i) => {
        const of = satellites?.shells[satellites.shell[i] ?? -1];
        const id = String(satellites?.catalogNumber[i]);
        return {
          id,
          name,
          shellId: of?.id,
          shell: of?.title ?? "–",
          service: of ? SERVICE_WORDS[of.service] : "–",
        };
      }),
    [satellites],
  );
  const rows = useMemo(() => {
    const wanted = text.trim().toLowerCase();
    return all.filter(
      row =>
        (shell === null || row.shellId === shell) &&
        (row.name.toLowerCase().includes(wanted) || row.id.startsWith(wanted)),
    );
  }, [all, shell, text]);
  return (
    <section aria-labelledby="satellites">
      <div className="section-head">
        <h2 id="satellites">Satellites</h2>
        <span className="quiet figures">
          {satellites ? `${count(rows.length)} of ${count(all.length)}` : "…"}
        </span>
        <input
          type="search"
          aria-label="Filter satellites"
          placeholder="Name or number"
          value={text}
          onChange={event => setText(event.target.value)}
        />
      </div>
      {!satellites && <Skeleton lines={6} label="Satellites are loading" />}
      {satellites && rows.length === 0 && <EmptyNote title="No satellite is called that." />}
      {rows.length > 0 && (
        <div className="framed">
          <DataGrid
            label="Satellites"
            columns={COLUMNS}
            rows={rows}
            keyOf={row => row.id}
            selected={selection?.kind === "satellite" ? selection.id : null}
            onSelect={row => select({ kind: "satellite", id: row.id })}
          />
        </div>
      )}
    </section>
  );
}
