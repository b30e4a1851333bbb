// SPDX-License-Identifier: MIT
import type { TerminalRow } from "@perigee/operator/contract";
import { quantity } from "../../format/number.ts";
import type { GridColumn } from "../../ui/data-grid.tsx";
import { StateMark } from "../../ui/state-mark.tsx";

/** Columns of the table of terminals; the later ones appear as the panel grows. */
export const COLUMNS: readonly GridColumn<TerminalRow>[] = [
  {
    id: "name",
    title: "Terminal",
    track: "minmax(8.5rem, 2fr)",
    cell: row => (
      <span className="two-lines">
        <span>{row.name}</span>
        <span className="quiet">{row.id}</span>
      </span>
    ),
  },
  {
    id: "state",
    title: "State",
    track: "minmax(6.8rem, 1fr)",
    cell: row => <StateMark outcome={row.admission?.outcome ?? null} />,
  },
  {
    id: "where",
    title: "Where",
    track: "minmax(6rem, 1.3fr)",
    fromPx: 470,
    cell: row =>
      row.position ? (
        <span className="two-lines">
          <span>{row.position.territoryName}</span>
          <span className="quiet">{row.position.zone === "land" ? row.position.territory : "at sea"}</span>
        </span>
      ) : (
        <span className="quiet">No position</span>
      ),
  },
  {
    id: "rtt",
    title: "RTT",
    track: "5rem",
    figures: true,
    cell: row => (row.link ? quantity(row.link.rttMs, "ms") : "–"),
  },
  {
    id: "down",
    title: "Down",
    track: "5.6rem",
    figures: true,
    fromPx: 640,
    cell: row => (row.link ? quantity(row.link.downMbps, "Mbit/s", 0) : "–"),
  },
  {
    id: "gateway",
    title: "Gateway",
    track: "minmax(7rem, 1.2fr)",
    fromPx: 760,
    cell: row => row.link?.gateway ?? "–",
  },
  {
    id: "satellite",
    title: "Satellite",
    track: "minmax(8rem, 1.2fr)",
    fromPx: 900,
    cell: row => row.link?.satellite ?? "–",
  },
];
