// SPDX-License-Identifier: MIT
import { createEphemeris, isSunlit, sunEcef } from "@perigee/orbit";
import type { CellDemand } from "../beams/cell-plan.ts";
import { chargeAfter, drawW, POWER_BUDGETS, type PowerBudget } from "../energy/power-budget.ts";
import { GENERATIONS } from "../payload.ts";
import type { CellsRequest, PlannedCells, Planner } from "../plan.ts";
import { SLOT_MS, slotStartMs } from "../slot.ts";
import { type CapacityResult, capacity } from "./capacity.ts";
import { type Span, slotsOfSpan } from "./span.ts";

export interface EnergyOptions
  extends Span,
    Pick<CellsRequest, "cells" | "demand" | "permitted" | "popOfCell" | "fade"> {
  /** Per satellite; default by its generation. */
  readonly budgetOf?: (satellite: number) => PowerBudget;
  /** Charge at the start, share of the battery; default 1. */
  readonly startCharge?: number;
  /** Below this share of the battery a satellite serves nobody, until it has {@link resumeShare} again; default 0.2. */
  readonly reserveShare?: number;
  /** Default 0.4. */
  readonly resumeShare?: number;
  /** Per cell: 0 for those that compete and are not counted; default all count. */
  readonly counted?: Uint8Array;
  /** Told how many slots are done. */
  readonly onStep?: (done: number, of: number) => void;
}

/** A moment of the span. */
export interface EnergyStep {
  readonly slot: number;
  /** Satellites outside the Earth's shadow at the slot's start. */
  readonly sunlit: number;
  /** Satellites that serve nobody because their charge is low, during the step. */
  readonly silent: number;
  /** Over all satellites, kW: what they draw, and what their arrays give. */
  readonly drawKw: number;
  readonly inflowKw: number;
  /** Mean and least charge at the step's end, share of the battery. */
  readonly meanCharge: number;
  readonly leastCharge: number;
  /** Of the counted cells' downlink demand, carried. */
  readonly carriedShare: number;
  readonly carriedMbps: number;
}

/** Arrays have one entry per satellite. */
export interface EnergyResult {
  readonly steps: readonly EnergyStep[];
  /** Share of the battery: at the end, and the least of the span. */
  readonly charge: Float64Array;
  readonly leastCharge: Float64Array;
  /** Mean draw over the span, W, and Wh taken out of the battery. */
  readonly meanDrawW: Float64Array;
  readonly dischargedWh: Float64Array;
  /** Share of the span in sunlight, and steps without service for lack of charge. */
  readonly sunlitShare: Float64Array;
  readonly silentSteps: Uint32Array;
  /** Mean of {@link EnergyStep.carriedShare} over the span. */
  readonly carriedShare: number;
}

/** How often the shadow is looked for inside a step: a satellite crosses its edge in seconds. */
const SUN_STEP_MS = 30_000;

/**
 * What serving costs the satellites: slot by slot the plan and its traffic give each satellite's draw, the sun its inflow,
 * and both its charge. A satellite whose charge falls to its reserve is out of order for the plans that follow, until it has
 * recovered: so that load in the shadow, an attacker's too, comes back as service lost.
 *
 * Load is that of the step's first slot for the whole step; the shadow is looked for every 30 s.
 *
 * @throws RangeError for a span as {@link slotsOfSpan}, shares outside 0 to 1, a reserve above what service resumes at,
 * arrays of another size than the table.
 *
 * @example
 * ```ts
 * const { carriedShare } = energy(planner, { cells, demand, fromMs, overMs: 95 * 60_000, stepMs: 300_000 });
 * ```
 */
