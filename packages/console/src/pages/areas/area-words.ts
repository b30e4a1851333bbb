// SPDX-License-Identifier: MIT
import type { AreaHistory, AreaStatus } from "@perigee/operator/contract";

type AxisStatus = AreaStatus["axes"][number];

export const EVENT_WORDS: Record<AreaHistory["events"][number]["kind"], string> = {
  move: "The operator moved it",
  stated: "Came on record",
  corrected: "Was put right",
  struck: "Was struck from the record",
  request: "Request",
};

/** Axes that decide admission; on the others nothing is permitted or refused. */
const DECIDING: ReadonlySet<AxisStatus["axis"]> = new Set(["licence", "activation", "legalRegime"]);

/** What an axis comes to, in two words and a tone. */
export function verdictWords({ axis, verdict }: Pick<AxisStatus, "axis" | "verdict">): {
  readonly text: string;
  readonly tone: "ok" | "bad" | "mute";
} {
  if (!DECIDING.has(axis)) return { text: "Decides nothing", tone: "mute" };
  if (verdict.silence) {
    return verdict.permits
      ? { text: "Silent: permits", tone: "ok" }
      : { text: "Silent: denies", tone: "bad" };
  }
  return verdict.permits ? { text: "Permits", tone: "ok" } : { text: "Denies", tone: "bad" };
}
