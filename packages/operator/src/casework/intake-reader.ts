// SPDX-License-Identifier: MIT
import { Worker } from "node:worker_threads";
import type { RawDocument } from "@perigee/intake";
import type { Outcome } from "../context.ts";
import { Exclusive } from "../exclusive.ts";
import type { ReadingAnswer, ReadingOrder } from "./intake-messages.ts";

/** What the thread's garbage collector may hold, and how long it may read. Both are far above what honest reports need. */
const HEAP_MB = 512;
const TIME_LIMIT_MS = 25_000;
/** Readings that wait for their turn; one more is told to come back. */
const MOST_WAITING = 4;

/** Why documents were not read. */
export interface ReadingError {
  /** `BUSY`, `READING_TOOK_TOO_LONG`, `READING_FAILED`, or a code of `@perigee/intake`. */
  readonly code: string;
  readonly message: string;
  /** Name of the document, where one is to blame. */
  readonly place: string;
}

export type Reading = Outcome<Extract<ReadingAnswer, { ok: true }>["value"], ReadingError>;

/**
 * Reads documents that strangers wrote, each time in a thread of its own: a document that is made to take all memory or
 * time takes the thread's, and the operator goes on. One reading at a time, because two could take twice as much.
 */
export class IntakeReader {
  readonly #turn = new Exclusive();
  readonly #timeLimitMs: number;
  #waiting = 0;

  constructor({ timeLimitMs = TIME_LIMIT_MS }: { readonly timeLimitMs?: number } = {}) {
    this.#timeLimitMs = timeLimitMs;
  }

  /** Opens documents and reads them together. Never rejects. */
  async read(documents: readonly RawDocument[]): Promise<Reading> {
    if (this.#waiting >= MOST_WAITING) {
      return refused("BUSY", "Other documents are being read. Ask again in a minute.");
    }
    this.#waiting++;
    try {
      return await this.#turn.run(() => readApart(documents, this.#timeLimitMs));
    } finally {
      this.#waiting--;
    }
  }
}

async function readApart(documents: readonly RawDocument[], timeLimitMs: number): Promise<Reading> {
  const { promise, resolve } = Promise.withResolvers<Reading>();
  const worker = new Worker(new URL("./intake-worker.ts", import.meta.url), {
    workerData: { documents } satisfies ReadingOrder,
    // Flags of this process, such as --test or --eval, are not for the worker.
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
  });
  const timer = setTimeout(
    () =>
      resolve(refused("READING_TOOK_TOO_LONG", `The documents were not read in ${timeLimitMs / 1000} s.`)),
    timeLimitMs,
  );
  worker.once("message", (answer: ReadingAnswer) => resolve(answer));
  worker.once("error", error =>
    resolve(refused("READING_FAILED", `They could not be read: ${error.message}`)),
  );
  worker.once("exit", () => resolve(refused("READING_FAILED", "The thread that read them ended.")));
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    worker.removeAllListeners();
    worker.on("error", () => undefined);
    await worker.terminate();
  }
}

const refused = (code: string, message: string): Reading => ({
  ok: false,
  error: { code, message, place: "documents" },
});
