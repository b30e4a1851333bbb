// SPDX-License-Identifier: MIT
import type { GridShape } from "./drawing.ts";

/**
 * A grid as few rectangles: per colour a path in grid units, of equal neighbours joined along rows and then down columns.
 * Entry i belongs to `colours[i]` and is empty where the colour does not occur.
 */
export function gridRuns({ columns, rows, levels, colours }: GridShape): string[] {
  const paths = colours.map(() => [] as string[]);
  /** Runs of the row above that are still growing downwards, by their first column. */
  let open = new Map<number, { until: number; level: number; from: number }>();
  const close = (column: number, run: { until: number; level: number; from: number }, row: number): void => {
    const width = run.until - column;
    paths[run.level - 1]?.push(`M${column} ${run.from}h${width}v${row - run.from}h${-width}z`);
  };
  for (let row = 0; row < rows; row++) {
    const next = new Map<number, { until: number; level: number; from: number }>();
    for (let column = 0; column < columns; ) {
      const level = levels[row * columns + column]!;
      let until = column + 1;
      while (until < columns && levels[row * columns + until] === level) until++;
      if (level > 0) {
        const above = open.get(column);
        const grows = above !== undefined && above.until === until && above.level === level;
        next.set(column, grows ? above : { until, level, from: row });
        if (grows) open.delete(column);
      }
      column = until;
    }
    for (const [column, run] of open) close(column, run, row);
    open = next;
  }
  for (const [column, run] of open) close(column, run, rows);
  return paths.map(parts => parts.join(""));
}
