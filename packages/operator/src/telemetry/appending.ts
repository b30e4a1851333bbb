// SPDX-License-Identifier: MIT
import {
  type DuckDBAppender,
  type DuckDBConnection,
  DuckDBDataChunk,
  type DuckDBType,
  type DuckDBVector,
  FLOAT,
  INTEGER,
  UBIGINT,
  UINTEGER,
  UTINYINT,
} from "@duckdb/node-api";
import { type ColumnArray, columns } from "./columns.ts";
import type { SlotBatch } from "./slot-batch.ts";

/** Rows that DuckDB takes at once: its vector size. */
const CHUNK_ROWS = 2048;

const typeOf: Readonly<Record<(typeof columns)[number]["type"], DuckDBType>> = {
  UTINYINT,
  INTEGER,
  UINTEGER,
  UBIGINT,
  FLOAT,
};

/** A vector of fixed width: its values lie in one typed array. */
interface FlatVector {
  readonly items: ColumnArray;
  flush(): void;
}

interface Chunk {
  readonly chunk: DuckDBDataChunk;
  readonly vectors: readonly FlatVector[];
}

/** Puts batches into tables column by column: a copy of memory per column and 2,048 rows, nothing per value. */
export class ColumnAppender {
  /** The chunk that is full over and over again; a last one, shorter, is made when it is needed. */
  readonly #full = chunkOf(CHUNK_ROWS);

  /** Appends a batch to a table of packed rows, in a transaction of its own: on disk, all of it, when this resolves. */
  async append(connection: DuckDBConnection, table: string, batch: SlotBatch): Promise<void> {
    const appender = await connection.createAppender(table);
    try {
      this.#fill(appender, batch);
      appender.flushSync();
    } finally {
      appender.closeSync();
    }
  }

  #fill(appender: DuckDBAppender, batch: SlotBatch): void {
    for (let from = 0; from < batch.count; from += CHUNK_ROWS) {
      const rows = Math.min(CHUNK_ROWS, batch.count - from);
      const { chunk, vectors } = rows === CHUNK_ROWS ? this.#full : chunkOf(rows);
      for (const [c, { name }] of columns.entries()) {
        const vector = vectors[c]!;
        // Each pair is of one type: both follow from the column's.
        (vector.items as { set(from: ColumnArray): void }).set(
          batch.columns[name].subarray(from, from + rows),
        );
        vector.flush();
      }
      appender.appendDataChunk(chunk);
    }
  }
}

function chunkOf(rows: number): Chunk {
  const chunk = DuckDBDataChunk.create(
    columns.map(({ type }) => typeOf[type]),
    rows,
  );
  return { chunk, vectors: columns.map((_, c) => flat(chunk.getColumnVector(c))) };
}

function flat(vector: DuckDBVector): FlatVector {
  if (!("items" in vector)) throw new TypeError(`A ${vector.type} column has no flat values.`);
  return vector as unknown as FlatVector;
}
