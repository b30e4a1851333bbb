// SPDX-License-Identifier: MIT
import { distanceKm } from "@perigee/earth";
import type { Contacts, Outage } from "../beams/cell-plan.ts";
import type { FleetState } from "../fleet-motion.ts";
import type { GroundSegment } from "../ground-segment.ts";
import { GENERATIONS } from "../payload.ts";
import type { RoutePolicy } from "../policy.ts";
import { LIGHT_KM_PER_MS } from "../routing/laser-geometry.ts";
import { bandIndex, GATEWAY_BANDS, shareAfterFade } from "./bands.ts";
import type { LinkChoices, LinkEnds } from "./contact-selection.ts";
import { createGatewayWatch, type GatewaySky } from "./gateway-sky.ts";
import { matchContacts } from "./match-contacts.ts";

/** What makes one contact better than another; all in Mbit/s, so that it weighs against capacity. */
export interface ContactWeights {
  /** A satellite that lands directly, however little: traffic that needs no laser. */
  readonly landingMbps: number;
  /** Capacity beyond what a satellite's users want counts this much. */
  readonly spareShare: number;
  /** Where nobody says what users want: this share of what the satellite's beams carry. */
  readonly wantedShare: number;
  /** Against each millisecond from satellite to gateway to the gateway's nearest PoP. */
  readonly perMsMbps: number;
  /** For a contact of the slot before: an antenna that need not turn, users whose path does not change. */
  readonly keepMbps: number;
}

/** [M] Landing counts as much as one Ka link; 4 ms of delay as much as keeping a contact. */
export const defaultContactWeights: ContactWeights = {
  landingMbps: 20_000,
  spareShare: 0.25,
  wantedShare: 0.25,
  perMsMbps: 1_000,
  keepMbps: 4_000,
};

/** Rain on the paths of one gateway: dB at a frequency, for a satellite at that elevation. */
export type PathFade = (frequencyGHz: number, elevationDeg: number) => number;

/** Rain over gateways (index); `null` where there is none. */
export type GatewayFade = (gateway: number) => PathFade | null;

/** {@link Contacts} with what else is known of each. */
export interface GatewayContacts extends Contacts {
  /** Index into `GATEWAY_BANDS`. A pair may have one link in each band, in rows of its own. */
  readonly band: Uint8Array;
  /** At the slot's start. */
  readonly elevationDeg: Float32Array;
}

/** One slot to plan. */
export interface ContactSlot {
  readonly start: FleetState;
  readonly end: FleetState;
  /** Instants in between at which a link has to stand too; for spans in which a satellite crosses much of the sky. */
  readonly between?: readonly FleetState[];
  /** Per satellite: 0 for those that carry no traffic. */
  readonly usable: Uint8Array;
  /** The slot before, for its contacts to be kept where they are still good. */
  readonly previous?: Contacts | null;
  readonly outage?: Outage;
  readonly fade?: GatewayFade;
  /** Per satellite: what its users ask for, Mbit/s; normally their load in the slot before. */
  readonly wantedMbps?: Float32Array;
}

/** What contacts are planned between. */
export interface ContactNetwork {
  readonly ground: GroundSegment;
  readonly policy: RoutePolicy;
  /** Per satellite: index into `GENERATIONS`, from `generationsOf`. */
  readonly generation: Uint8Array;
  readonly weights?: ContactWeights;
}

/** Plans slot after slot over one ground segment; holds buffers. */
export interface ContactPlanner {
  /**
   * Which antenna tracks which satellite in a slot, from its start to its end: above the gateway's least elevation,
   * away from the geostationary arc, links that rain leaves open; no antenna and no satellite port twice. A function of
   * its argument alone.
   */
  planContacts(slot: ContactSlot): GatewayContacts;
}

