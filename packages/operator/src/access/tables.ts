// SPDX-License-Identifier: MIT
import type { ColumnType, Generated } from "kysely";

/** UTC milliseconds in a `bigint` column. */
type Ms = ColumnType<number, number, number>;
type OptionalMs = ColumnType<number | null, number | null | undefined, number | null>;

/** The tables of migration `004-sign-in`. Sessions, accounts and verifications are written by better-auth. */
export interface AccessTables {
  person: {
    id: string;
    name: string;
    email: string;
    email_verified: boolean;
    roles: ColumnType<unknown, string, string>;
    created_at: Date;
    updated_at: Date;
    /** When the person stopped working here; the row stays for the records that name them. */
    ended_at_ms: OptionalMs;
    /** The party that a customer belongs to; nobody who works here has one. */
    party: string | null;
  };
  person_session: { id: string; person_id: string };
  person_account: { id: string; person_id: string; provider_id: string; password: string | null };
  person_verification: { id: string; value: string };
  api_key: {
    id: string;
    person_id: string;
    label: string;
    /** Hex SHA-256 of the secret, which has 256 random bits: nothing is gained by a slow hash. */
    secret_hash: string;
    roles: ColumnType<unknown, string, string>;
    made_at_ms: Ms;
    expires_at_ms: Ms;
    revoked_at_ms: OptionalMs;
    used_at_ms: OptionalMs;
  };
  location_read: {
    row: Generated<number>;
    person_id: string;
    via: string;
    minute_ms: Ms;
    route: string;
    /** Ids, or `null` for a list too long to name. */
    terminals: ColumnType<unknown, string | null, string | null>;
    terminal_count: Ms;
    why: string | null;
    reads: Ms;
  };
  location_read_digest: { day: Ms; row_count: Ms; digest: string; ledger_index: Ms };
}
