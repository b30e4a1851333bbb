// SPDX-License-Identifier: MIT
import type { CellAnswers, CellQuestion } from "./cell-worker.ts";

type Ask = CellQuestion["ask"];
type QuestionOf<A extends Ask> = Omit<Extract<CellQuestion, { ask: A }>, "ask">;

/** Asks the worker that knows H3; started with the first question. `null` answers what is no cell. */
export class CellGeometry {
  #worker: Worker | null = null;
  #asked = 0;
  readonly #waiting = new Map<number, (value: never) => void>();

  ask<A extends Ask>(ask: A, question: QuestionOf<A>): Promise<CellAnswers[A] | null> {
    this.#worker ??= this.#start();
    const id = ++this.#asked;
    return new Promise(resolve => {
      this.#waiting.set(id, resolve as (value: never) => void);
      this.#worker?.postMessage({ id, question: { ask, ...question } });
    });
  }

  close(): void {
    this.#worker?.terminate();
    this.#worker = null;
    this.#waiting.clear();
  }

  #start(): Worker {
    const worker = new Worker(new URL("./cell-worker.ts", import.meta.url), { type: "module" });
    worker.addEventListener("message", (event: MessageEvent<{ id: number; value: never }>) => {
      const { id, value } = event.data;
      this.#waiting.get(id)?.(value);
      this.#waiting.delete(id);
    });
    return worker;
  }
}
