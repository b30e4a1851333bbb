// SPDX-License-Identifier: MIT
import { distanceKm } from "@perigee/earth";

/** A place, WGS84 degrees. */
export interface Spot {
  readonly latDeg: number;
  readonly lonDeg: number;
}

/** "Not here": what a network answers to a terminal where it gives no service (after 3GPP TS 24.501, cause #78). */
export interface AreaReject {
  readonly minDistanceKm: number;
  readonly minRetryS: number;
}

/** The network's order to a transmitter; the newest by `sequence` counts. */
export interface TransmitCommand {
  readonly sequence: number;
  readonly transmit: "off" | "on";
  /** Whether calls for help may go on. */
  readonly sparesEmergency: boolean;
}

/** What a terminal's radio has been told. */
export interface Radio {
  readonly command: (TransmitCommand & { readonly heardMs: number }) | null;
  readonly reject: (AreaReject & { readonly at: Spot; readonly heardMs: number }) | null;
}

/** A radio that nobody has told anything. */
export const untoldRadio: Radio = { command: null, reject: null };

/** A terminal ceases to transmit within this time of receiving the order (47 CFR 25.228(c)). */
export const ceaseLimitMs = 100;

/** Takes an order to the transmitter. One that was heard before, or is older than the last, changes nothing. */
export function hearCommand(radio: Radio, command: TransmitCommand, atMs: number): Radio {
  if (radio.command !== null && command.sequence <= radio.command.sequence) return radio;
  return { ...radio, command: { ...command, heardMs: atMs } };
}

/** Takes a rejection, and remembers where and when it was heard: hearing it again elsewhere begins anew. */
export function hearReject(radio: Radio, reject: AreaReject, at: Spot, atMs: number): Radio {
  return { ...radio, reject: { ...reject, at: { latDeg: at.latDeg, lonDeg: at.lonDeg }, heardMs: atMs } };
}

/** Is served: what was said elsewhere is over. */
export function hearAccept(radio: Radio): Radio {
  return radio.reject === null ? radio : { ...radio, reject: null };
}

/**
 * Whether a terminal that keeps to the rules transmits. Ordered off, it is silent until it is ordered on. Rejected, it is
 * silent until it has moved farther than the distance or the retry time is over (TS 24.501 §4.23.2). Calling for help
 * ends a rejection's hold, and that of an order which spares the safety of life (47 CFR 25.271(c)).
 *
 * @param ceaseMs how long this model takes to obey an order to be silent
 */
export function maySpeak(
  { command, reject }: Radio,
  now: Spot & { readonly atMs: number; readonly emergency: boolean },
  ceaseMs = 0,
): boolean {
  const { atMs, emergency } = now;
  const isOff = command?.transmit === "off" && atMs >= command.heardMs + ceaseMs;
  if (isOff && !(emergency && command.sparesEmergency)) return false;
  if (reject === null || emergency) return true;
  return (
    atMs - reject.heardMs >= reject.minRetryS * 1_000 || distanceKm(reject.at, now) > reject.minDistanceKm
  );
}
