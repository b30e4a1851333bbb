// SPDX-License-Identifier: MIT
import type { LinkState } from "@perigee/network";
import type { DishSettings } from "./dish-config.ts";
import type { DishHardware } from "./hardware.ts";
import type { DishPorts, DishSlot } from "./inputs.ts";

/** What the owner has told a terminal to do. */
export interface DishOrders {
  readonly stowed: boolean;
  readonly rfInhibited: boolean;
  readonly gpsInhibited: boolean;
}

/**
 * What a scene changes: inputs of a terminal, never its answers. So everything that follows from an input follows in a
 * scene too.
 */
export interface Overrides {
  readonly hardware?: Partial<DishHardware>;
  readonly orders?: Partial<DishOrders>;
  readonly settings?: Partial<DishSettings>;
  readonly slot?: Partial<Omit<DishSlot, "slot" | "fromMs" | "untilMs">>;
  readonly ping?: DishPorts["ping"];
  readonly skyMask?: (azimuthDeg: number) => number;
  /** The point of presence behind whatever link there is. */
  readonly pop?: LinkState["pop"];
  /** As if its owner had cleared the map of obstructions when the scene began. */
  readonly mapCleared?: true;
}

/** The part of a scene that a terminal needs. */
export interface ActiveScene {
  readonly name: string;
  readonly overrides: Overrides;
}
