// SPDX-License-Identifier: MIT
import type { OperatorContext } from "../context.ts";
import { openDesks } from "./desks.ts";
import type { Fleet } from "./fleet.ts";
import { OidcKey } from "./oidc-key.ts";
import type { FleetPorts } from "./ports.ts";
import { type Product, productsOf } from "./products.ts";
import { type SeededServiceAccount, ServiceAccounts } from "./service-accounts.ts";
import { WireIds } from "./wire-ids.ts";

export interface FleetOptions {
  /** What is for sale; none: every plan, at no price. */
  readonly products: readonly Product[];
  /** Entered where no service account is on record. */
  readonly serviceAccounts: readonly SeededServiceAccount[];
}

/** Makes ready what the operator API V2 works with. Devices and telemetry plug into its ports when they start. */
export async function openFleet(operator: OperatorContext, options: FleetOptions): Promise<Fleet> {
  const { db, authority, clock, config } = operator;
  const ports: FleetPorts = {
    devices: operator.dishes,
    usage: operator.telemetry,
    telemetry: operator.telemetry,
  };
  const products = productsOf(options.products, authority.policy.planById.values());
  return {
    operator,
    clients: await ServiceAccounts.open(
      db,
      (decision, change) => authority.log(decision, change),
      authority.book,
      options.serviceAccounts,
      clock.nowMs(),
    ),
    key: await OidcKey.open(config.data),
    ids: new WireIds(authority.book),
    products,
    ports,
    desks: await openDesks(operator, products, ports),
  };
}
