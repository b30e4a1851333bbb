// SPDX-License-Identifier: MIT
import { type KeyboardEvent, useEffect, useState } from "react";
import {
  SKY_COMING_MS,
  SKY_PAST_MS,
  type SlotClock,
  slotStartMs,
  type TimeKind,
  timeKind,
  useAsOf,
  useSlotClock,
} from "../data/as-of.ts";
import { useLive } from "../data/live-state.ts";
import { TIME_WORDS } from "../format/planet-words.ts";
import { age, clockTime, date } from "../format/time.ts";
import { announce } from "../ui/announcer.tsx";

const MINUTE_MS = 60_000;
/** While the handle moves, the address and the requests wait this long for it to rest. */
const REST_MS = 120;

/** How far back the slider reaches, and ahead. */
const SPANS = [
  { id: "hour", title: "1 h", pastMs: 60 * MINUTE_MS, comingMs: 15 * MINUTE_MS },
  { id: "quarter", title: "6 h", pastMs: 360 * MINUTE_MS, comingMs: SKY_COMING_MS },
  { id: "day", title: "24 h", pastMs: SKY_PAST_MS, comingMs: SKY_COMING_MS },
] as const;

/** The time that the whole page shows: the past as recorded, now, and where the satellites will be. */
export function TimeBar() {
  const clock = useSlotClock();
  return (
    <section className="time-bar" aria-label="Time">
      {clock ? (
        <TimeSlider clock={clock} />
      ) : (
        <span className="quiet">Waiting for the operator's clock…</span>
      )}
    </section>
  );
}

function TimeSlider({ clock }: { clock: SlotClock }) {
  const [asOf, setSlot] = useAsOf();
  const planet = useLive(state => state.planet);
  const far = asOf !== null && (clock.slot - asOf.slot) * clock.slotMs > SPANS[0].pastMs;
  const [spanId, setSpanId] = useState<(typeof SPANS)[number]["id"]>(far ? "day" : "hour");
  const span = SPANS.find(({ id }) => id === spanId) ?? SPANS[0];
  const first = clock.slot - Math.round(span.pastMs / clock.slotMs);
  const last = clock.slot + Math.round(span.comingMs / clock.slotMs);
  const [draft, setDraft] = useState<number | null>(null);
  const slot = draft ?? asOf?.slot ?? clock.slot;
  const settle = (wanted: number) => setDraft(Math.max(first, Math.min(last, wanted)));

  // biome-ignore lint/correctness/useExhaustiveDependencies: only a moved handle is waited for, not each new slot
  useEffect(() => {
    if (draft === null) return;
    const timer = setTimeout(() => {
      setSlot(draft === clock.slot ? null : draft);
      setDraft(null);
    }, REST_MS);
    return () => clearTimeout(timer);
  }, [draft]);

  const goLive = () => {
    setDraft(null);
    if (asOf !== null) announce("Live");
    setSlot(null);
  };
  const onKey = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }[event.key];
    if (event.key === "Home") goLive();
    else if (step && event.shiftKey) settle(slot + step * Math.round(MINUTE_MS / clock.slotMs));
    else return;
    event.preventDefault();
  };

  const startMs = slotStartMs(clock, slot);
  const shown = slot === clock.slot && asOf === null ? null : { slot, startMs };
  const kind = timeKind(clock, planet, shown);
  const text = `${clockTime(startMs)} UTC, ${distance(clock, slot)}. ${TIME_WORDS[kind]}`;
  return (
    <>
      <button
        type="button"
        className="live-button"
        aria-pressed={kind === "live"}
        onClick={goLive}
        title="Back to now (Home)"
      >
        <span className="dot" aria-hidden="true" />
        Live
      </button>
      <div className="time-track">
        <Track clock={clock} first={first} last={last} kept={planet?.slots ?? null} />
        <input
          type="range"
          aria-label="Time shown"
          aria-valuetext={text}
          title="← → one slot, with shift one minute, Home for now"
          min={first}
          max={last}
          step={1}
          value={Math.max(first, Math.min(last, slot))}
          onChange={event => settle(Number(event.target.value))}
          onKeyDown={onKey}
        />
      </div>
      <TimeWords kind={kind} startMs={startMs} distance={distance(clock, slot)} />
      <select
        aria-label="How far back the slider reaches"
        value={spanId}
        onChange={event => setSpanId(SPANS.find(({ id }) => id === event.target.value)?.id ?? "hour")}
      >
        {SPANS.map(({ id, title }) => (
          <option key={id} value={id}>
            {title}
          </option>
        ))}
      </select>
    </>
  );
}

function TimeWords(props: { kind: TimeKind; startMs: number; distance: string }) {
  const { kind, startMs } = props;
  if (kind === "live") return <p className="time-words">Now</p>;
  return (
    <p className="time-words" data-kind={kind}>
      <span className="figures" title={date(startMs)}>
        <strong>{clockTime(startMs)}</strong> UTC, {props.distance}
      </span>
      <span className="quiet">{TIME_WORDS[kind]}</span>
    </p>
  );
}

/** Behind the handle: solid where plans are kept, dashed where only positions are known, and a tick for now. */
function Track(props: {
  clock: SlotClock;
  first: number;
  last: number;
  kept: { readonly first: number; readonly last: number } | null;
}) {
  const { clock, first, last, kept } = props;
  const x = (slot: number) => (100 * (Math.max(first, Math.min(last, slot)) - first)) / (last - first);
  return (
    <svg className="track" width="100%" height="20" aria-hidden="true">
      <line x1="0%" x2="100%" y1="10" y2="10" className="track-positions" />
      {kept && (
        <line
          x1={`${x(kept.first)}%`}
          x2={`${x(Math.min(kept.last, clock.slot))}%`}
          y1="10"
          y2="10"
          className="track-kept"
        />
      )}
      <line x1={`${x(clock.slot)}%`} x2={`${x(clock.slot)}%`} y1="2" y2="18" className="track-now" />
    </svg>
  );
}

function distance(clock: SlotClock, slot: number): string {
  const awayMs = (slot - clock.slot) * clock.slotMs;
  if (awayMs === 0) return "now";
  return awayMs < 0 ? `${age(0, -awayMs)} ago` : `in ${age(0, awayMs)}`;
}
