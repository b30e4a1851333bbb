// SPDX-License-Identifier: MIT
import type { ColumnType, Generated } from "kysely";
import type { AccessTables } from "../access/tables.ts";
import type { FleetClientTables } from "../fleet/client-tables.ts";
import type { FleetTables } from "../fleet/tables.ts";

/** UTC milliseconds in a `bigint` column; the drivers hand it over as a number. */
type Ms = ColumnType<number, number, number>;

/**
 * Columns of every record that can change. Two intervals, both half-open: when the fact held in the world
 * (`valid_*`), and when this system held it to be so (`known_*`). A correction ends the old row's `known_to_ms` and
 * adds a row; nothing is updated in place otherwise and nothing is deleted.
 */
interface Bitemporal {
  valid_from_ms: Ms;
  valid_to_ms: ColumnType<number | null, number | null, number | null>;
  known_from_ms: Ms;
  known_to_ms: ColumnType<number | null, number | null, number | null>;
}

/** A record kept as a document: the shape belongs to the room that owns the noun, not to the database. */
interface DocumentRecord extends Bitemporal {
  row: Generated<number>;
  /** See `RecordKind` in `records.ts`. */
  kind: string;
  id: string;
  document: ColumnType<unknown, string, string>;
}

export interface Tables extends AccessTables, FleetTables, FleetClientTables {
  record: DocumentRecord;
  decision: {
    id: string;
    at_ms: Ms;
    subject: string;
    action: string;
    document: ColumnType<unknown, string, string>;
    ledger_index: ColumnType<number, number, never>;
  };
  ledger_entry: {
    index: ColumnType<number, number, never>;
    /** Canonical JSON; its UTF-8 bytes are the Merkle leaf. */
    body: string;
    leaf_hash: string;
  };
  ledger_head: {
    size: ColumnType<number, number, never>;
    root: string;
    at_ms: Ms;
    key_id: string;
    signature: string;
    frontier: ColumnType<unknown, string, never>;
  };
  /** Full tiles of the ledger's tree (C2SP tlog-tiles), with all nodes inside them; written once. */
  ledger_tile: {
    level: number;
    index: number;
    /** See `FullTile` of the ledger. */
    nodes: Uint8Array;
    root: Uint8Array;
  };
  /** What witnesses signed about heads. */
  cosignature: {
    size: number;
    witness: string;
    at_ms: Ms;
    /** The signature line of a signed note (C2SP tlog-cosignature). */
    line: string;
  };
  /** Requests of commands under the hash that the log has of them; canonical JSON. */
  command_request: { hash: string; body: string };
  /** A version of a sanctions list, one entry a line, as it was loaded. */
  screening_list: { list: string; version: string; body: string; loaded_at_ms: Ms };
  admission_facts: { decision_id: string; at_ms: Ms; facts: ColumnType<unknown, string, string> };
  element_set: {
    checksum: string;
    source: string;
    body: string;
    loaded_at_ms: Ms;
    ledger_index: ColumnType<number, number, never>;
  };
  /** What a terminal's link was in a slot; kept for a day. */
  link_record: {
    terminal_id: string;
    slot: number;
    reason: string;
    link: ColumnType<unknown, string | null, string | null>;
  };
  /** Evidentiary copies, by the hash of their bytes; the database refuses to change or delete a row. */
  evidence_copy: { sha256: string; bytes: Uint8Array; stored_at_ms: ColumnType<number, number, never> };
  /** Who read which evidentiary copy; likewise. */
  evidence_read: {
    row: Generated<number>;
    evidence_id: string;
    person_id: string;
    via: string;
    at_ms: ColumnType<number, number, never>;
    why: string | null;
    /** `given`, or `damaged`: the copy was not what it was, and was withheld. */
    outcome: string;
  };
  setting: { key: string; value: string };
  schema_migration: { id: string; at_ms: Ms };
}
