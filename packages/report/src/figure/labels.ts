// SPDX-License-Identifier: MIT
import type { Shape } from "../drawing/drawing.ts";
import { textWidth } from "../drawing/stroke-text.ts";
import { type Box, SIZE } from "./layout.ts";
import type { Theme } from "./theme.ts";

export interface LabelledPoint {
  readonly x: number;
  readonly y: number;
  readonly text: string;
}

const CELL = 40;

/**
 * Names beside points: right of them, else left, else above or below; one that would cover another name or point, or leave the box, is
 * left out. First come, first served, so put what matters most first.
 */
export function pointLabels(
  points: readonly LabelledPoint[],
  radius: number,
  box: Box,
  theme: Theme,
): Shape[] {
  const shapes: Shape[] = [];
  const taken = new Map<string, Box[]>();
  const take = (area: Box): void => {
    for (const cell of cellsOf(area)) {
      const boxes = taken.get(cell);
      if (boxes === undefined) taken.set(cell, [area]);
      else boxes.push(area);
    }
  };
  for (const { x, y } of points)
    take({ left: x - radius, right: x + radius, top: y - radius, bottom: y + radius });
  for (const { x, y, text } of points) {
    if (text === "") continue;
    const width = textWidth(text, SIZE.tick);
    const gap = radius + 3;
    const places = [
      [x + gap, y + 4],
      [x - gap - width, y + 4],
      [x - width / 2, y - gap],
      [x - width / 2, y + gap + SIZE.tick * 0.7],
    ] as const;
    for (const [left, baseline] of places) {
      const label = {
        left,
        right: left + width,
        top: baseline - SIZE.tick * 0.8,
        bottom: baseline + SIZE.tick * 0.2,
      };
      const inside =
        label.left >= box.left &&
        label.right <= box.right &&
        label.top >= box.top &&
        label.bottom <= box.bottom;
      if (!inside || cellsOf(label).some(cell => taken.get(cell)?.some(other => overlap(label, other))))
        continue;
      take(label);
      shapes.push({
        kind: "text",
        text,
        x: left,
        y: baseline,
        size: SIZE.tick,
        fill: theme.ink,
        halo: theme.background,
      });
      break;
    }
  }
  return shapes;
}

function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

function cellsOf(box: Box): string[] {
  const cells: string[] = [];
  for (let column = Math.floor(box.left / CELL); column <= box.right / CELL; column++) {
    for (let row = Math.floor(box.top / CELL); row <= box.bottom / CELL; row++)
      cells.push(`${column} ${row}`);
  }
  return cells;
}
