// SPDX-License-Identifier: MIT
import type { ReactNode } from "react";
import { ShapeIcon } from "./state-mark.tsx";

/** How something stands: done or in order, waiting, against somebody, or over. */
export type MarkTone = "ok" | "wait" | "warn" | "bad" | "mute";

const SHAPES: Record<MarkTone, { path: string; filled: boolean; tone: string }> = {
  ok: { path: "M3 8.5L6.5 12L13 4.5", filled: false, tone: "ok" },
  wait: { path: "M8 3.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 1 0 0-9z", filled: false, tone: "warn" },
  warn: { path: "M8 2.5L13.8 13H2.2z", filled: true, tone: "warn" },
  bad: { path: "M4 4L12 12M12 4L4 12", filled: false, tone: "bad" },
  mute: { path: "M4 8H12", filled: false, tone: "mute" },
};

/** A state as a shape, a colour and a word. */
export function Mark({ tone, children }: { tone: MarkTone; children: ReactNode }) {
  const { path, filled, tone: colour } = SHAPES[tone];
  return (
    <span className="state-mark" data-tone={colour}>
      <ShapeIcon path={path} filled={filled} />
      {children}
    </span>
  );
}
