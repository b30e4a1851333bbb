// SPDX-License-Identifier: MIT
import type { OperatorContext } from "../context.ts";
import type { FleetDesks } from "./desks.ts";
import type { OidcKey } from "./oidc-key.ts";
import type { FleetPorts } from "./ports.ts";
import type { Product } from "./products.ts";
import type { ServiceAccounts } from "./service-accounts.ts";
import type { WireIds } from "./wire-ids.ts";

/** What the operator API V2 works with. */
export interface Fleet {
  readonly operator: OperatorContext;
  readonly clients: ServiceAccounts;
  readonly key: OidcKey;
  readonly ids: WireIds;
  readonly products: readonly Product[];
  readonly ports: FleetPorts;
  readonly desks: FleetDesks;
}
