// SPDX-License-Identifier: MIT
import type { Order } from "@perigee/operator/contract";
import { Link, useSearchParams } from "wouter";
import { closeDialog } from "../../app/dialogs.ts";
import { ledgerHref } from "../../app/view-options.ts";
import { api } from "../../data/api.ts";
import { useResource } from "../../data/resource.ts";
import { dateTime } from "../../format/time.ts";
import { FailureNote, Skeleton } from "../../ui/notes.tsx";

/** The order as it stands in the ledger, read back from there. */
export function OrderReceipt({ order }: { order: Order }) {
  const entry = useResource(`receipt ${order.ledgerIndex}`, null, () =>
    api.ledgerEntries(order.ledgerIndex, 1),
  );
  const [parameters] = useSearchParams();
  const written = entry.value?.[0];
  return (
    <div className="receipt">
      <p>
        Order <code>{order.id}</code> by {order.officer}, {dateTime(order.at)}
        {order.expiresAt && `, ends by itself ${dateTime(order.expiresAt)}`}.
      </p>
      <h3>Ledger entry {order.ledgerIndex}</h3>
      {entry.failure && <FailureNote failure={entry.failure} retry={entry.reload} />}
      {entry.loading && <Skeleton lines={4} label="The entry is loading" />}
      {written && (
        <>
          <p className="quiet">
            Leaf hash <code className="long">{written.leafHash}</code>
          </p>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long entry is scrolled by keyboard */}
          <pre tabIndex={0}>{JSON.stringify(written.entry, null, 2)}</pre>
        </>
      )}
      <div className="modal-foot">
        <Link className="button" href={ledgerHref(order.ledgerIndex, parameters)} onClick={closeDialog}>
          Open in the ledger
        </Link>
        <button type="button" className="button main" onClick={closeDialog}>
          Close
        </button>
      </div>
    </div>
  );
}
