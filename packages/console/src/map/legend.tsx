// SPDX-License-Identifier: MIT
import { Collapsible } from "radix-ui";
import { useMemo, useState } from "react";
import { useTheme } from "../app/theme.ts";
import { useViewOptions } from "../app/view-options.ts";
import { useLive } from "../data/live-state.ts";
import { count } from "../format/number.ts";
import { ShapeIcon, StateMark } from "../ui/state-mark.tsx";
import { GROUND_SHAPES } from "../ui/state-shapes.ts";
import { PALETTES, SHELL_SHAPES, shellColour } from "./palette.ts";

const PATHS = {
  disc: "M8 4a4 4 0 1 0 0 8a4 4 0 1 0 0-8z",
  square: "M4.5 4.5h7v7h-7z",
  diamond: "M8 3l5 5l-5 5l-5-5z",
  triangle: "M8 3.5L13 12.5H3z",
};

/** What the colours and shapes mean; a shell's button shows it alone, with its lasers. */
export function Legend() {
  const satellites = useLive(state => state.satellites);
  const palette = PALETTES[useTheme()];
  const [view, changeView] = useViewOptions();
  // Beside a panel, a map narrower than this would lose a quarter of itself to its legend.
  const [open, setOpen] = useState(() => matchMedia("(min-width: 1500px)").matches);
  const counts = useMemo(() => {
    const of = new Map<number, number>();
    for (const shell of satellites?.shell ?? []) of.set(shell, (of.get(shell) ?? 0) + 1);
    return of;
  }, [satellites]);
  return (
    <Collapsible.Root className="legend" open={open} onOpenChange={setOpen}>
      <Collapsible.Trigger className="legend-title">Legend</Collapsible.Trigger>
      <Collapsible.Content>
        <ul aria-label="Satellite shells">
          {satellites?.shells.map((shell, i) => (
            <li key={shell.id}>
              <button
                type="button"
                aria-pressed={view.shell === shell.id}
                title={`${shell.title}: show it alone, with its lasers`}
                onClick={() => changeView({ shell: view.shell === shell.id ? null : shell.id })}
              >
                <span style={{ color: shellColour(palette, i) }}>
                  <ShapeIcon path={PATHS[SHELL_SHAPES[i % SHELL_SHAPES.length] ?? "disc"]} filled />
                </span>
                <span className="name">{shell.title}</span>
                <span className="figures">{count(counts.get(i) ?? 0)}</span>
              </button>
            </li>
          ))}
        </ul>
        <ul aria-label="Symbols on the map" className="ground-key">
          <li>
            <StateMark outcome="allow" />
          </li>
          <li>
            <StateMark outcome="provisional" />
          </li>
          <li>
            <StateMark outcome="restricted" />
          </li>
          <li>
            <StateMark outcome="deny" />
          </li>
          <li style={{ color: palette.gateway }}>
            <ShapeIcon path={GROUND_SHAPES.gateway} filled={false} /> Gateway
          </li>
          <li style={{ color: palette.pop }}>
            <ShapeIcon path={GROUND_SHAPES.pop} filled={false} /> PoP
          </li>
        </ul>
      </Collapsible.Content>
    </Collapsible.Root>
  );
}
