// SPDX-License-Identifier: MIT
import type { Decision, PlanetEvent, Status, TerminalRow } from "./contract.ts";

/** Everything that the operator tells its listeners; nothing is announced anywhere else. */
export interface OperatorEvents {
  /** A new slot began. */
  readonly slot: Status;
  /** These terminals changed in any field that their row shows. */
  readonly terminals: readonly TerminalRow[];
  /** A decision was recorded. */
  readonly decision: Decision;
  /** The planet's plan of a slot is in place, or there will be no more of them. */
  readonly planet: PlanetEvent;
}

type Listener = <K extends keyof OperatorEvents>(name: K, event: OperatorEvents[K]) => void;

/** Hands events to whoever listens; a listener that throws does not keep others from hearing. */
export class EventHub {
  readonly #listeners = new Set<Listener>();

  /** @returns A function that ends the subscription. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  announce<K extends keyof OperatorEvents>(name: K, event: OperatorEvents[K]): void {
    for (const listener of this.#listeners) {
      try {
        listener(name, event);
      } catch (error) {
        process.emitWarning(`a listener of "${name}" failed: ${(error as Error).message}`);
      }
    }
  }
}
