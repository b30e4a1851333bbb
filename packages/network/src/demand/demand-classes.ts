// SPDX-License-Identifier: MIT
import type { CellDemand, DemandClass } from "../beams/cell-plan.ts";
import { hashText, mix32 } from "../draw.ts";

/** The built-in classes, most urgent first: voice, control and priority plans; everything else. */
export const DEMAND_CLASSES = ["priority", "standard"] as const;

/** A class in which no cell wants anything. */
export function emptyClass(name: string, cells: number): DemandClass {
  return {
    name,
    downMbps: new Float32Array(cells),
    upMbps: new Float32Array(cells),
    weight: new Float32Array(cells),
  };
}

/** The demand made of these classes, named by {@link demandVersion}. */
export function demandOfClasses(classes: readonly DemandClass[]): CellDemand {
  return { version: demandVersion(classes), classes };
}

/**
 * A name for a demand: how many classes, and 32 bits over their names and every number, in order. Tells versions
 * apart; it is no proof against forgery.
 */
export function demandVersion(classes: readonly DemandClass[]): string {
  let hash = classes.length;
  for (const { name, downMbps, upMbps, weight } of classes) {
    hash = mix32(hash, hashText(name), downMbps.length, 0);
    const down = bitsOf(downMbps);
    const up = bitsOf(upMbps);
    const weights = bitsOf(weight);
    for (let cell = 0; cell < down.length; cell++) {
      hash = mix32(hash, down[cell]!, up[cell]!, weights[cell]!);
    }
  }
  return `${classes.length}-${hash.toString(16).padStart(8, "0")}`;
}

/**
 * Two demands at once: rates and weights of classes of one name add up. Classes keep the order of both; between two
 * that both have, those of `b` alone come before those of `a` alone.
 *
 * @throws RangeError when they are of tables of different size, or disagree on which class is more urgent.
 */
export function addDemand(a: CellDemand, b: CellDemand): CellDemand {
  const names = mergedOrder(
    a.classes.map(({ name }) => name),
    b.classes.map(({ name }) => name),
  );
  return demandOfClasses(
    names.map(name => {
      const parts = [...a.classes, ...b.classes].filter(part => part.name === name);
      const sum = emptyClass(name, parts[0]!.weight.length);
      for (const part of parts) {
        addTo(sum.downMbps, part.downMbps);
        addTo(sum.upMbps, part.upMbps);
        addTo(sum.weight, part.weight);
      }
      return sum;
    }),
  );
}

function mergedOrder(a: readonly string[], b: readonly string[]): string[] {
  const order: string[] = [];
  let next = 0;
  for (const name of b) {
    const at = a.indexOf(name);
    if (at >= 0 && at < next) {
      throw new RangeError(`The demands disagree on how urgent the class "${name}" is.`);
    }
    if (at >= 0) {
      order.push(...a.slice(next, at));
      next = at + 1;
    }
    order.push(name);
  }
  return [...order, ...a.slice(next)];
}

function addTo(sum: Float32Array, part: Float32Array): void {
  if (part.length !== sum.length) throw new RangeError("The demands are of tables of different size.");
  for (let cell = 0; cell < sum.length; cell++) sum[cell]! += part[cell]!;
}

function bitsOf(numbers: Float32Array): Uint32Array {
  return new Uint32Array(numbers.buffer, numbers.byteOffset, numbers.length);
}
