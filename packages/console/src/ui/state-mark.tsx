// SPDX-License-Identifier: MIT
import type { Outcome } from "@perigee/operator/contract";
import { OUTCOME_WORDS } from "../format/words.ts";
import { STATE_SHAPES } from "./state-shapes.ts";

/** An outcome as a shape, a colour and a word; the same shape stands on the map. */
export function StateMark({ outcome, bare = false }: { outcome: Outcome | null; bare?: boolean }) {
  const key = outcome ?? "unknown";
  const word = outcome ? OUTCOME_WORDS[outcome] : "Not yet decided";
  return (
    <span className="state-mark" data-tone={STATE_SHAPES[key].tone}>
      <ShapeIcon path={STATE_SHAPES[key].path} filled={STATE_SHAPES[key].filled} />
      {bare ? <span className="visually-hidden">{word}</span> : word}
    </span>
  );
}

/** A 16 × 16 shape in the current colour. */
export function ShapeIcon({ path, filled }: { path: string; filled: boolean }) {
  return (
    <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true" className="shape">
      <path
        d={path}
        fill={filled ? "currentColor" : "none"}
        stroke="currentColor"
        strokeWidth={filled ? 0 : 2}
      />
    </svg>
  );
}
