// SPDX-License-Identifier: MIT
import { Registry } from "prom-client";
import type { Status, TerminalRow } from "../contract.ts";
import type { DishHost } from "../dish/dish-host.ts";
import { dishFigures, dishWords } from "./dish-figures.ts";
import { readingOf } from "./dish-reading.ts";
import { Gauges } from "./gauges.ts";
import { operatorFigures, terminalFigures, terminalWords } from "./operator-figures.ts";

/** What is told besides the terminals' own figures. */
export interface OperatorFigures {
  readonly status: Status;
  readonly terminals: readonly TerminalRow[];
}

/**
 * Everything that a Prometheus server scrapes, in its text format: each terminal's own figures as exporters of real
 * terminals name them (`starlink_dish_…`), and the operator's (`perigee_…`).
 */
export class Metrics {
  readonly #registry = new Registry();
  readonly #dishes = new Gauges(this.#registry, "terminal", dishFigures, dishWords);
  readonly #operator = new Gauges(this.#registry, "operator", operatorFigures);
  readonly #terminals = new Gauges(this.#registry, "terminal", terminalFigures, terminalWords);

  /** Of the format's version that {@link Metrics.scrape} writes. */
  get contentType(): string {
    return this.#registry.contentType;
  }

  /**
   * @param dishes - Asked one after another, each as a client on its network asks it; one that does not answer has no
   *   figures but `starlink_dish_up` 0.
   */
  async scrape(dishes: DishHost, operator: OperatorFigures | null = null): Promise<string> {
    this.#dishes.set(Array.from(dishes.terminals(), ({ id }) => [id, readingOf(dishes, id)]));
    this.#operator.set(operator === null ? [] : [[operator.status.name, operator.status]]);
    this.#terminals.set(operator === null ? [] : operator.terminals.map(row => [row.id, row]));
    return await this.#registry.metrics();
  }
}
