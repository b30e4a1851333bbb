// SPDX-License-Identifier: MIT
import type { Order } from "@perigee/operator/contract";
import { Link, useSearchParams } from "wouter";
import { ledgerHref } from "../../app/view-options.ts";
import { dateTime } from "../../format/time.ts";
import { ORDER_KINDS } from "../orders/order-words.ts";

/** Orders about this terminal, newest first. */
export function OrdersPart({ orders }: { orders: readonly Order[] }) {
  return (
    <section aria-labelledby="orders">
      <h3 id="orders">Orders</h3>
      {orders.length === 0 && <p className="quiet">No order was ever given about this terminal.</p>}
      <ul className="records">
        {orders.map(order => (
          <li key={order.id}>
            <p>
              <strong>{ORDER_KINDS[order.kind]}</strong> by {order.officer}
              {order.kind === "suspend" && (
                <span className="tag">{order.endedAt ? "ended" : "in force"}</span>
              )}
            </p>
            <p>“{order.ground}”</p>
            <p className="quiet">
              {dateTime(order.at)}
              {order.endedAt
                ? `, ended ${dateTime(order.endedAt)}`
                : order.expiresAt && `, ends by itself ${dateTime(order.expiresAt)}`}
              {" · "}
              <LedgerLink index={order.ledgerIndex} />
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Where the proof stands. */
export function LedgerLink({ index }: { index: number }) {
  const [parameters] = useSearchParams();
  return <Link href={ledgerHref(index, parameters)}>Ledger entry {index}</Link>;
}
