// SPDX-License-Identifier: MIT
import type { ColumnType } from "kysely";

/** UTC milliseconds in a `bigint` column. */
type Ms = ColumnType<number, number, number>;
type OptionalMs = ColumnType<number | null, number | null | undefined, number | null>;

/** The tables of migration `008-fleet`. */
export interface FleetClientTables {
  service_account: {
    client_id: string;
    account_id: string;
    name: string;
    permissions: ColumnType<unknown, string, string>;
    made_at_ms: Ms;
    disabled_at_ms: OptionalMs;
  };
  service_secret: {
    id: string;
    client_id: string;
    /** Hex SHA-256. Those that are made here have 256 random bits: nothing is gained by a slow hash. */
    secret_hash: string;
    made_at_ms: Ms;
    expires_at_ms: OptionalMs;
    revoked_at_ms: OptionalMs;
  };
  /** What was answered under an idempotency key, in a form that only the key reads; see `Idempotency`. */
  fleet_answer: { key_hash: string; fingerprint: string; status: number; body: Uint8Array; at_ms: Ms };
}
