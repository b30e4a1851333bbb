// SPDX-License-Identifier: MIT

/** Ends of an arrow, by node id. */
export interface LayoutEdge {
  readonly from: string;
  readonly to: string;
}

/** Where a node stands: its middle, in the units of the drawing. */
export interface PlacedNode {
  readonly id: string;
  readonly x: number;
  readonly y: number;
}

export interface SupplyLayout {
  readonly nodes: readonly PlacedNode[];
  readonly width: number;
  readonly height: number;
}

export const NODE_WIDTH = 136;
export const NODE_HEIGHT = 40;
const GAP_X = 20;
const GAP_Y = 58;
const MARGIN = 12;

/**
 * Places for a graph whose arrows go down: a node stands one row below the lowest of those that lead to it (longest-path
 * layering; Sugiyama, Tagawa and Toda 1981), and in its row where the middle of those is. Arrows that would close a circle
 * are left out of account and go up.
 */
export function layoutSupply(ids: readonly string[], edges: readonly LayoutEdge[]): SupplyLayout {
  const known = new Set(ids);
  const drawn = edges.filter(({ from, to }) => from !== to && known.has(from) && known.has(to));
  const rowOf = rowsOf(ids, drawn);
  const rows: string[][] = [];
  for (const id of ids) {
    const row = rowOf.get(id) ?? 0;
    while (rows.length <= row) rows.push([]);
    rows[row]!.push(id);
  }
  const widest = Math.max(1, ...rows.map(row => row.length));
  const width = widest * (NODE_WIDTH + GAP_X) - GAP_X + 2 * MARGIN;
  const placed = new Map<string, PlacedNode>();
  for (const [r, row] of rows.entries()) {
    const pull = new Map(
      row.map((id, i) => {
        const above = drawn.flatMap(({ from, to }) => (to === id ? (placed.get(from)?.x ?? []) : []));
        const middle = above.reduce((sum, x) => sum + x, 0) / above.length;
        return [id, above.length === 0 ? i * NODE_WIDTH : middle] as const;
      }),
    );
    const ordered = row.toSorted((a, b) => pull.get(a)! - pull.get(b)!);
    const step = NODE_WIDTH + GAP_X;
    const first = width / 2 - ((ordered.length - 1) * step) / 2;
    for (const [i, id] of ordered.entries())
      placed.set(id, { id, x: first + i * step, y: MARGIN + NODE_HEIGHT / 2 + r * (NODE_HEIGHT + GAP_Y) });
  }
  const height = Math.max(1, rows.length) * (NODE_HEIGHT + GAP_Y) - GAP_Y + 2 * MARGIN;
  return { nodes: ids.flatMap(id => placed.get(id) ?? []), width, height };
}

/** The row of each node. */
function rowsOf(ids: readonly string[], edges: readonly LayoutEdge[]): ReadonlyMap<string, number> {
  const next = new Map<string, string[]>(ids.map(id => [id, []]));
  for (const { from, to } of edges) next.get(from)?.push(to);
  const state = new Map<string, "open" | "done">();
  const order: string[] = [];
  const forward = new Map<string, string[]>();
  const visit = (id: string): void => {
    state.set(id, "open");
    const ahead: string[] = [];
    for (const to of next.get(id) ?? []) {
      // A node that is still open is an ancestor: this arrow closes a circle.
      if (state.get(to) === "open") continue;
      ahead.push(to);
      if (!state.has(to)) visit(to);
    }
    forward.set(id, ahead);
    state.set(id, "done");
    order.push(id);
  };
  const entered = new Set(edges.map(({ to }) => to));
  // Sources first, so that a circle is opened where somebody enters it.
  for (const id of [...ids.filter(id => !entered.has(id)), ...ids]) if (!state.has(id)) visit(id);
  const rowOf = new Map<string, number>();
  for (const id of order.toReversed()) {
    const own = rowOf.get(id) ?? 0;
    rowOf.set(id, own);
    for (const to of forward.get(id) ?? []) rowOf.set(to, Math.max(rowOf.get(to) ?? 0, own + 1));
  }
  return rowOf;
}
