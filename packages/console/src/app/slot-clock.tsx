// SPDX-License-Identifier: MIT
import { useLive } from "../data/live-state.ts";
import { useSecondMs } from "../data/ticker.ts";
import { clockTime, secondsLeft } from "../format/time.ts";

/** UTC, and what is left of the slot as a ring and in seconds. */
export function SlotClock() {
  const status = useLive(state => state.status);
  const nowMs = useSecondMs();
  const startMs = status ? Date.parse(status.slot.start) : nowMs;
  const endMs = status ? Date.parse(status.slot.end) : nowMs + 1;
  const share = Math.max(0, Math.min(1, (endMs - nowMs) / (endMs - startMs)));
  const left = status ? secondsLeft(endMs, nowMs) : "––";
  const about = status ? `Slot ${status.slot.number}; a new one begins in ${left} seconds` : "No slot yet";
  return (
    <div className="slot-clock" role="timer" aria-label="Clock" aria-live="off">
      <span className="mode" data-mode={status?.clock.mode}>
        {status?.clock.mode === "sim" ? "Sim" : "Live"}
      </span>
      <time className="utc figures">{clockTime(nowMs)} UTC</time>
      <span className="left" title={about}>
        <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
          <circle cx="10" cy="10" r="7.5" className="ring" />
          <circle
            cx="10"
            cy="10"
            r="7.5"
            className="ring-left"
            pathLength="1"
            strokeDasharray={`${share} 1`}
          />
        </svg>
        <span className="figures">
          <span className="visually-hidden">Slot ends in </span>
          {left} s
        </span>
      </span>
    </div>
  );
}
