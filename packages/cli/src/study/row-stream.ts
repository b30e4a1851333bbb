// SPDX-License-Identifier: MIT
import { closeSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import {
  type Column,
  type ColumnSpec,
  createCsvWriter,
  createParquetWriter,
  type Table,
} from "@perigee/report";
import { CliError } from "../command.ts";

/** A table that is written while it comes about. */
export interface RowStream {
  add(batch: readonly Column[]): void;
  /** The file appears under its name. */
  finish(): void;
  /** What was written so far is thrown away. */
  discard(): void;
}

/** Opens a file for rows, `csv` or `parquet`; until it is finished it is not there under its name. */
export function openRows(
  path: string,
  form: "csv" | "parquet",
  head: Omit<Table, "columns"> & { readonly columns: readonly ColumnSpec[] },
): RowStream {
  const part = `${path}.part-${process.pid}`;
  const guarded = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === undefined) throw error;
      throw new CliError(`${path}: ${(error as Error).message}`);
    }
  };
  const file = guarded(() => openSync(part, "w"));
  const write = (bytes: Uint8Array): void =>
    guarded(() => {
      // A disk may take less than it is given.
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
    });
  const text = new TextEncoder();
  const close = (): void => closeSync(file);
  const ended = {
    discard(): void {
      close();
      rmSync(part, { force: true });
    },
  };
  const named = (): void => {
    close();
    guarded(() => renameSync(part, path));
    console.error(`wrote ${path}`);
  };
  if (form === "csv") {
    const writer = createCsvWriter(head.columns);
    write(text.encode(writer.heading()));
    return { ...ended, add: batch => write(text.encode(writer.rows(batch))), finish: named };
  }
  const writer = createParquetWriter(head);
  return {
    ...ended,
    add: batch => write(writer.rows(batch)),
    finish() {
      write(writer.finish());
      named();
    },
  };
}
