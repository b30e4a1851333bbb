// SPDX-License-Identifier: MIT
import type { Plan } from "@perigee/authority";
import type { Product } from "../fleet/products.ts";
import type { SeededServiceAccount } from "../fleet/service-accounts.ts";

/** Why something of a scenario is refused. */
interface Fault {
  readonly place: string;
  readonly message: string;
}

/** The first product of a plan that there is not, or whose id stands twice; data products share the ids. */
export function faultyProduct(
  products: readonly Product[],
  planById: ReadonlyMap<string, Plan>,
): Fault | null {
  const ids = new Set<string>();
  for (const [i, { id, planId, topUp, blocks }] of products.entries()) {
    const place = `products[${i}]`;
    if (!planById.has(planId)) return { place: `${place}.planId`, message: `there is no plan "${planId}"` };
    // The same data may be sold beside several plans, so only one product's own must differ.
    const own = [id, ...blocks.map(block => block.id), ...(topUp === null ? [] : [topUp.id])];
    const twice = ids.has(id) ? id : own.find((each, at) => own.indexOf(each) < at && each !== topUp?.id);
    if (twice !== undefined) return { place, message: `"${twice}" stands twice` };
    ids.add(id);
  }
  return null;
}

/** The first service account of an account that there is not, or whose id stands twice. */
export function faultyServiceAccount(
  clients: readonly SeededServiceAccount[],
  accounts: readonly { readonly id: string }[],
): Fault | null {
  const known = new Set(accounts.map(({ id }) => id));
  const ids = new Set<string>();
  for (const [i, { clientId, accountId }] of clients.entries()) {
    const place = `serviceAccounts[${i}]`;
    if (!known.has(accountId))
      return { place: `${place}.accountId`, message: `there is no account "${accountId}"` };
    if (ids.has(clientId)) return { place: `${place}.clientId`, message: `"${clientId}" stands twice` };
    ids.add(clientId);
  }
  return null;
}
