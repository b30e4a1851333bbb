// SPDX-License-Identifier: MIT
import { int32, int64 } from "./cell-text.ts";
import { instantText } from "./number-text.ts";
import { type Column, rowCount, type Table } from "./table.ts";

/**
 * A table as JSON (RFC 8259): `{ title, description, notes, columns: [{ name, type, unit, description }], rows: [{…}] }`,
 * one row per line. Instants are ISO 8601 texts, `i64` are decimal texts (JSON readers lose digits above 2⁵³), missing
 * values null; NaN and infinities, which JSON cannot hold, are null too.
 *
 * @throws RangeError when columns differ in length or share a name, or a value does not fit its type.
 *
 * @example
 * ```ts
 * import { tableToJson } from "@perigee/report";
 *
 * JSON.parse(tableToJson({ columns: [{ name: "rttMs", type: "f64", unit: "ms", values: [31.25, null] }] })).rows;
 * // [{ rttMs: 31.25 }, { rttMs: null }]
 * ```
 */
export function tableToJson(table: Table): string {
  const count = rowCount(table);
  const { title, description, notes } = table;
  const columns = table.columns.map(({ name, type, unit, description }) => ({
    name,
    type,
    unit,
    description,
  }));
  const head = JSON.stringify({ title, description, notes, columns });
  const fields = table.columns.map(column => ({
    key: JSON.stringify(column.name),
    value: jsonValue(column),
  }));
  const rows: string[] = [];
  for (let row = 0; row < count; row++) {
    rows.push(`{${fields.map(({ key, value }) => `${key}:${JSON.stringify(value(row))}`).join(",")}}`);
  }
  return `${head.slice(0, -1)},"rows":[${rows.length === 0 ? "" : `\n${rows.join(",\n")}\n`}]}\n`;
}

function jsonValue(column: Column): (row: number) => string | number | boolean | null {
  const { name } = column;
  switch (column.type) {
    case "text":
      return row => column.values[row] ?? null;
    case "bool":
      return row => {
        const value = column.values[row] ?? null;
        return value === null ? null : Boolean(value);
      };
    case "i64":
      return row => {
        const value = column.values[row] ?? null;
        return value === null ? null : String(int64(value, name));
      };
    default: {
      const { type, values } = column;
      return row => {
        const value = values[row] ?? null;
        if (value === null || Number.isNaN(value)) return null;
        if (type === "instant") return instantText(value);
        return type === "i32" ? int32(value, name) : type === "f32" ? Math.fround(value) : value;
      };
    }
  }
}