export function createContactPlanner(network: ContactNetwork): ContactPlanner {
  const { ground, policy, generation } = network;
  const weights = network.weights ?? defaultContactWeights;
  const { gateways } = ground;
  const satellites = generation.length;
  const bands = GATEWAY_BANDS.length;
  const watch = createGatewayWatch(satellites, ground, policy);
  const satellitePorts = new Uint8Array(satellites * bands);
  const wantedByDefault = new Float32Array(satellites);
  for (let i = 0; i < satellites; i++) {
    const { gatewayLinks, userDownMbps } = GENERATIONS[generation[i]!]!;
    for (const { band, count } of gatewayLinks) satellitePorts[i * bands + bandIndex(band)] = count;
    wantedByDefault[i] = weights.wantedShare * userDownMbps;
  }
  const antennas = new Uint16Array(gateways.length * bands);
  const rates = new Float32Array(2 * antennas.length);
  gateways.forEach(({ dishes }, g) => {
    for (const { band, count, upMbps, downMbps } of dishes) {
      const site = g * bands + bandIndex(band);
      antennas[site] = count;
      rates[2 * site] = upMbps;
      rates[2 * site + 1] = downMbps;
    }
  });
  const popMs = gateways.map(gateway =>
    ground.pops.map(pop => (policy.fibreStretch * distanceKm(gateway, pop) * policy.fibreUsPerKm) / 1000),
  );

  function planContacts(slot: ContactSlot): GatewayContacts {
    const { start, end, previous, outage, fade } = slot;
    const usable = slot.usable.slice();
    for (const i of outage?.satellites ?? []) usable[i] = 0;
    const sky = watch.look(start, [...(slot.between ?? []), end], usable, new Set(outage?.gateways));
    const popsDown = new Set(outage?.pops);
    const nearestPopMs = popMs.map(row =>
      row.reduce((least, ms, p) => (popsDown.has(p) ? least : Math.min(least, ms)), Number.POSITIVE_INFINITY),
    );
    const choices = choicesOf(sky, nearestPopMs, pairsOf(previous), fade);
    const ends: LinkEnds = {
      bands,
      satellitePorts,
      antennas,
      wantedMbps: slot.wantedMbps ?? wantedByDefault,
      landingMbps: weights.landingMbps,
      spareShare: weights.spareShare,
    };
    return contactsOf(choices, matchContacts(choices, ends, policy.contactRounds), satellites);
  }

  function pairsOf(previous: Contacts | null | undefined): ReadonlySet<number> {
    const pairs = new Set<number>();
    previous?.satellite.forEach((i, k) => {
      pairs.add(i * gateways.length + previous.gateway[k]!);
    });
    return pairs;
  }

  /** Every link that geometry, equipment and rain allow, by gateway, satellite and band. */
  function choicesOf(
    sky: GatewaySky,
    nearestPopMs: readonly number[],
    before: ReadonlySet<number>,
    fade: GatewayFade | undefined,
  ): Choices {
    const room = sky.offset[gateways.length]! * bands;
    const choices = {
      count: 0,
      satellite: new Int32Array(room),
      gateway: new Int32Array(room),
      band: new Uint8Array(room),
      upMbps: new Float32Array(room),
      downMbps: new Float32Array(room),
      costMbps: new Float32Array(room),
      rangeKm: new Float32Array(room),
      elevationDeg: new Float32Array(room),
    };
    let count = 0;
    for (let g = 0; g < gateways.length; g++) {
      const path = fade?.(g) ?? null;
      const fibreMs = Number.isFinite(nearestPopMs[g]!) ? nearestPopMs[g]! : 0;
      for (let k = sky.offset[g]!; k < sky.offset[g + 1]!; k++) {
        const i = sky.satellite[k]!;
        const rangeKm = sky.rangeKm[k]!;
        const elevationDeg = sky.elevationDeg[k]!;
        const cost =
          weights.perMsMbps * (rangeKm / LIGHT_KM_PER_MS + fibreMs) -
          (before.has(i * gateways.length + g) ? weights.keepMbps : 0);
        for (let b = 0; b < bands; b++) {
          const site = g * bands + b;
          if (antennas[site] === 0 || satellitePorts[i * bands + b] === 0) continue;
          const { upGHz, downGHz, clearSkySnrDb } = GATEWAY_BANDS[b]!;
          const up = path === null ? 1 : shareAfterFade(clearSkySnrDb, path(upGHz, elevationDeg));
          const down = path === null ? 1 : shareAfterFade(clearSkySnrDb, path(downGHz, elevationDeg));
          if (up === 0 || down === 0) continue;
          choices.satellite[count] = i;
          choices.gateway[count] = g;
          choices.band[count] = b;
          choices.upMbps[count] = up * rates[2 * site]!;
          choices.downMbps[count] = down * rates[2 * site + 1]!;
          choices.costMbps[count] = cost;
          choices.rangeKm[count] = rangeKm;
          choices.elevationDeg[count] = elevationDeg;
          count += 1;
        }
      }
    }
    choices.count = count;
    return choices;
  }

  return { planContacts };
}

interface Choices extends LinkChoices {
  readonly downMbps: Float32Array;
  readonly rangeKm: Float32Array;
  readonly elevationDeg: Float32Array;
}

/** The chosen links, by satellite, gateway and band: choices are by gateway and band already, and stay so. */
function contactsOf(choices: Choices, chosen: Uint8Array, satellites: number): GatewayContacts {
  const next = new Int32Array(satellites + 1);
  let count = 0;
  for (let e = 0; e < choices.count; e++) {
    if (chosen[e] === 0) continue;
    next[choices.satellite[e]! + 1]! += 1;
    count += 1;
  }
  for (let i = 0; i < satellites; i++) next[i + 1]! += next[i]!;
  const contacts = {
    satellite: new Int32Array(count),
    gateway: new Int32Array(count),
    band: new Uint8Array(count),
    downMbps: new Float32Array(count),
    upMbps: new Float32Array(count),
    rangeKm: new Float32Array(count),
    elevationDeg: new Float32Array(count),
  };
  for (let e = 0; e < choices.count; e++) {
    if (chosen[e] === 0) continue;
    const at = next[choices.satellite[e]!]!++;
    contacts.satellite[at] = choices.satellite[e]!;
    contacts.gateway[at] = choices.gateway[e]!;
    contacts.band[at] = choices.band[e]!;
    contacts.downMbps[at] = choices.downMbps[e]!;
    contacts.upMbps[at] = choices.upMbps[e]!;
    contacts.rangeKm[at] = choices.rangeKm[e]!;
    contacts.elevationDeg[at] = choices.elevationDeg[e]!;
  }
  return contacts;
}
