// SPDX-License-Identifier: MIT
import type { AxisOptions } from "./figure.ts";
import { linearTicks, logTicks, type Tick, tickStep, wholeSteps } from "./ticks.ts";
import { timeTicks } from "./time-ticks.ts";

/** From data to pixels along one axis. */
export interface Scale {
  readonly min: number;
  readonly max: number;
  readonly ticks: readonly Tick[];
  /** Pixel of a value; values outside lie outside. */
  at(value: number): number;
}

/** Smallest and largest finite numbers, for `log` only those above 0; `null` without any. */
export function extentOf(
  arrays: Iterable<ArrayLike<number>>,
  positive = false,
): readonly [min: number, max: number] | null {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (const array of arrays) {
    for (let i = 0; i < array.length; i++) {
      const value = array[i]!;
      if (!Number.isFinite(value) || (positive && value <= 0)) continue;
      if (value < min) min = value;
      if (value > max) max = value;
    }
  }
  return min <= max ? [min, max] : null;
}

/**
 * First and last value of an axis: given ones as they are, the others from the data, outwards to the next tick.
 *
 * @throws RangeError when min is not below max, or a logarithmic axis would reach 0.
 */
export function domainOf(
  options: AxisOptions,
  data: readonly [number, number] | null,
  mostTicks: number,
): readonly [min: number, max: number] {
  const { label, scale = "linear" } = options;
  let [min, max] = data ?? (scale === "log" ? [1, 10] : [0, 1]);
  min = options.min ?? min;
  max = options.max ?? max;
  if (scale === "log" && !(min > 0))
    throw new RangeError(`Axis "${label}": a logarithmic axis must begin above 0.`);
  // Narrower than doubles can be cut into ticks is as good as one value.
  const single = min <= max && max - min <= Math.max(1e-300, 1e-12 * Math.max(Math.abs(min), Math.abs(max)));
  if (single && (options.min === undefined || options.max === undefined)) {
    const pad =
      scale === "time" ? 1000 : scale === "log" ? 0 : Math.abs(min) < 1e-290 ? 1 : Math.abs(min) * 0.05;
    if (options.min === undefined) min = scale === "log" ? min / 2 : min - pad;
    if (options.max === undefined) max = scale === "log" ? max * 2 : max + pad;
  }
  const size = Math.max(Math.abs(min), Math.abs(max));
  if (!(min < max && size < 1e300 && max - min > 1e-13 * size)) {
    throw new RangeError(`Axis "${label}": ${min} to ${max} is no range.`);
  }
  if (scale === "linear") {
    const [low, high] = [min, max];
    // Rounding outwards may widen the range so far that its ticks need the next larger step; then round to that one.
    for (let round = 0, step = 0; round < 3; round++) {
      step = Math.max(step, tickStep(max - min, mostTicks));
      if (options.min === undefined) min = wholeSteps(low, step, "down") * step;
      if (options.max === undefined) max = wholeSteps(high, step, "up") * step;
    }
  }
  return [min, max];
}

/** A scale from [min, max] to pixels [from, to]; `to` may be the smaller one. */
export function scaleOf(
  kind: "linear" | "log" | "time",
  [min, max]: readonly [number, number],
  [from, to]: readonly [number, number],
  mostTicks: number,
): Scale {
  const ticks =
    kind === "log"
      ? logTicks(min, max)
      : kind === "time"
        ? timeTicks(min, max, mostTicks)
        : linearTicks(min, max, mostTicks);
  if (kind === "log") {
    const low = Math.log10(min);
    const perDecade = (to - from) / (Math.log10(max) - low);
    return { min, max, ticks, at: value => from + (Math.log10(value) - low) * perDecade };
  }
  const perUnit = (to - from) / (max - min);
  return { min, max, ticks, at: value => from + (value - min) * perUnit };
}
