// SPDX-License-Identifier: MIT
import type { ProposalRow } from "../../data/records-shapes.ts";
import { count } from "../../format/number.ts";
import { dateTime } from "../../format/time.ts";
import { commandTitle } from "../../ui/command-dialog/command-words.ts";
import { Mark } from "../../ui/mark.tsx";
import type { RecordColumn } from "../../ui/record-table/record-column.ts";
import { TimeLeft } from "../../ui/time-left.tsx";
import { approvalWords, PROPOSAL_STATES, PROPOSAL_TONES } from "./proposal-words.ts";

export const PROPOSAL_COLUMNS: readonly RecordColumn<ProposalRow>[] = [
  {
    id: "what",
    title: "What",
    track: "minmax(7rem, 2.4fr)",
    sort: "command.name",
    cell: ({ command, reason }) => (
      <span className="two-lines">
        <span>{commandTitle(command.name)}</span>
        <span className="quiet">{reason}</span>
      </span>
    ),
  },
  {
    id: "by",
    title: "Asked by",
    track: "minmax(6rem, 1fr)",
    sort: "requestedBy.name",
    fromPx: 620,
    cell: ({ requestedBy }) => requestedBy.name,
  },
  {
    id: "touches",
    title: "Touches",
    track: "minmax(5rem, 0.8fr)",
    sort: "blastRadius.terminals",
    fromPx: 720,
    cell: ({ blastRadius }) =>
      blastRadius === null
        ? "One subject"
        : blastRadius.terminals === 1
          ? "1 terminal"
          : `${count(blastRadius.terminals)} terminals`,
  },
  {
    id: "state",
    title: "State",
    track: "minmax(6.4rem, 1fr)",
    sort: "state",
    cell: row => (
      <span className="two-lines">
        <Mark tone={PROPOSAL_TONES[row.state]}>{PROPOSAL_STATES[row.state]}</Mark>
        <span className="quiet">{approvalWords(row)}</span>
      </span>
    ),
  },
  {
    id: "left",
    title: "Time left",
    track: "6.2rem",
    figures: true,
    sort: "expiresMs",
    cell: row => (row.state === "open" ? <TimeLeft untilMs={row.expiresMs} /> : "–"),
  },
  {
    id: "lane",
    title: "Lane",
    track: "6rem",
    sort: "lane",
    spare: true,
    cell: ({ lane }) => (lane === "emergency" ? "Emergency" : "Ordinary"),
  },
  {
    id: "at",
    title: "Asked",
    track: "minmax(9rem, 1fr)",
    figures: true,
    sort: "atMs",
    spare: true,
    cell: ({ atMs }) => dateTime(atMs),
  },
];
