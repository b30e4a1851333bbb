// SPDX-License-Identifier: MIT
import { fixedText, float32Text, float64Text, instantText } from "./number-text.ts";
import type { Column } from "./table.ts";

/** @throws RangeError when the value is not whole or does not fit 32 bits. */
export function int32(value: number, name: string): number {
  if (value !== (value | 0))
    throw new RangeError(`Column "${name}": ${value} is not a whole number of 32 bits.`);
  return value | 0;
}

/** @throws RangeError when the value does not fit 64 bits with a sign. */
export function int64(value: bigint, name: string): bigint {
  if (BigInt.asIntN(64, value) !== value) {
    throw new RangeError(`Column "${name}": ${value} does not fit 64 bits with a sign.`);
  }
  return value;
}

/** How one column's values are printed: row to text; `null` where the value is missing. */
export function cellText(column: Column): (row: number) => string | null {
  const { name } = column;
  switch (column.type) {
    case "text":
      return row => column.values[row] ?? null;
    case "bool":
      return row => {
        const value = column.values[row] ?? null;
        return value === null ? null : value ? "true" : "false";
      };
    case "i64":
      return row => {
        const value = column.values[row] ?? null;
        return value === null ? null : String(int64(value, name));
      };
    default:
      return numberText(column.values, printerOf(column.type, name, column.digits));
  }
}

function printerOf(
  type: "f64" | "f32" | "i32" | "instant",
  name: string,
  digits: number | undefined,
): (value: number) => string {
  if (type === "instant") return instantText;
  if (type === "i32") return value => String(int32(value, name));
  if (digits !== undefined) {
    return type === "f64"
      ? value => fixedText(value, digits)
      : value => fixedText(Math.fround(value), digits);
  }
  return type === "f64" ? float64Text : float32Text;
}

function numberText(
  values: ArrayLike<number | null>,
  print: (value: number) => string,
): (row: number) => string | null {
  return row => {
    const value = values[row] ?? null;
    return value === null ? null : print(value);
  };
}
