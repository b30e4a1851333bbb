// SPDX-License-Identifier: MIT
import type { Order } from "@perigee/operator/contract";
import { Link, useSearchParams } from "wouter";
import { pageHref } from "../../app/view-options.ts";
import { getJson } from "../../data/api.ts";
import { operatorNowMs } from "../../data/live-state.ts";
import { localSource } from "../../data/records-local.ts";
import { useResource } from "../../data/resource.ts";
import { writeSelection } from "../../data/selection.ts";
import { dateTime } from "../../format/time.ts";
import { Fact, Facts } from "../../ui/facts.tsx";
import { Mark } from "../../ui/mark.tsx";
import { EmptyNote, FailureNote, Skeleton } from "../../ui/notes.tsx";
import { optionsOf, type RecordColumn, type RecordFilter } from "../../ui/record-table/record-column.ts";
import { DetailFrame } from "../../ui/record-table/record-detail.tsx";
import { RecordTable } from "../../ui/record-table/record-table.tsx";
import { useDecisions } from "../../ui/record-table/use-records.ts";
import { TimeLeft } from "../../ui/time-left.tsx";
import { LedgerLink } from "../terminals/orders-part.tsx";
import { ORDER_KINDS, orderState, ordersAt } from "./order-words.ts";

const orders = () => getJson<Order[]>("/v1/orders");
const SOURCE = localSource<Order>(
  "orders",
  async time => {
    const all = await orders();
    return all.ok ? { ok: true, value: ordersAt(all.value, time) } : all;
  },
  "/v1/orders",
);

const COLUMNS: readonly RecordColumn<Order>[] = [
  {
    id: "kind",
    title: "Order",
    track: "minmax(7rem, 2.2fr)",
    sort: "kind",
    cell: ({ kind, ground }) => (
      <span className="two-lines">
        <span>{ORDER_KINDS[kind]}</span>
        <span className="quiet">{ground}</span>
      </span>
    ),
  },
  {
    id: "terminal",
    title: "Terminal",
    track: "minmax(5.4rem, 1.1fr)",
    sort: "terminalId",
    cell: ({ terminalId }) => terminalId,
  },
  {
    id: "officer",
    title: "By",
    track: "minmax(6rem, 1fr)",
    sort: "officer",
    fromPx: 560,
    cell: ({ officer }) => officer,
  },
  {
    id: "state",
    title: "State",
    track: "6.6rem",
    cell: order => {
      const [tone, words] = orderState(order, operatorNowMs());
      return <Mark tone={tone}>{words}</Mark>;
    },
  },
  {
    id: "ends",
    title: "Ends in",
    track: "6.4rem",
    figures: true,
    sort: "expiresAt",
    fromPx: 700,
    cell: ({ expiresAt, endedAt }) =>
      expiresAt === null || endedAt !== null ? "–" : <TimeLeft untilMs={Date.parse(expiresAt)} />,
  },
  {
    id: "at",
    title: "Given",
    track: "minmax(9.5rem, 1fr)",
    figures: true,
    sort: "at",
    fromPx: 460,
    cell: ({ at }) => dateTime(at),
  },
];
const FILTERS: readonly RecordFilter[] = [
  { title: "Kind", any: "Any kind", options: optionsOf("kind", ORDER_KINDS) },
  {
    title: "State",
    any: "Ended or not",
    options: [
      { where: "endedAt:", title: "Not ended" },
      { where: "endedAt!", title: "Ended" },
    ],
  },
];

/** Orders about one terminal each. */
export function OrderTable() {
  return (
    <RecordTable
      label="Orders"
      source={SOURCE}
      columns={COLUMNS}
      filters={FILTERS}
      sort="-at"
      empty="An officer gives one on the page of a terminal."
    />
  );
}

export function OrderDetail({ id }: { id: string }) {
  const decisions = useDecisions();
  const all = useResource("orders", decisions, orders);
  const order = all.value?.find(of => of.id === id);
  const state = order && orderState(order, operatorNowMs());
  return (
    <DetailFrame
      id={id}
      title={order ? `${ORDER_KINDS[order.kind]} ${order.terminalId}` : id}
      mark={state && <Mark tone={state[0]}>{state[1]}</Mark>}
    >
      {all.failure && <FailureNote failure={all.failure} retry={all.reload} />}
      {all.loading && <Skeleton lines={5} label="The order is loading" />}
      {all.value && !order && <EmptyNote title="There is no such order." />}
      {order && (
        <section aria-labelledby="order">
          <h3 id="order">Order</h3>
          <p className="explain">“{order.ground}”</p>
          <Facts>
            <Fact name="By">{order.officer}</Fact>
            <Fact name="Terminal">
              <TerminalLink id={order.terminalId} />
            </Fact>
            <Fact name="Given">{dateTime(order.at)}</Fact>
            <Fact name={order.endedAt ? "Ended" : "Ends by itself"}>
              {order.endedAt
                ? dateTime(order.endedAt)
                : order.expiresAt
                  ? dateTime(order.expiresAt)
                  : "It does not; it is reviewed"}
            </Fact>
          </Facts>
          <p className="quiet">
            <LedgerLink index={order.ledgerIndex} />
          </p>
        </section>
      )}
    </DetailFrame>
  );
}

/** A terminal by its id, with the way to its page. */
export function TerminalLink({ id }: { id: string }) {
  const [parameters] = useSearchParams();
  return (
    <Link href={pageHref("/terminals", writeSelection(parameters, { kind: "terminal", id }))}>{id}</Link>
  );
}
