// SPDX-License-Identifier: MIT

import { poolIdOf } from "../../billing/pool-id.ts";
import type { Blocks } from "../../billing/story.ts";
import { wantedBlocks } from "../../data/own-line.ts";
import { type FleetAnswer, type FleetCall, notFound, refused } from "../../operation.ts";
import type { Product } from "../../products.ts";
import { lineNumberOf } from "../../wire-ids.ts";

/** Recurring data as a request about a line's product brings them. */
interface Wanted {
  readonly recurringDataBlocks?:
    | readonly { readonly productId: string; readonly count: number }[]
    | null
    | undefined;
  readonly dataPoolId?: string | null | undefined;
}

/** Recurring data that were found in order; `null`: the request says nothing of them. */
export type RecurringData = { readonly blocks: readonly Blocks[]; readonly poolId: string | null } | null;

type Refusal = FleetAnswer<never> & { readonly ok: false };

/** A product that is sold, with its plan in the policy in force. */
export function soldProduct(
  { fleet }: FleetCall,
  productId: string,
): { readonly ok: true; readonly value: Product } | Refusal {
  const product = fleet.products.find(({ id }) => id === productId);
  if (product !== undefined && fleet.operator.authority.policy.planById.has(product.planId)) {
    return { ok: true, value: product };
  }
  return refused("invalid_product", ["productReferenceId"], `No product ${productId} is sold.`);
}

/** Checks recurring data before anything is done, so that a line is not opened with half of what was asked for. */
export function checkRecurring(
  { fleet, account }: FleetCall,
  productId: string,
  { recurringDataBlocks, dataPoolId }: Wanted,
): { readonly ok: true; readonly value: RecurringData } | Refusal {
  if (recurringDataBlocks == null) return { ok: true, value: null };
  const poolId = dataPoolId ?? null;
  if (poolId !== null && poolId !== poolIdOf(account.id, productId)) return notFound("dataPoolId", poolId);
  const terms = fleet.desks.billing.prices.terms(productId);
  const blocks = wantedBlocks(terms, recurringDataBlocks, "recurringDataBlocks");
  return blocks.ok ? { ok: true, value: { blocks: blocks.value, poolId } } : blocks;
}

/** @param now - Whether they are bought for the running cycle too. */
export async function setRecurring(
  { fleet, account, client }: FleetCall,
  lineId: string,
  data: RecurringData,
  now: boolean,
): Promise<void> {
  if (data === null) return;
  const what = data.blocks.map(({ productId, count }) => `${count} × ${productId}`).join(", ");
  await fleet.desks.billing.record(
    account.id,
    { id: client.clientId, name: client.name },
    { kind: "recurring", lineId, ...data, now },
    `Service line ${lineNumberOf(lineId)} buys ${what || "no blocks"} every billing cycle.`,
  );
}
