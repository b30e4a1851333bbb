// SPDX-License-Identifier: MIT
import { recordSource } from "../../data/records.ts";
import type { BulkOrderRow } from "../../data/records-shapes.ts";
import { count } from "../../format/number.ts";
import { dateTime } from "../../format/time.ts";
import { codeWords } from "../../format/words.ts";
import { CommandButton } from "../../ui/command-dialog/command-button.tsx";
import { Fact, Facts } from "../../ui/facts.tsx";
import { Mark } from "../../ui/mark.tsx";
import { optionsOf, type RecordColumn, type RecordFilter } from "../../ui/record-table/record-column.ts";
import { RecordDetail } from "../../ui/record-table/record-detail.tsx";
import { RecordTable } from "../../ui/record-table/record-table.tsx";
import { EvidenceList } from "../evidence-list.tsx";
import { BULK_SENTENCES, BULK_STATES, BULK_TONES, bulkProgress } from "./order-words.ts";
import { TerminalLink } from "./single-orders.tsx";

const SOURCE = recordSource<BulkOrderRow>("bulk-orders");
const COLUMNS: readonly RecordColumn<BulkOrderRow>[] = [
  {
    id: "what",
    title: "Order",
    track: "minmax(10rem, 2.2fr)",
    sort: "action",
    cell: ({ action, ground }) => (
      <span className="two-lines">
        <span>{codeWords(action)}</span>
        <span className="quiet">{ground}</span>
      </span>
    ),
  },
  {
    id: "state",
    title: "State",
    track: "minmax(8rem, 1fr)",
    sort: "state",
    cell: order => (
      <span className="two-lines">
        <Mark tone={BULK_TONES[order.state]}>{BULK_STATES[order.state]}</Mark>
        <span className="quiet">{bulkProgress(order)}</span>
      </span>
    ),
  },
  {
    id: "by",
    title: "Asked by",
    track: "minmax(6rem, 1fr)",
    sort: "requestedBy.name",
    fromPx: 560,
    cell: ({ requestedBy }) => requestedBy.name,
  },
  {
    id: "at",
    title: "Begun",
    track: "minmax(9.5rem, 1fr)",
    figures: true,
    sort: "atMs",
    fromPx: 460,
    cell: ({ atMs }) => dateTime(atMs),
  },
];
const FILTERS: readonly RecordFilter[] = [
  { title: "State", any: "Any state", options: optionsOf("state", BULK_STATES) },
  {
    title: "Action",
    any: "Any action",
    options: ["suspend", "restrict", "deactivate", "restore"].map(action => ({
      where: `action:${action}`,
      title: codeWords(action),
    })),
  },
];

/** Orders about many terminals. */
export function BulkTable() {
  return (
    <RecordTable
      label="Bulk orders"
      source={SOURCE}
      columns={COLUMNS}
      filters={FILTERS}
      sort="-atMs"
      actions={
        <CommandButton
          ask={{ command: "bulk.propose", title: "Order about many terminals" }}
          permission="orders.request"
        >
          New…
        </CommandButton>
      }
      empty="Two persons approve one; it begins with a canary of at most one per cent."
    />
  );
}

export function BulkDetail({ id }: { id: string }) {
  return (
    <RecordDetail<BulkOrderRow>
      list="bulk-orders"
      id={id}
      title={({ action, terminalIds }) => `${codeWords(action)} ${count(terminalIds.length)} terminals`}
      mark={({ state }) => <Mark tone={BULK_TONES[state]}>{BULK_STATES[state]}</Mark>}
      actions={order => <BulkActions order={order} />}
    >
      {order => <BulkParts order={order} />}
    </RecordDetail>
  );
}

function BulkActions({ order }: { order: BulkOrderRow }) {
  const given = { bulkId: order.id };
  const of = `${codeWords(order.action).toLowerCase()} ${count(order.terminalIds.length)} terminals`;
  const observations = order.canary.map(terminalId => ({ terminalId, asExpected: false, note: "" }));
  return (
    <>
      {order.state === "stopped" && (
        <CommandButton
          ask={{ command: "bulk.look", title: `Let it go on: ${of}`, given }}
          permission="orders.request"
        />
      )}
      {order.state === "canary" && (
        <>
          <CommandButton
            ask={{
              command: "bulk.confirmCanary",
              title: `What the canary showed: ${of}`,
              given,
              initial: { observations },
            }}
            permission="orders.request"
          >
            Canary…
          </CommandButton>
          <CommandButton
            ask={{ command: "bulk.stop", title: `Stop: ${of}`, given }}
            permission="orders.suspend"
          />
        </>
      )}
      {order.state !== "rolledBack" && (
        <CommandButton
          ask={{ command: "bulk.rollBack", title: `Roll back: ${of}`, given }}
          permission="orders.suspend"
        />
      )}
    </>
  );
}

function BulkParts({ order }: { order: BulkOrderRow }) {
  const { terminalIds, canary, done, observations } = order;
  const share = terminalIds.length === 0 ? 0 : done.length / terminalIds.length;
  return (
    <>
      <section aria-labelledby="bulk">
        <h3 id="bulk">Order</h3>
        <p className="explain">“{order.ground}”</p>
        <p>{BULK_SENTENCES[order.state]}</p>
        {order.stoppedBecause && (
          <p>
            <Mark tone="bad">Stopped</Mark> {order.stoppedBecause}
          </p>
        )}
        <span
          className="scale"
          role="img"
          aria-label={`Carried out on ${done.length} of ${terminalIds.length}`}
        >
          <span style={{ width: `${100 * share}%` }} />
        </span>
        <Facts>
          <Fact name="Carried out on">
            {count(done.length)} of {count(terminalIds.length)}
          </Fact>
          <Fact name="For how long">
            {order.hours === null ? "Until somebody ends it; it is reviewed" : `${order.hours} h`}
          </Fact>
          <Fact name="Asked by">{order.requestedBy.name}</Fact>
          <Fact name="Approved by">
            {order.approvals.map(({ approver }) => approver).join(", ") || "nobody: an emergency"}
          </Fact>
        </Facts>
      </section>
      <section aria-labelledby="canary">
        <h3 id="canary">Canary</h3>
        <p className="quiet">
          Which terminals it is tried on follows from its id and theirs; nobody picks them.
        </p>
        <ul className="records">
          {canary.map(id => {
            const seen = observations.find(({ terminalId }) => terminalId === id);
            return (
              <li key={id}>
                <p>
                  <TerminalLink id={id} />{" "}
                  {seen === undefined ? (
                    <Mark tone="wait">Nobody has looked</Mark>
                  ) : (
                    <Mark tone={seen.asExpected ? "ok" : "bad"}>
                      {seen.asExpected ? "As expected" : "Not as expected"}
                    </Mark>
                  )}
                </p>
                {seen && <p>“{seen.note}”</p>}
              </li>
            );
          })}
        </ul>
      </section>
      <EvidenceList request={order} />
    </>
  );
}
