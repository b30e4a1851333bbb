// SPDX-License-Identifier: MIT
import type { CellTable } from "@perigee/earth";
import type { CellLoads, CellPlan } from "@perigee/network";
import type { Elements, Service } from "@perigee/orbit";
import type { ScenarioWeather } from "../scenario/weather.ts";
import type { CellTerritory } from "./permissions.ts";
import type { PlanetQuestion } from "./planet-planner.ts";
import type { PlanetFigures } from "./slot-record.ts";

/** A constellation as it goes to another thread. */
export interface SentConstellation {
  readonly elements: readonly Elements[];
  readonly checksum: string;
  /** Per satellite. */
  readonly services: readonly Service[];
}

/** What the planet's thread is started with. */
export interface PlanetWorkerData {
  /** Folder of the files of cells. */
  readonly folder: string;
  readonly scope: "land" | "ocean";
  readonly boundaryView: string;
  readonly seed: number;
  readonly weather: ScenarioWeather | null;
  /** What the scenario's seconds count from, UTC ms. */
  readonly startMs: number;
  readonly constellation: SentConstellation;
}

/** To the planet's thread. */
export type PlanetOrder =
  | { readonly kind: "plan"; readonly question: PlanetQuestion }
  | { readonly kind: "constellation"; readonly constellation: SentConstellation };

/** From it. */
export type PlanetNews =
  | { readonly kind: "progress"; readonly stage: string; readonly fraction: number }
  | {
      readonly kind: "ready";
      /** In memory that both threads read. */
      readonly cells: CellTable;
      readonly territories: readonly CellTerritory[];
      readonly territoryOf: Uint16Array;
    }
  | {
      readonly kind: "planned";
      readonly slot: number;
      readonly elements: string;
      readonly plan: CellPlan;
      readonly loads: CellLoads;
      /** For the archive, see `encodePlanetSlot`. */
      readonly packed: Uint8Array<ArrayBuffer>;
      readonly figures: PlanetFigures;
      /** Per cell, where they changed since the last slot. */
      readonly subscribers: Float32Array | null;
    };
