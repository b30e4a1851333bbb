// SPDX-License-Identifier: MIT

/** What every column says about itself, whatever its values are. */
export interface ColumnHeading {
  /** Unique in its table; not empty. */
  readonly name: string;
  /** Unit of the values, as printed: `"ms"`, `"Mbit/s"`, `"km²"`. */
  readonly unit?: string;
  /** One sentence for the reader of the file. */
  readonly description?: string;
}

/**
 * Numbers; `null` is a missing value. `f32` is rounded to single precision, `i32` must be whole and fit 32 bits, `instant`
 * is UTC in whole milliseconds since 1970 and is written as ISO 8601.
 */
export interface NumberColumn extends ColumnHeading {
  readonly type: "f64" | "f32" | "i32" | "instant";
  readonly values: ArrayLike<number | null>;
  /**
   * Digits after the point in text forms (CSV, terminal), 0 to 20; ties as `Number.prototype.toFixed`. Without it: the
   * shortest digits that give the same number back. JSON and Parquet always hold the whole number. Only for `f64`, `f32`.
   */
  readonly digits?: number;
}

/** Whole numbers of 64 bits with a sign; `null` is a missing value. H3 indices fit: their top bit is 0. */
export interface Int64Column extends ColumnHeading {
  readonly type: "i64";
  readonly values: ArrayLike<bigint | null>;
}

/** Any text; `null` is a missing value, in CSV nothing between two commas, where the empty text is a pair of quotes. */
export interface TextColumn extends ColumnHeading {
  readonly type: "text";
  readonly values: ArrayLike<string | null>;
}

/** True or false, or 1 and 0 as in a `Uint8Array`; `null` is a missing value. */
export interface BoolColumn extends ColumnHeading {
  readonly type: "bool";
  readonly values: ArrayLike<boolean | number | null>;
}

export type Column = NumberColumn | Int64Column | TextColumn | BoolColumn;
export type ColumnType = Column["type"];

/** A column without its values: what a writer must know before the first row. */
export type ColumnSpec =
  | Omit<NumberColumn, "values">
  | Omit<Int64Column, "values">
  | Omit<TextColumn, "values">
  | Omit<BoolColumn, "values">;

/** Typed columns of one length: a value that can be written in several forms. */
export interface Table {
  readonly title?: string;
  /** What the rows are, in a sentence or two. */
  readonly description?: string;
  /** Where the table comes from: version, seed, hashes of the inputs. Kept in Parquet and JSON, in this order. */
  readonly notes?: Readonly<Record<string, string>>;
  readonly columns: readonly Column[];
}

/**
 * Rows of a table, after checking that its columns have one length and different names.
 *
 * @throws RangeError when they have not.
 */
export function rowCount(table: Table): number {
  checkHeadings(table.columns);
  const rows = table.columns[0]?.values.length ?? 0;
  for (const { name, values } of table.columns) {
    if (values.length !== rows) {
      throw new RangeError(`Column "${name}" has ${values.length} rows, the first one has ${rows}.`);
    }
  }
  return rows;
}

/** @throws RangeError when names are empty or not unique, or `digits` is no whole number from 0 to 20. */
export function checkHeadings(columns: readonly ColumnSpec[]): void {
  const names = new Set<string>();
  for (const column of columns) {
    if (column.name === "" || names.has(column.name)) {
      throw new RangeError(`Column names must be unique and not empty, but "${column.name}" is not.`);
    }
    names.add(column.name);
    const digits = "digits" in column ? column.digits : undefined;
    if (digits !== undefined && !(Number.isInteger(digits) && digits >= 0 && digits <= 20)) {
      throw new RangeError(`Column "${column.name}": digits must be a whole number from 0 to 20.`);
    }
  }
}

/**
 * Rows of a batch, after checking that its columns are those of `specs`.
 *
 * @throws RangeError when names or types differ, or the columns have not one length.
 */
export function matchColumns(specs: readonly ColumnSpec[], batch: readonly Column[]): number {
  const matches =
    specs.length === batch.length &&
    specs.every(({ name, type }, i) => name === batch[i]?.name && type === batch[i]?.type);
  if (!matches) {
    const wanted = specs.map(({ name, type }) => `${name}: ${type}`).join(", ");
    throw new RangeError(`A batch must hold the columns the writer was made for: ${wanted}.`);
  }
  return rowCount({ columns: batch });
}
