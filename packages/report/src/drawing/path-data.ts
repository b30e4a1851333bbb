// SPDX-License-Identifier: MIT

/** A coordinate to a hundredth of a pixel: finer than any print, and the same text on every machine. */
export function coordinate(value: number): string {
  const rounded = Math.round(value * 100) / 100;
  return rounded === 0 ? "0" : String(rounded);
}

export function rectanglePath(x: number, y: number, width: number, height: number): string {
  return `M${coordinate(x)} ${coordinate(y)}h${coordinate(width)}v${coordinate(height)}h${coordinate(-width)}Z`;
}

export function linePath(x1: number, y1: number, x2: number, y2: number): string {
  return `M${coordinate(x1)} ${coordinate(y1)}L${coordinate(x2)} ${coordinate(y2)}`;
}

/**
 * Discs as one path: strokes of almost no length, whose round caps are the discs. Stroke it with twice the radius. The
 * hundredth of a pixel is there because some renderers drop a path that has no extent at all.
 */
export function dotsPath(points: Iterable<readonly [number, number]>): string {
  let d = "";
  for (const [x, y] of points) d += `M${coordinate(x)} ${coordinate(y)}h.01`;
  return d;
}

/** Collects one path of many points, briefly: equal points become one, level and upright lines have one coordinate. */
export class PathBuilder {
  #parts: string[] = [];
  #x = "";
  #y = "";

  moveTo(x: number, y: number): void {
    this.#x = coordinate(x);
    this.#y = coordinate(y);
    this.#parts.push(`M${this.#x} ${this.#y}`);
  }

  lineTo(x: number, y: number): void {
    const toX = coordinate(x);
    const toY = coordinate(y);
    if (toX === this.#x && toY === this.#y) return;
    this.#parts.push(toX === this.#x ? `V${toY}` : toY === this.#y ? `H${toX}` : `L${toX} ${toY}`);
    this.#x = toX;
    this.#y = toY;
  }

  closePath(): void {
    this.#parts.push("Z");
    this.#x = "";
    this.#y = "";
  }

  toString(): string {
    return this.#parts.join("");
  }
}
