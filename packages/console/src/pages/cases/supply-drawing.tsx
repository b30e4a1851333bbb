// SPDX-License-Identifier: MIT
import type { CaseSheet } from "@perigee/operator/contract";
import { useId, useMemo } from "react";
import { EDGE_WORDS } from "./case-words.ts";
import { layoutSupply, NODE_HEIGHT, NODE_WIDTH, type PlacedNode } from "./supply-layout.ts";

const LABEL_CHARACTERS = 20;

/** The supply graph as a drawing; the list beside it says the same in words. */
export function SupplyDrawing(props: { supply: CaseSheet["supply"]; label: (id: string) => string }) {
  const { supply, label } = props;
  const arrow = useId();
  const layout = useMemo(
    () =>
      layoutSupply(
        supply.nodes.map(({ id }) => id),
        supply.edges,
      ),
    [supply],
  );
  const at = new Map(layout.nodes.map(node => [node.id, node]));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide drawing is scrolled by keyboard
    <section className="supply-drawing" tabIndex={0} aria-label="Drawing of the supply graph">
      <svg
        viewBox={`0 0 ${layout.width} ${layout.height}`}
        width={layout.width}
        height={layout.height}
        role="img"
        aria-label="Ways of supply, as in the list below"
      >
        <defs>
          <marker
            id={arrow}
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="8"
            markerHeight="8"
            orient="auto"
          >
            <path d="M0 0L8 4L0 8z" className="arrow-head" />
          </marker>
        </defs>
        {supply.edges.map(({ from, to, moves, status }) => {
          const a = at.get(from);
          const b = at.get(to);
          if (!a || !b || a === b) return null;
          const { path, middle } = curve(a, b);
          return (
            <g key={`${from} ${to} ${moves}`} className="edge" data-status={status}>
              <path d={path} markerEnd={`url(#${arrow})`} />
              <text x={middle.x} y={middle.y} textAnchor="middle">
                {EDGE_WORDS[status][1].toLowerCase()}
              </text>
            </g>
          );
        })}
        {layout.nodes.map(({ id, x, y }) => {
          const text = label(id);
          return (
            <g key={id} className="node">
              <title>{text}</title>
              <rect
                x={x - NODE_WIDTH / 2}
                y={y - NODE_HEIGHT / 2}
                width={NODE_WIDTH}
                height={NODE_HEIGHT}
                rx="6"
              />
              <text x={x} y={y + 4} textAnchor="middle">
                {text.length <= LABEL_CHARACTERS ? text : `${text.slice(0, LABEL_CHARACTERS - 1)}…`}
              </text>
            </g>
          );
        })}
      </svg>
    </section>
  );
}

/** From the lower side of one box to the upper side of the next; arrows that go up leave at the side. */
function curve(a: PlacedNode, b: PlacedNode) {
  if (b.y > a.y) {
    const [y1, y2] = [a.y + NODE_HEIGHT / 2, b.y - NODE_HEIGHT / 2];
    const bend = (y2 - y1) / 2;
    return {
      path: `M${a.x} ${y1}C${a.x} ${y1 + bend} ${b.x} ${y2 - bend} ${b.x} ${y2}`,
      middle: { x: (a.x + b.x) / 2, y: (y1 + y2) / 2 + 4 },
    };
  }
  const [x1, x2] = [a.x + NODE_WIDTH / 2, b.x + NODE_WIDTH / 2];
  const out = Math.max(x1, x2) + 12;
  return {
    path: `M${x1} ${a.y}C${out} ${a.y} ${out} ${b.y} ${x2} ${b.y}`,
    middle: { x: out - 20, y: (a.y + b.y) / 2 + 4 },
  };
}
