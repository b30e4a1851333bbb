// SPDX-License-Identifier: MIT
import { useEffect, useState } from "react";
import { operatorNowMs } from "../data/live-state.ts";
import { dateTime } from "../format/time.ts";
import { leftTone, leftWords } from "./left-words.ts";

/** A clock that counts down to an instant, and says so when it is over. */
export function TimeLeft({ untilMs, over = "over" }: { untilMs: number; over?: string }) {
  const [nowMs, setNow] = useState(operatorNowMs);
  const near = untilMs - nowMs < 3_600_000;
  useEffect(() => {
    const timer = setInterval(() => setNow(operatorNowMs()), near ? 1_000 : 20_000);
    return () => clearInterval(timer);
  }, [near]);
  const leftMs = untilMs - nowMs;
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
