// SPDX-License-Identifier: MIT
import { Gauge, type Registry } from "prom-client";

/** One figure of a subject of kind `T`. */
export interface Figure<T> {
  readonly name: string;
  readonly help: string;
  /** `undefined`: there is none of this subject now, so no line. */
  readonly of: (subject: T) => number | bigint | boolean | undefined;
}

/** A figure that is always 1 and says things in its labels. */
export interface Words<T> {
  readonly name: string;
  readonly help: string;
  readonly labels: readonly string[];
  readonly of: (subject: T) => Readonly<Record<string, string>> | undefined;
}

/** Figures of subjects as gauges, told apart by one label. */
export class Gauges<T> {
  readonly #label: string;
  readonly #figures: readonly (readonly [Gauge, Figure<T>])[];
  readonly #words: readonly (readonly [Gauge, Words<T>])[];

  constructor(
    registry: Registry,
    label: string,
    figures: readonly Figure<T>[],
    words: readonly Words<T>[] = [],
  ) {
    const registers = [registry];
    this.#label = label;
    this.#figures = figures.map(figure => {
      const { name, help } = figure;
      return [new Gauge({ name, help, labelNames: [label], registers }), figure];
    });
    this.#words = words.map(word => {
      const { name, help, labels } = word;
      return [new Gauge({ name, help, labelNames: [label, ...labels], registers }), word];
    });
  }

  /** Puts the subjects of now in place of those of last time. */
  set(subjects: readonly (readonly [name: string, subject: T])[]): void {
    for (const [gauge, { of }] of this.#figures) {
      gauge.reset();
      for (const [name, subject] of subjects) {
        const value = of(subject);
        if (value !== undefined) gauge.set({ [this.#label]: name }, Number(value));
      }
    }
    for (const [gauge, { of }] of this.#words) {
      gauge.reset();
      for (const [name, subject] of subjects) {
        const labels = of(subject);
        if (labels !== undefined) gauge.set({ [this.#label]: name, ...labels }, 1);
      }
    }
  }
}
