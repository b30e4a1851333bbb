// SPDX-License-Identifier: MIT
import type { Position } from "@perigee/earth";

/** A device heard under an identity: what the network itself saw, once per beam and slot or more often. */
export interface SessionRecord {
  readonly terminalId: string;
  /** Which radio it is, as the network tells radios apart: the session's own number, not what the device claims. */
  readonly deviceId: string;
  /** The key it proved itself with; `null` where it has not, or was not asked. */
  readonly keyId: string | null;
  /** H3 resolution 5 cell whose beam heard it. */
  readonly cell: string;
  readonly slot: number;
  /** UTC ms. */
  readonly atMs: number;
  /** Where it is, by report or measurement; `null` where only the cell is known. */
  readonly position: Position | null;
}

/** When two records cannot be one device. Policy data. */
export interface CloneRules {
  /** Nothing that carries a terminal is faster. */
  readonly maxSpeedKmh: number;
  /** Shorter jumps between reported positions are measurement errors before they are travel. */
  readonly minDistanceKm: number;
  /** How wrong two records' times may be against each other, ms. */
  readonly clockErrorMs: number;
  /** An aircraft may have been this fast over ground. */
  readonly aircraftSpeedKmh: number;
}

/**
 * 1,000 km/h and 50 km are what products for account security have in common (reference: P9, defaults of one 1000/50,
 * of others 1000/1 and 250). Airliners in a jet stream have been reported at some 1,330 km/h over ground. Half a slot
 * for the clocks: a device is placed in the right slot or the next one.
 */
export const cloneRules: CloneRules = {
  maxSpeedKmh: 1_000,
  minDistanceKm: 50,
  clockErrorMs: 7_500,
  aircraftSpeedKmh: 1_350,
};

/** What gives two devices under one identity away, the plainest first. */
export type CloneSign = "twoDevices" | "twoCells" | "impossibleTravel";

/** A way to read the same records in which the terminal is not copied. A person weighs them; none is assumed. */
export interface InnocentReading {
  readonly reading: "impostor" | "deviceSwap" | "aircraft" | "clockError";
  /** Why the records allow it. */
  readonly because: string;
}

/** Two records that one device can hardly have made. */
export interface CloneAlarm {
  readonly terminalId: string;
  /** The slot in which the alarm is raised: that of the later record. */
  readonly slot: number;
  readonly atMs: number;
  readonly sign: CloneSign;
  /** The earlier record and the later one; the evidence. */
  readonly records: readonly [SessionRecord, SessionRecord];
  readonly distanceKm: number;
  readonly elapsedMs: number;
  /** Distance over time, `null` where no time passed. */
  readonly speedKmh: number | null;
  readonly innocent: readonly InnocentReading[];
  /**
   * `cloneSuspect`: the flag of that name is proposed for the terminal, so that every device that uses its identity is
   * left the account site and emergency services (admission reason `CLONE_SUSPECT`) until a person has cleared it.
   * `review`: an innocent reading fits; a person looks and service goes on. Never more than that: no record of sessions
   * deactivates anybody.
   */
  readonly recommendation: "cloneSuspect" | "review";
}
