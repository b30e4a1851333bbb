// SPDX-License-Identifier: MIT
// How a row lies in memory, in DuckDB and in Parquet: one table, from which packing, tables and files are made.
import { SLOT_MS, slotStartMs } from "@perigee/network";

/** Unsigned 32 bits hold every slot until the year 4011, every catalogue number, every word. */
export type ColumnArray =
  | Uint8Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>
  | Uint32Array<ArrayBuffer>
  | Float32Array<ArrayBuffer>
  | BigUint64Array<ArrayBuffer>;

/** One slot's rows, column by column. What is `null` in a row is the column's own sign for nothing. */
export interface SlotColumns {
  readonly slot: Uint32Array<ArrayBuffer>;
  /** Words; see `words.ts`. */
  readonly terminal: Uint32Array<ArrayBuffer>;
  readonly account: Uint32Array<ArrayBuffer>;
  readonly cell: BigUint64Array<ArrayBuffer>;
  readonly country: Uint32Array<ArrayBuffer>;
  readonly inTerritorialWaters: Uint8Array<ArrayBuffer>;
  readonly satellite: Uint32Array<ArrayBuffer>;
  readonly gateway: Uint32Array<ArrayBuffer>;
  readonly pop: Uint32Array<ArrayBuffer>;
  readonly rttMs: Float32Array<ArrayBuffer>;
  readonly pingLatencyMs: Float32Array<ArrayBuffer>;
  readonly pingDropRate: Float32Array<ArrayBuffer>;
  readonly downBytes: BigUint64Array<ArrayBuffer>;
  readonly upBytes: BigUint64Array<ArrayBuffer>;
  readonly obstruction: Float32Array<ArrayBuffer>;
  readonly signalQuality: Float32Array<ArrayBuffer>;
  readonly uptimeS: Uint32Array<ArrayBuffer>;
  readonly secondsUntilReboot: Int32Array<ArrayBuffer>;
  readonly software: Uint32Array<ArrayBuffer>;
  readonly wireCode: Uint8Array<ArrayBuffer>;
  readonly reason: Uint32Array<ArrayBuffer>;
  readonly reporting: Uint8Array<ArrayBuffer>;
  /** Bit `k`: the alert of wire code `50 + k`. */
  readonly alerts: BigUint64Array<ArrayBuffer>;
}

export type ColumnName = keyof SlotColumns;

/** Signs for nothing, by column; where none is named it is 0, and NaN among measurements. */
export const NO_UPTIME = 2 ** 32 - 1;
export const NO_REBOOT = -(2 ** 31);
export const NO_WIRE_CODE = 255;

/** The first alert's wire code; the bitset has room for 64. */
export const FIRST_ALERT = 50;
export const MOST_ALERTS = 64;

type Kind = "integer" | "word" | "measure" | "threeWay" | "flag" | "plain";

interface ColumnSpec {
  readonly name: ColumnName;
  /** Column name in tables and files. */
  readonly sql: string;
  /** DuckDB's type of the packed column. */
  readonly type: "UTINYINT" | "INTEGER" | "UINTEGER" | "UBIGINT" | "FLOAT";
  readonly kind: Kind;
  /** The sign for nothing of a column of integers. */
  readonly nothing: number;
}

const spec = (
  name: ColumnName,
  type: ColumnSpec["type"],
  kind: Kind = type === "FLOAT" ? "measure" : "integer",
  nothing = 0,
): ColumnSpec => ({ name, sql: name.replace(/[A-Z]/g, c => `_${c.toLowerCase()}`), type, kind, nothing });

/** Every column, in the order of tables and files. */
export const columns: readonly ColumnSpec[] = [
  spec("slot", "UINTEGER", "plain"),
  spec("terminal", "UINTEGER", "word"),
  spec("account", "UINTEGER", "word"),
  spec("cell", "UBIGINT"),
  spec("country", "UINTEGER", "word"),
  spec("inTerritorialWaters", "UTINYINT", "threeWay"),
  spec("satellite", "UINTEGER"),
  spec("gateway", "UINTEGER", "word"),
  spec("pop", "UINTEGER", "word"),
  spec("rttMs", "FLOAT"),
  spec("pingLatencyMs", "FLOAT"),
  spec("pingDropRate", "FLOAT"),
  spec("downBytes", "UBIGINT", "plain"),
  spec("upBytes", "UBIGINT", "plain"),
  spec("obstruction", "FLOAT"),
  spec("signalQuality", "FLOAT"),
  spec("uptimeS", "UINTEGER", "integer", NO_UPTIME),
  spec("secondsUntilReboot", "INTEGER", "integer", NO_REBOOT),
  spec("software", "UINTEGER", "word"),
  spec("wireCode", "UTINYINT", "integer", NO_WIRE_CODE),
  spec("reason", "UINTEGER", "word"),
  spec("reporting", "UTINYINT", "flag"),
  spec("alerts", "UBIGINT", "plain"),
];

const arrayOf = (type: ColumnSpec["type"], length: number): ColumnArray => {
  switch (type) {
    case "UTINYINT":
      return new Uint8Array(length);
    case "INTEGER":
      return new Int32Array(length);
    case "UINTEGER":
      return new Uint32Array(length);
    case "UBIGINT":
      return new BigUint64Array(length);
    case "FLOAT":
      return new Float32Array(length);
  }
};

/** Empty columns for so many rows. */
export const emptyColumns = (length: number): SlotColumns =>
  Object.fromEntries(
    columns.map(({ name, type }) => [name, arrayOf(type, length)]),
  ) as unknown as SlotColumns;

/** Bytes that one row takes in memory. */
export const ROW_BYTES = columns.reduce((sum, { type }) => sum + arrayOf(type, 1).byteLength, 0);

/** The columns of a table of packed rows. */
export const packedTable = columns.map(({ sql, type }) => `${sql} ${type}`).join(", ");

/**
 * What a packed row says, for a select: words as texts, nothing as NULL, and when the slot began. So rows lie in
 * files, where anyone can read them. `words` must be a variable of the connection: texts by code, NULL first.
 */
export const plainSelect = [
  `make_timestamp_ms(${slotStartMs(0)} + slot::BIGINT * ${SLOT_MS}) AS slot_start`,
  ...columns.map(column => `${plain(column)} AS ${column.sql}`),
].join(", ");

/** A select of plain rows that has none. */
export const noRows = `SELECT ${plainSelect} FROM (
  SELECT ${columns.map(({ sql, type }) => `NULL::${type} AS ${sql}`).join(", ")}
) WHERE false`;

/** The columns of a file. */
export const plainColumns: readonly string[] = ["slot_start", ...columns.map(({ sql }) => sql)];

function plain({ sql, kind, nothing }: ColumnSpec): string {
  switch (kind) {
    case "plain":
      return sql;
    case "integer":
      return `nullif(${sql}, ${nothing})`;
    case "word":
      return `getvariable('words')[${sql}::BIGINT + 1]`;
    case "measure":
      return `CASE WHEN isnan(${sql}) THEN NULL ELSE ${sql} END`;
    case "threeWay":
      return `CASE ${sql} WHEN 1 THEN false WHEN 2 THEN true END`;
    case "flag":
      return `${sql} = 1`;
  }
}
