// SPDX-License-Identifier: MIT
import type { CaseRow } from "../../data/cases.ts";
import { recordSource } from "../../data/records.ts";
import { count } from "../../format/number.ts";
import { dateTime } from "../../format/time.ts";
import { CommandButton } from "../../ui/command-dialog/command-button.tsx";
import { Mark } from "../../ui/mark.tsx";
import { optionsOf, type RecordColumn, type RecordFilter } from "../../ui/record-table/record-column.ts";
import { RecordTable } from "../../ui/record-table/record-table.tsx";
import { CASE_KINDS, CASE_STATES, CASE_TONES, isLookedAt, SAFETY_WORDS } from "./case-words.ts";

const SOURCE = recordSource<CaseRow>("cases");
const COLUMNS: readonly RecordColumn<CaseRow>[] = [
  {
    id: "what",
    title: "Case",
    track: "minmax(10rem, 2.6fr)",
    sort: "title",
    cell: ({ title, kind, safety }) => (
      <span className="two-lines">
        <span>{title}</span>
        <span className="quiet">
          {CASE_KINDS[kind]}
          {safety === "credible" && ` · ${SAFETY_WORDS.credible}`}
        </span>
      </span>
    ),
  },
  {
    id: "state",
    title: "State",
    track: "minmax(8rem, 1fr)",
    sort: "state",
    cell: ({ state }) => <Mark tone={CASE_TONES[state]}>{CASE_STATES[state]}</Mark>,
  },
  {
    id: "claims",
    title: "Claims",
    track: "4.5rem",
    figures: true,
    fromPx: 560,
    cell: ({ claims }) => count(claims.length),
  },
  {
    id: "candidates",
    title: "Terminals",
    track: "5.5rem",
    figures: true,
    fromPx: 560,
    cell: ({ candidates }) => count(candidates.filter(isLookedAt).length),
  },
  {
    id: "opened",
    title: "Opened",
    track: "10.5rem",
    figures: true,
    sort: "openedMs",
    fromPx: 640,
    cell: ({ openedMs }) => dateTime(openedMs),
  },
  {
    id: "since",
    title: "In this state since",
    track: "minmax(9.5rem, 1fr)",
    figures: true,
    sort: "stateSinceMs",
    spare: true,
    cell: ({ stateSinceMs }) => dateTime(stateSinceMs),
  },
];
const FILTERS: readonly RecordFilter[] = [
  { title: "State", any: "Any state", options: optionsOf("state", CASE_STATES) },
  { title: "Kind", any: "Any kind", options: optionsOf("kind", CASE_KINDS) },
  { title: "Safety", any: "Any urgency", options: optionsOf("safety", SAFETY_WORDS) },
];

/** Every case, the last opened first. */
export function CaseTable() {
  return (
    <RecordTable
      label="Cases"
      source={SOURCE}
      columns={COLUMNS}
      filters={FILTERS}
      sort="-openedMs"
      actions={
        <CommandButton
          ask={{ command: "case.report", title: "Hand in a report" }}
          permission="cases.report"
          main
        >
          Report…
        </CommandButton>
      }
      empty="A report opens a case: from an administration, the press, the public, or a pattern that was seen."
    />
  );
}
