// SPDX-License-Identifier: MIT
import type { OwnStatement } from "@perigee/casework";
import type { LinkError, Result as LinkResult } from "@perigee/link";
import type { ElementsError } from "@perigee/orbit";
import type { Access } from "./access/access.ts";
import type { Asked, AuthorityService, SignedOrder } from "./authority/authority-service.ts";
import type { CarriedOut, CommandError } from "./authority/carried-out.ts";
import type { Clock } from "./clock.ts";
import type { ConditionDesk } from "./conditions/condition-desk.ts";
import type { Config } from "./config.ts";
import type { Order } from "./contract.ts";
import type { DishDesk } from "./dish/dish-desk.ts";
import type { EventHub } from "./event-hub.ts";
import type { Fleet } from "./fleet/fleet.ts";
import type { LocationWatch } from "./location/location-watch.ts";
import type { NetworkService } from "./network-service.ts";
import type { PlanetService } from "./planet/planet-service.ts";
import type { Database } from "./storage/database.ts";
import type { SigningKey } from "./storage/keys.ts";
import type { LinkRecords } from "./storage/link-records.ts";
import type { StoredLists } from "./storage/screening-lists.ts";
import type { TelemetryStore } from "./telemetry/store.ts";
import type { Views } from "./views.ts";

/** A value or an error with its place, as everywhere at the rooms' faces. */
export type Outcome<T, E> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: E };

/** What a load of elements gives back. */
export interface LoadedElements {
  readonly satellites: number;
  readonly epoch: string;
  readonly ageDays: number;
  readonly checksum: string;
  readonly ledgerIndex: number;
}

/** Everything that a request handler may use; built once by `startOperator`. */
export interface OperatorContext {
  readonly version: string;
  readonly config: Config;
  readonly clock: Clock;
  readonly db: Database;
  readonly hub: EventHub;
  readonly ledgerKey: SigningKey;
  readonly authority: AuthorityService;
  readonly network: NetworkService;
  readonly planet: PlanetService;
  readonly lists: StoredLists;
  readonly linkRecords: LinkRecords;
  /** Measures where terminals are. */
  readonly locations: LocationWatch;
  readonly views: Views;
  /** Who may do what, and who read where terminals are. */
  readonly access: Access;
  /** Terminals as devices, with their local APIs. */
  readonly dishes: DishDesk;
  /** A row per terminal per slot. */
  readonly telemetry: TelemetryStore;
  /** The operator API V2, for customers' programs. */
  readonly fleet: Fleet;
  /** What the operator said in public, by the scenario. */
  readonly ownStatements: readonly OwnStatement[];
  /** Conditions on links; asked only where faults are allowed. */
  readonly linkConditions: ConditionDesk;
  /** Names and addresses that this operator answers to. */
  readonly hostNames: ReadonlySet<string>;
  /** Number of the slot that is running. */
  slot(): number;
  /** Decides, records, logs, and tells the data plane; resolves when all four are done. */
  order(request: SignedOrder): Promise<Outcome<Order, CommandError>>;
  /** Any command of the authority, in the same way. */
  carryOut(asked: Asked): Promise<Outcome<CarriedOut, CommandError>>;
  loadElements(text: string, source: string): Promise<Outcome<LoadedElements, ElementsError>>;
  setAuthorityReachable(reachable: boolean): Promise<LinkResult<null, LinkError>>;
}
