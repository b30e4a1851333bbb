// SPDX-License-Identifier: MIT
import type { ReactNode } from "react";
import { useShownTime } from "../data/as-of.ts";
import { TIME_WORDS } from "../format/planet-words.ts";
import { clockTime } from "../format/time.ts";

const POSITIONS = "The map shows the satellites of then; everything else is that of now.";
const OUTSIDE = "Choose a time in the last 24 hours or the next hour. Until then the map shows now.";

/**
 * Says that another time than now is shown, and what follows it; nothing while live.
 * @param props.children what of this page follows a time whose plan is kept
 */
export function AsOfNote({ children }: { children: ReactNode }) {
  const { asOf, kind } = useShownTime();
  if (!asOf) return null;
  return (
    <div className="note as-of" role="note">
      <p>
        <strong>Shown as of {clockTime(asOf.startMs)} UTC.</strong> {TIME_WORDS[kind]}.{" "}
        {kind === "recorded" ? children : kind === "outside" ? OUTSIDE : POSITIONS}
      </p>
    </div>
  );
}
