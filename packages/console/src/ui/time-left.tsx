// SPDX-License-Identifier: MIT
import { useSecondMs } from "../data/ticker.ts";
import { dateTime } from "../format/time.ts";
import { leftTone, leftWords } from "./left-words.ts";

/** A clock that counts down to an instant, and says so when it is over. */
export function TimeLeft({ untilMs, over = "over" }: { untilMs: number; over?: string }) {
  const leftMs = untilMs - useSecondMs();
  return (
    <time
      className="clock-left figures"
      data-tone={leftTone(leftMs)}
      dateTime={new Date(untilMs).toISOString()}
      title={dateTime(untilMs)}
    >
      {leftMs <= 0 ? over : leftWords(leftMs)}
    </time>
  );
}