export function energy(planner: Planner, options: EnergyOptions): EnergyResult {
  const { startCharge = 1, reserveShare = 0.2, resumeShare = 0.4, counted, onStep, ...rest } = options;
  const { cells, demand, permitted, popOfCell, fade } = rest;
  for (const share of [startCharge, reserveShare, resumeShare])
    if (!(share >= 0 && share <= 1)) throw new RangeError(`a share of ${share} is not from 0 to 1`);
  if (reserveShare > resumeShare)
    throw new RangeError(`a satellite falls silent at ${reserveShare} and would resume below it`);
  const slots = slotsOfSpan(rest);
  const stepMs = rest.stepMs ?? SLOT_MS;
  const count = planner.elements.length;
  const budgetOf = options.budgetOf ?? (i => POWER_BUDGETS[GENERATIONS[planner.generation[i]!]!.id]);
  const budgets = Array.from({ length: count }, (_, i) => budgetOf(i));
  const charge = Float64Array.from(budgets, ({ batteryWh }) => batteryWh * startCharge);
  const least = charge.slice();
  const drawnWh = new Float64Array(count);
  const dischargedWh = new Float64Array(count);
  const sunSum = new Float64Array(count);
  const silentSteps = new Uint32Array(count);
  const isSilent = new Uint8Array(count);
  const steps: EnergyStep[] = [];
  let previous: PlannedCells | null = null;

  for (const [k, slot] of slots.entries()) {
    const silent = indicesOf(isSilent);
    const request = {
      ...{ slot, cells, demand },
      ...present({ permitted, popOfCell, fade }),
      // A step of several slots is no neighbour that a plan could keep close to.
      ...(stepMs === SLOT_MS ? { previous } : {}),
      outage: { satellites: silent },
    };
    const result = capacity(planner, { ...request, ...present({ counted }) });
    previous = result.planned;
    const use = usesOf(result, count, planner);
    const sun = sunlitShares(planner, slotStartMs(slot), stepMs);
    let [drawKw, inflowKw, sunlit, sum, lowest] = [0, 0, 0, 0, 1];
    for (let i = 0; i < count; i++) {
      const own = budgets[i]!;
      const draw = drawW(own, {
        beams: use.beams[i]!,
        gatewayLinks: use.gatewayLinks[i]!,
        lasers: use.lasers[i]!,
      });
      const before = charge[i]!;
      const { endWh, leastWh } = chargeAfter(own, before, sun[i]!, draw, stepMs / 3_600_000);
      charge[i] = endWh;
      least[i] = Math.min(least[i]!, leastWh);
      drawnWh[i]! += draw * (stepMs / 3_600_000);
      dischargedWh[i]! += before - leastWh;
      sunSum[i]! += sun[i]!;
      silentSteps[i]! += isSilent[i]!;
      drawKw += draw / 1_000;
      inflowKw += (own.arrayW * sun[i]!) / 1_000;
      if (sun[i]! > 0.5) sunlit++;
      const share = endWh / own.batteryWh;
      sum += share;
      lowest = Math.min(lowest, share);
      if (leastWh <= reserveShare * own.batteryWh) isSilent[i] = 1;
      if (share >= resumeShare) isSilent[i] = 0;
    }
    const { satisfiedShare, carriedMbps } = result.totals.down;
    steps.push({
      ...{ slot, sunlit, silent: silent.length, drawKw, inflowKw },
      ...{ meanCharge: sum / Math.max(1, count), leastCharge: lowest },
      ...{ carriedShare: satisfiedShare, carriedMbps },
    });
    onStep?.(k + 1, slots.length);
  }
  const hours = (slots.length * stepMs) / 3_600_000;
  return {
    steps,
    charge: charge.map((wh, i) => wh / budgets[i]!.batteryWh),
    leastCharge: least.map((wh, i) => wh / budgets[i]!.batteryWh),
    meanDrawW: drawnWh.map(wh => wh / hours),
    dischargedWh,
    sunlitShare: sunSum.map(share => share / slots.length),
    silentSteps,
    carriedShare: steps.reduce((total, step) => total + step.carriedShare, 0) / steps.length,
  };
}

/** What of each satellite the traffic uses. */
function usesOf({ allocation, planned }: CapacityResult, count: number, { generation }: Planner) {
  const { plan } = planned;
  const beams = new Float64Array(count);
  const gatewayLinks = new Uint16Array(count);
  const lasers = new Uint16Array(count);
  for (let b = 0; b < plan.beams.satellite.length; b++) {
    const i = plan.beams.satellite[b]!;
    // The users' uplink is received, which costs next to nothing; what is sent to them is what beams are lit for.
    beams[i]! += Math.min(1, allocation.beams.down[b]!) / GENERATIONS[generation[i]!]!.downBeams;
  }
  for (const i of plan.contacts.satellite) gatewayLinks[i]!++;
  const { a, b, aToB, bToA } = allocation.lasers;
  for (let l = 0; l < a.length; l++) {
    if (aToB.carriedMbps[l]! + bToA.carriedMbps[l]! === 0) continue;
    lasers[a[l]!]!++;
    lasers[b[l]!]!++;
  }
  return { beams: beams.map(share => Math.min(1, share)), gatewayLinks, lasers };
}

/** Share of a step that each satellite is in sunlight. */
function sunlitShares({ motion, elements }: Planner, fromMs: number, stepMs: number): Float64Array {
  const looks = Math.max(1, Math.round(stepMs / SUN_STEP_MS));
  const shares = new Float64Array(elements.length);
  const fleet = createEphemeris(elements.length);
  for (let look = 0; look < looks; look++) {
    const atMs = fromMs + ((look + 0.5) * stepMs) / looks;
    const { xKm, yKm, zKm } = motion.fleetAt(atMs, fleet);
    const sun = sunEcef(atMs);
    for (let i = 0; i < shares.length; i++)
      if (isSunlit({ xKm: xKm[i]!, yKm: yKm[i]!, zKm: zKm[i]! }, sun)) shares[i]! += 1 / looks;
  }
  return shares;
}

/**
 * Demand with an attacker's on top: in each of some cells the same, as a class of ordinary traffic beside the customers',
 * for a network cannot tell them apart.
 *
 * @param weight - Subscribers that the attacker has in each cell.
 */
export function attackedDemand(
  demand: CellDemand,
  attacked: Uint8Array,
  mbps: { readonly down: number; readonly up: number },
  weight: number,
): CellDemand {
  const last = demand.classes.length - 1;
  const classes = demand.classes.map((own, k) =>
    k < last
      ? own
      : {
          name: own.name,
          downMbps: own.downMbps.map((value, c) => value + attacked[c]! * mbps.down),
          upMbps: own.upMbps.map((value, c) => value + attacked[c]! * mbps.up),
          weight: own.weight.map((value, c) => value + attacked[c]! * weight),
        },
  );
  const cells = attacked.reduce((sum, is) => sum + is, 0);
  return { version: `${demand.version} attacked ${cells} ${mbps.down}/${mbps.up} ${weight}`, classes };
}

function indicesOf(flags: Uint8Array): number[] {
  return Array.from(flags.keys()).filter(i => flags[i] === 1);
}

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function present<T extends object>(members: T): Present<T> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Present<T>;
}
