// SPDX-License-Identifier: MIT
import { lookAt } from "../../app/look-at.ts";
import { recordSource } from "../../data/records.ts";
import { quantity } from "../../format/number.ts";
import { date } from "../../format/time.ts";
import { CommandButton } from "../../ui/command-dialog/command-button.tsx";
import { Fact, Facts } from "../../ui/facts.tsx";
import type { RecordColumn } from "../../ui/record-table/record-column.ts";
import { RecordDetail } from "../../ui/record-table/record-detail.tsx";
import { RecordTable } from "../../ui/record-table/record-table.tsx";
import { type OperatorAreaRow, ringMiddle } from "./operator-area-row.ts";

/** Earlier drawings are versions of an area and stand on its page, not in the list. */
const SOURCE = recordSource<OperatorAreaRow>("operator-areas", ["drawingOf:"]);
const COLUMNS: readonly RecordColumn<OperatorAreaRow>[] = [
  {
    id: "title",
    title: "Area",
    track: "minmax(11rem, 2fr)",
    sort: "title",
    cell: ({ title, id }) => (
      <span className="two-lines">
        <span>{title}</span>
        <code className="quiet">{id}</code>
      </span>
    ),
  },
  {
    id: "asserter",
    title: "Drawn by",
    track: "minmax(8rem, 1.4fr)",
    sort: "asserter",
    fromPx: 480,
    cell: ({ asserter, source }) => (
      <span className="two-lines">
        <span>{asserter}</span>
        <span className="quiet">{source}</span>
      </span>
    ),
  },
  {
    id: "error",
    title: "Map error",
    track: "7rem",
    figures: true,
    sort: "mapErrorKm",
    cell: ({ mapErrorKm }) => quantity(mapErrorKm, "km"),
  },
  {
    id: "from",
    title: "Valid from",
    track: "7.5rem",
    figures: true,
    sort: "validFromMs",
    fromPx: 620,
    cell: ({ validFromMs }) => date(validFromMs),
  },
];

/** Areas that the operator drew itself: parts of territories, down to a part of a cell. */
export function OperatorAreaTable() {
  return (
    <RecordTable
      label="Drawn areas"
      source={SOURCE}
      columns={COLUMNS}
      sort="title"
      empty="A rule for less than a territory needs an area: draw one, and statements can speak of it."
      actions={
        <CommandButton
          ask={{ command: "operatorArea.draw", title: "Draw an area" }}
          permission="areas.change"
          main
        >
          Draw…
        </CommandButton>
      }
    />
  );
}

export function OperatorAreaDetail({ id }: { id: string }) {
  return (
    <RecordDetail<OperatorAreaRow>
      list="operator-areas"
      id={id}
      title={({ title }) => title}
      actions={area => (
        <button
          type="button"
          className="button"
          onClick={() => {
            const middle = ringMiddle(area.rings);
            if (middle) lookAt({ ...middle, zoom: 6 });
          }}
        >
          Show on the map
        </button>
      )}
    >
      {area => (
        <section>
          <Facts>
            <Fact name="Drawn by">{area.asserter}</Fact>
            <Fact name="Source">{area.source}</Fact>
            <Fact name="Rings">
              {area.rings.length} with {area.rings.reduce((sum, ring) => sum + ring.length - 1, 0)} corners
            </Fact>
            <Fact name="As of">{date(area.asOfMs)}</Fact>
            <Fact name="Map error">{quantity(area.mapErrorKm, "km")}</Fact>
            <Fact name="The true line may move">{quantity(area.driftKmPerDay, "km a day")}</Fact>
            <Fact name="Valid">
              {date(area.validFromMs)} to {area.validToMs === null ? "further notice" : date(area.validToMs)}
            </Fact>
          </Facts>
        </section>
      )}
    </RecordDetail>
  );
}
