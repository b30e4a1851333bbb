// SPDX-License-Identifier: MIT
import type { LinkState } from "@perigee/network";

/** Who a terminal is, as it says itself; nothing here changes while it runs. */
export interface DishIdentity {
  /** `ut` and 24 hexadecimal digits in groups of eight, e.g. `ut01000000-00000000-00001234`. */
  readonly id: string;
  /** Kit number on the box, e.g. `KIT00001234`. */
  readonly kitNumber: string;
  /** Serial number of the antenna. */
  readonly serial: string;
  /** e.g. `rev4_prod3`. */
  readonly hardwareVersion: string;
  /** Firmware, e.g. `2026.07.11.mr54321`. */
  readonly softwareVersion: string;
  /** Version it left the factory with. */
  readonly manufacturedVersion: string;
  /** Country of its account, ISO 3166-1 alpha-2. */
  readonly countryCode: string;
  /** Local time minus UTC, seconds. */
  readonly utcOffsetS: number;
  /** How often it has started in its life, before this time. */
  readonly bootCount: number;
  /** Whether motors can point it; flat models have none. */
  readonly hasActuators: boolean;
  /** Ids of the routers behind it, `Router-` and 24 hexadecimal digits. */
  readonly routers: readonly string[];
}

/** What admission says of a terminal: the part of an `Admission` that the terminal learns. */
export interface DishAdmission {
  /** Disablement code (`UtDisablementCode`); 1 is OKAY. */
  readonly wireCode: number;
  /** Whether it may keep its radio link. */
  readonly linked: boolean;
  readonly reach: "all" | "accountAndEmergency" | "nothing";
  /** Reason code of the authority, e.g. `"SPEED_CAP"`. */
  readonly reason: string;
}

/** What the plan of its service line means for the terminal. */
export interface DishPlan {
  /** `UserMobilityClass`: stationary, nomadic, mobile. */
  readonly mobilityClass: 0 | 1 | 2;
  /** `UserClassOfService`: 0 unknown, 1 consumer, 2 business, 3 business plus, 4 commercial aviation. */
  readonly classOfService: number;
  /** Why downloads and uploads are held back (`RateLimitReason`); 1 is no limit. */
  readonly downLimit: number;
  readonly upLimit: number;
}

/** Geodetic degrees, north and east positive; metres above the ellipsoid. */
export interface DishPosition {
  readonly latDeg: number;
  readonly lonDeg: number;
  readonly heightM: number;
}

/** Whether `get_location` is answered: it is, or the owner has not enabled it, or a policy forbids it. */
export type LocationPolicy = "allowed" | "notEnabled" | "policy";

/** What holds for a terminal during one slot. */
export interface DishSlot {
  readonly slot: number;
  /** UTC milliseconds; the slot ends before `untilMs`. */
  readonly fromMs: number;
  readonly untilMs: number;
  /** What the network offers; null: nothing. */
  readonly link: LinkState | null;
  /** Why there is no link: the planner's word (`"noSatellite"`, `"notPermitted"`, …); null where there is one. */
  readonly unserved: string | null;
  /** Null while the authority has not spoken: the code is then UNKNOWN_STATE. */
  readonly admission: DishAdmission | null;
  /** Where its own positioning says it is; null: no fix. */
  readonly position: DishPosition | null;
  /** Metres per second over ground. */
  readonly speedMps: number;
  /** Whether it is away from the country of its account; absent: it is not. */
  readonly roaming?: boolean;
  readonly plan: DishPlan | null;
  readonly locationPolicy: LocationPolicy;
  /** Whether the LAN may change settings; firmware of July 2026 lets only the account's cloud do it. */
  readonly lanWrites: boolean;
}

/** What a terminal can ask of the world around it. Everything is deterministic in its arguments. */
export interface DishPorts {
  /** Round trip of one ping to the point of presence sent at an instant, milliseconds; null: lost. */
  ping(link: LinkState, atMs: number): number | null;
  /**
   * Where the link's satellite stands at an instant: degrees above the horizon, degrees clockwise from true north.
   * Absent: it is taken to stand all slot where it stood at the slot's start, and the map of obstructions shows dots
   * instead of tracks.
   */
  look?(link: LinkState, atMs: number): { readonly azimuthDeg: number; readonly elevationDeg: number };
  /** Bits per second that its home network asks for, or is known to be carried, at an instant. */
  traffic(atMs: number): { readonly downBps: number; readonly upBps: number };
  /** Lowest free elevation, degrees, over azimuth (degrees clockwise from true north); null: open sky. */
  readonly skyMask: ((azimuthDeg: number) => number) | null;
}
