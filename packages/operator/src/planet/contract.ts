// SPDX-License-Identifier: MIT
// The HTTP contract of the planet's plan. Part of `contract.ts`, which re-exports all of it. Nothing here computes.
import { z } from "zod";

/** Why a cell has no beam, in the order of the codes in the coverage's bytes; `served` has one. */
export const PLANET_CELL_REASONS = [
  "served",
  "notPermitted",
  "noSatellite",
  "geostationaryArc",
  "noRoute",
  "noBeam",
] as const;
const cellReason = z.enum(PLANET_CELL_REASONS);

/** What keeps a cell from more: nothing (`demand`), no beam or way (`unserved`), or the resource that is full. */
const bottleneck = z.enum(["demand", "unserved", "beam", "satellite", "contact", "laser", "fibre"]);

const both = z.object({ down: z.number(), up: z.number() });

/** Which cells the operator plans: none, all that hold land, or those of open water too. */
export const planetScope = z.enum(["off", "land", "ocean"]);

const planetState = z.enum(["off", "preparing", "ready", "failed"]);

export const planet = z.object({
  state: planetState,
  progress: z
    .object({ stage: z.string(), fraction: z.number() })
    .nullable()
    .meta({ description: "While preparing: what is being done, and the part of all that is done" }),
  error: z.string().nullable().meta({ description: "While failed: why, for a person" }),
  slot: z.number().int().nullable().meta({ description: "Slot of the figures; null before the first plan" }),
  fromMs: z.number().nullable(),
  cells: z.number().int(),
  permitted: z.number().int(),
  served: z.number().int(),
  byReason: z.record(cellReason, z.number().int()),
  beams: z.number().int(),
  contacts: z.number().int().meta({ description: "Antennas of gateways that track a satellite" }),
  demandMbps: both,
  carriedMbps: both,
  satisfiedShare: both.meta({ description: "Carried over demand, 1 where nothing is wanted" }),
  planCpuMs: z
    .number()
    .nullable()
    .meta({ description: "Processor time of plan and capacity, ms; null before the first plan" }),
  changedCells: z
    .number()
    .int()
    .nullable()
    .meta({ description: "Cells whose satellite changed against the slot before; null after a cold plan" }),
  slots: z
    .object({ first: z.number().int(), last: z.number().int() })
    .nullable()
    .meta({ description: "Slots whose plan can be asked for" }),
});

const satelliteName = z.object({ catalogNumber: z.number().int(), name: z.string() });

export const planetCell = z.object({
  cell: z.string(),
  reason: cellReason,
  satellite: satelliteName.nullable(),
  colour: z.number().int().nullable(),
  share: z.number().meta({ description: "Part of the time of its beams, summed over them" }),
  beams: z.number().int(),
  pop: z.string().nullable(),
  demandDownMbps: z.number(),
  demandUpMbps: z.number(),
  downMbps: z.number(),
  upMbps: z.number(),
  bottleneck,
});

export const planetCells = z.object({ slot: z.number().int(), cells: z.array(planetCell) });

export const planetCellDetail = planetCell.extend({
  slot: z.number().int(),
  latDeg: z.number(),
  lonDeg: z.number(),
  areaKm2: z.number(),
  land: z.boolean(),
  territory: z.string(),
  territoryName: z.string(),
  subscribers: z.number(),
  hops: z
    .array(z.object({ kind: z.enum(["up", "laser", "down", "fibre"]), id: z.string(), delayMs: z.number() }))
    .meta({
      description: "From the cell's centre to its PoP; `id` is where the hop leads. Empty without a beam",
    }),
  oneWayMs: z.number().nullable(),
});

export const planetSatellite = z.object({
  slot: z.number().int(),
  catalogNumber: z.number().int(),
  name: z.string(),
  generation: z.string(),
  beams: z.array(
    z.object({
      beam: z.number().int(),
      colour: z.number().int(),
      cells: z.array(z.object({ cell: z.string(), share: z.number(), downMbps: z.number() })),
    }),
  ),
  maxBeams: z.number().int(),
  contacts: z.array(
    z.object({
      gateway: z.object({ id: z.string(), name: z.string(), latDeg: z.number(), lonDeg: z.number() }),
      upMbps: z.number(),
      downMbps: z.number(),
      loadShare: z.number().meta({ description: "Of its fuller direction, 0 to 1" }),
      rangeKm: z.number(),
    }),
  ),
  lasers: z.array(satelliteName.extend({ loadShare: z.number(), km: z.number() })),
  downMbps: z.number(),
  upMbps: z.number(),
  limitDownMbps: z.number(),
  limitUpMbps: z.number(),
});

export const planetGateway = z.object({
  id: z.string(),
  name: z.string(),
  latDeg: z.number(),
  lonDeg: z.number(),
  antennas: z.number().int(),
  used: z.number().int(),
  upMbps: z.number(),
  downMbps: z.number(),
  loadShare: z.number().meta({ description: "Of its fullest antenna, in its fuller direction, 0 to 1" }),
  rainDb: z.number().meta({ description: "What rain takes at 28.5 GHz and 45 degrees; 0 where it is dry" }),
});

/** What a terminal's link was in a slot that is on record; without a link, why not. */
export const linkRecord = z.object({
  terminalId: z.string(),
  slot: z.number().int(),
  from: z.iso.datetime(),
  reason: z
    .string()
    .meta({ description: "Reason of the admission, e.g. ALLOW; the network's where that gave no link" }),
  link: z
    .object({
      satellite: satelliteName,
      gateway: z.string(),
      pop: z.string(),
      elevationDeg: z.number(),
      rttMs: z.number(),
      downMbps: z.number(),
      upMbps: z.number(),
    })
    .nullable(),
});

/** What the event `planet` says: a plan is in place, or the state changed. */
export const planetEvent = z.object({ slot: z.number().int().nullable(), state: planetState });

export type PlanetScope = z.infer<typeof planetScope>;
export type PlanetState = z.infer<typeof planetState>;
export type Planet = z.infer<typeof planet>;
export type PlanetCell = z.infer<typeof planetCell>;
export type PlanetCells = z.infer<typeof planetCells>;
export type PlanetCellDetail = z.infer<typeof planetCellDetail>;
export type PlanetSatellite = z.infer<typeof planetSatellite>;
export type PlanetGateway = z.infer<typeof planetGateway>;
export type LinkRecord = z.infer<typeof linkRecord>;
export type PlanetEvent = z.infer<typeof planetEvent>;
