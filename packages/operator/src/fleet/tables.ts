// SPDX-License-Identifier: MIT
import type { ColumnType, Generated } from "kysely";

/** UTC milliseconds in a `bigint` column. */
type Ms = ColumnType<number, number, number>;

/** The tables of migration `009-fleet-use`. */
export interface FleetTables {
  /** What an account bought, decided about its data or paid; see `DataEvent`. The database refuses changes. */
  account_event: {
    row: Generated<number>;
    account_id: string;
    at_ms: Ms;
    document: ColumnType<unknown, string, never>;
    ledger_index: Ms;
  };
  /** Bytes of a service line on a UTC day that is over. */
  metered_day: { line_id: string; day_ms: Ms; down_bytes: Ms; up_bytes: Ms };
  /** How far a service account has read the telemetry of an account. */
  telemetry_reader: { client_id: string; account_id: string; position: string; at_ms: Ms };
  /** Where an account wants to be told of what happens. */
  webhook: {
    id: string;
    account_id: string;
    url: string;
    /** With which messages are signed; shown once, to whoever made the webhook. */
    secret: string;
    events: ColumnType<unknown, string, string>;
    made_at_ms: Ms;
    ended_at_ms: ColumnType<number | null, number | null, number | null>;
  };
  webhook_message: {
    row: Generated<number>;
    webhook_id: string;
    message_id: string;
    /** Messages of one webhook and lane arrive in their order: the terminal's id. */
    lane: string;
    body: string;
    at_ms: Ms;
    attempts: ColumnType<number, number | undefined, number>;
    next_ms: Ms;
    last_answer: ColumnType<string | null, string | null | undefined, string | null>;
    done_ms: ColumnType<number | null, number | null | undefined, number | null>;
    given_up: ColumnType<boolean, boolean | undefined, boolean>;
  };
}
