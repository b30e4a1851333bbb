// SPDX-License-Identifier: MIT
import type { Planet } from "@perigee/operator/contract";
import { useCallback, useMemo } from "react";
import { useSearchParams } from "wouter";
import { useLive } from "./live-state.ts";
import { planKept } from "./planet.ts";

/** How slots are numbered: one whose number and start are known, and the length of all. */
export interface SlotClock {
  readonly slot: number;
  readonly startMs: number;
  readonly slotMs: number;
}

/** The slot that a page shows instead of the current one. */
export interface AsOf {
  readonly slot: number;
  readonly startMs: number;
}

/**
 * What is known of a slot. `recorded`: its plan is kept. `positions`: past, only where the satellites were. `coming`:
 * only where they will be. `outside`: nothing.
 */
export type TimeKind = "live" | "recorded" | "positions" | "coming" | "outside";

/** The operator answers where satellites were for a day back, and where they will be for an hour. */
export const SKY_PAST_MS = 86_400_000;
export const SKY_COMING_MS = 3_600_000;

export function slotAt(clock: SlotClock, utcMs: number): number {
  return clock.slot + Math.floor((utcMs - clock.startMs) / clock.slotMs);
}

export function slotStartMs(clock: SlotClock, slot: number): number {
  return clock.startMs + (slot - clock.slot) * clock.slotMs;
}

/** The instant in an address, UTC milliseconds; `null` for none and for what is no instant. */
export function readAt(text: string | null): number | null {
  const utcMs = text === null ? Number.NaN : Date.parse(text);
  return Number.isFinite(utcMs) ? utcMs : null;
}

/** The instant for an address, without the milliseconds that slots do not have. */
export function writeAt(utcMs: number): string {
  return new Date(utcMs).toISOString().replace(".000Z", "Z");
}

export function timeKind(clock: SlotClock, planet: Planet | null, asOf: AsOf | null): TimeKind {
  if (asOf === null) return "live";
  if (planKept(planet, asOf.slot)) return "recorded";
  const awayMs = (asOf.slot - clock.slot) * clock.slotMs;
  if (awayMs > SKY_COMING_MS || awayMs < -SKY_PAST_MS) return "outside";
  return awayMs > 0 ? "coming" : "positions";
}

/** The operator's slots; `null` before the first status. */
export function useSlotClock(): SlotClock | null {
  const slot = useLive(state => state.status?.slot ?? null);
  return useMemo(() => {
    if (!slot) return null;
    const startMs = Date.parse(slot.start);
    return { slot: slot.number, startMs, slotMs: Date.parse(slot.end) - startMs };
  }, [slot]);
}

/** The slot in the address, and the way to change it; `null` is live. Scrubbing leaves no trail in the history. */
export function useAsOf(): [AsOf | null, (slot: number | null) => void] {
  const [parameters, setParameters] = useSearchParams();
  const clock = useSlotClock();
  const atMs = readAt(parameters.get("at"));
  const slot = clock && atMs !== null ? slotAt(clock, atMs) : null;
  const startMs = clock && slot !== null ? slotStartMs(clock, slot) : null;
  const asOf = useMemo(() => (slot === null || startMs === null ? null : { slot, startMs }), [slot, startMs]);
  const change = useCallback(
    (wanted: number | null) =>
      setParameters(
        before => {
          const next = new URLSearchParams(before);
          if (wanted === null || !clock) next.delete("at");
          else next.set("at", writeAt(slotStartMs(clock, wanted)));
          return next;
        },
        { replace: true },
      ),
    [clock, setParameters],
  );
  return [asOf, change];
}

/** What the page shows: the slot chosen, what is known of it, and the slot whose plan can be asked for, if any. */
export function useShownTime(): {
  readonly asOf: AsOf | null;
  readonly kind: TimeKind;
  readonly planSlot: number | null;
} {
  const [asOf] = useAsOf();
  const clock = useSlotClock();
  const planet = useLive(state => state.planet);
  const kind = clock ? timeKind(clock, planet, asOf) : "live";
  const live = planet?.state === "ready" ? planet.slot : null;
  const planSlot = kind === "recorded" ? (asOf?.slot ?? null) : kind === "live" ? live : null;
  return { asOf, kind, planSlot };
}
