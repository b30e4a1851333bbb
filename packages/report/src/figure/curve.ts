// SPDX-License-Identifier: MIT
import { PathBuilder } from "../drawing/path-data.ts";
import type { Scale } from "./scale.ts";

/**
 * A line through points as path data. Of very many points, the first, lowest, highest and last per pixel are kept,
 * which paints the same picture (Jugel et al., "M4", PVLDB 7(10), 2014). NaN and infinities break the line.
 */
export function curvePath(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  xScale: Scale,
  yScale: Scale,
  step: boolean,
): string {
  const path = new PathBuilder();
  let d = "";
  let lastY = 0;
  let points = 0;
  for (const i of keptIndices(x, y, xScale)) {
    const px = xScale.at(x[i]!);
    const py = yScale.at(y[i]!);
    if (!Number.isFinite(px) || !Number.isFinite(py)) {
      if (points === 1) d += dotAt(path);
      points = 0;
      continue;
    }
    if (points === 0) {
      path.moveTo(px, py);
    } else {
      if (step) path.lineTo(px, lastY);
      path.lineTo(px, py);
    }
    lastY = py;
    points++;
  }
  if (points === 1) d += dotAt(path);
  return d + path.toString();
}

/** The area between two curves as path data, broken where either is not finite. */
export function bandPath(
  x: ArrayLike<number>,
  low: ArrayLike<number>,
  high: ArrayLike<number>,
  xScale: Scale,
  yScale: Scale,
): string {
  const path = new PathBuilder();
  const ok = (i: number): boolean =>
    Number.isFinite(xScale.at(x[i]!)) &&
    Number.isFinite(yScale.at(low[i]!)) &&
    Number.isFinite(yScale.at(high[i]!));
  for (let from = 0; from < x.length; from++) {
    if (!ok(from)) continue;
    let until = from;
    while (until < x.length && ok(until)) until++;
    path.moveTo(xScale.at(x[from]!), yScale.at(low[from]!));
    for (let i = from; i < until; i++) path.lineTo(xScale.at(x[i]!), yScale.at(low[i]!));
    for (let i = until - 1; i >= from; i--) path.lineTo(xScale.at(x[i]!), yScale.at(high[i]!));
    path.closePath();
    from = until;
  }
  return path.toString();
}

/** A point alone between gaps is a dot: the last move with a stroke of no length. */
function dotAt(path: PathBuilder): string {
  const text = path.toString();
  return `${text.slice(text.lastIndexOf("M"))}h.01`;
}

/** Indices in order; a gap keeps one index of its own. */
function* keptIndices(x: ArrayLike<number>, y: ArrayLike<number>, xScale: Scale): Generator<number> {
  const columns = Math.abs(xScale.at(xScale.max) - xScale.at(xScale.min));
  if (x.length <= 2 * columns) {
    for (let i = 0; i < x.length; i++) yield i;
    return;
  }
  for (let from = 0; from < x.length; ) {
    const column = Math.floor(xScale.at(x[from]!));
    let until = from;
    let low = -1;
    let high = -1;
    let gap = -1;
    for (; until < x.length && Math.floor(xScale.at(x[until]!)) === column; until++) {
      const value = y[until]!;
      if (!Number.isFinite(value)) gap = until;
      else {
        if (low < 0 || value < y[low]!) low = until;
        if (high < 0 || value > y[high]!) high = until;
      }
    }
    until = Math.max(until, from + 1);
    yield* new Set([from, low, high, gap, until - 1].filter(i => i >= 0).sort((a, b) => a - b));
    from = until;
  }
}
