// SPDX-License-Identifier: MIT
import { cellName } from "@perigee/earth";
import {
  BOTTLENECKS,
  CELL_REASONS,
  GENERATIONS,
  LIGHT_KM_PER_MS,
  type Planner,
  SHARE_PARTS,
  slotStartMs,
  treePath,
} from "@perigee/network";
import { geodeticToEcef } from "@perigee/orbit";
import type { PlanetCell, PlanetCellDetail, PlanetGateway, PlanetSatellite } from "./contract.ts";
import type { PlanetGround } from "./planet-service.ts";
import type { PlanetSlot } from "./slot-record.ts";

/** One slot of the planet in the shapes of the HTTP contract. */
export class PlanetViews {
  readonly #slot: PlanetSlot;
  readonly #ground: PlanetGround;
  readonly #planner: Planner;

  /** @param planner - Over the elements that the slot was planned with. */
  constructor(slot: PlanetSlot, ground: PlanetGround, planner: Planner) {
    this.#slot = slot;
    this.#ground = ground;
    this.#planner = planner;
  }

  /** Rows `from` to `until - 1` of the table. */
  cells(from: number, until: number): PlanetCell[] {
    return Array.from({ length: until - from }, (_, k) => this.cell(from + k));
  }

  cell(c: number): PlanetCell {
    const slot = this.#slot;
    const beam = slot.beam[c]!;
    const further = rangeOf(slot.extraCell, c);
    let share = slot.share[c]!;
    for (let k = further.from; k < further.until; k++) share += slot.extraShare[k]!;
    return {
      cell: cellName(this.#ground.table, c),
      reason: CELL_REASONS[slot.reason[c]!]!,
      satellite: beam < 0 ? null : this.#named(slot.beamSatellite[beam]!),
      colour: beam < 0 ? null : slot.beamColour[beam]!,
      share: share / SHARE_PARTS,
      beams: beam < 0 ? 0 : 1 + further.until - further.from,
      pop: slot.pop[c]! < 0 ? null : this.#planner.ground.pops[slot.pop[c]!]!.code,
      demandDownMbps: slot.demandDownMbps[c]!,
      demandUpMbps: slot.demandUpMbps[c]!,
      downMbps: slot.downMbps[c]!,
      upMbps: slot.upMbps[c]!,
      bottleneck: BOTTLENECKS[slot.bottleneck[c]!]!,
    };
  }

  detail(c: number): PlanetCellDetail {
    const { table, territories, territoryOf, subscribers } = this.#ground;
    const { territory, territoryName } = territories[territoryOf[c]!]!;
    const hops = this.#hops(c);
    return {
      slot: this.#slot.slot,
      ...this.cell(c),
      latDeg: table.latDeg[c]!,
      lonDeg: table.lonDeg[c]!,
      areaKm2: table.areaKm2[c]!,
      land: table.land[c] === 1,
      territory,
      territoryName,
      subscribers: subscribers[c]!,
      hops,
      oneWayMs: hops.length === 0 ? null : hops.reduce((sum, hop) => sum + hop.delayMs, 0),
    };
  }

  /** @param satellite - Its index. */
  satellite(satellite: number): PlanetSatellite {
    const slot = this.#slot;
    const { generation, satellites } = this.#planner;
    const of = GENERATIONS[generation[satellite]!]!;
    const { from, until } = rangeOf(slot.beamSatellite, satellite);
    const beams: PlanetSatellite["beams"] = Array.from({ length: until - from }, (_, k) => ({
      beam: k,
      colour: slot.beamColour[from + k]!,
      cells: [],
    }));
    const add = (beam: number, c: number, share: number): void => {
      if (beam < from || beam >= until) return;
      const cell = cellName(this.#ground.table, c);
      beams[beam - from]!.cells.push({ cell, share: share / SHARE_PARTS, downMbps: slot.downMbps[c]! });
    };
    for (let c = 0; c < slot.beam.length; c++) add(slot.beam[c]!, c, slot.share[c]!);
    slot.extraCell.forEach((c, k) => {
      add(slot.extraBeam[k]!, c, slot.extraShare[k]!);
    });
    return {
      slot: slot.slot,
      ...this.#named(satellite),
      generation: of.id,
      beams,
      maxBeams: satellites.beams[satellite]!,
      contacts: this.#contactsOf(satellite),
      lasers: this.#lasersOf(satellite),
      downMbps: slot.satelliteDownMbps[satellite]!,
      upMbps: slot.satelliteUpMbps[satellite]!,
      limitDownMbps: of.userDownMbps,
      limitUpMbps: of.userUpMbps,
    };
  }

  gateways(): PlanetGateway[] {
    const slot = this.#slot;
    const rows = this.#planner.ground.gateways.map(({ id, name, latDeg, lonDeg, antennas }, g) => ({
      id,
      name,
      latDeg,
      lonDeg,
      antennas,
      used: 0,
      upMbps: 0,
      downMbps: 0,
      loadShare: 0,
      rainDb: slot.gatewayRainDb[g]!,
    }));
    slot.contactGateway.forEach((gateway, k) => {
      const row = rows[gateway]!;
      row.used += 1;
      row.upMbps += slot.contactUpMbps[k]!;
      row.downMbps += slot.contactDownMbps[k]!;
      row.loadShare = Math.max(row.loadShare, slot.contactLoad[k]!);
    });
    return rows;
  }

  #contactsOf(satellite: number): PlanetSatellite["contacts"] {
    const slot = this.#slot;
    const { from, until } = rangeOf(slot.contactSatellite, satellite);
    return Array.from({ length: until - from }, (_, k) => {
      const { id, name, latDeg, lonDeg } = this.#planner.ground.gateways[slot.contactGateway[from + k]!]!;
      return {
        gateway: { id, name, latDeg, lonDeg },
        upMbps: slot.contactUpMbps[from + k]!,
        downMbps: slot.contactDownMbps[from + k]!,
        loadShare: slot.contactLoad[from + k]!,
        rangeKm: slot.contactRangeKm[from + k]!,
      };
    });
  }

  #lasersOf(satellite: number): PlanetSatellite["lasers"] {
    const { laserA, laserB, laserLoad } = this.#slot;
    const here = this.#positionOf(satellite);
    const lasers: PlanetSatellite["lasers"] = [];
    for (let k = 0; k < laserA.length; k++) {
      const other = laserA[k] === satellite ? laserB[k]! : laserB[k] === satellite ? laserA[k]! : -1;
      if (other < 0) continue;
      const km = lengthKm(here, this.#positionOf(other));
      lasers.push({ ...this.#named(other), loadShare: laserLoad[k]!, km });
    }
    return lasers;
  }

  /** From the cell's centre over its first beam to its PoP, at the slot's start. */
  #hops(c: number): PlanetCellDetail["hops"] {
    const slot = this.#slot;
    const { elements, fibre, ground, policy } = this.#planner;
    const beam = slot.beam[c]!;
    const pop = slot.pop[c]!;
    const route = slot.routePop.indexOf(pop);
    if (beam < 0 || route < 0) return [];
    const next = slot.routeNext.subarray(route * elements.length, (route + 1) * elements.length);
    const satellite = slot.beamSatellite[beam]!;
    const path = treePath({ next }, satellite);
    if (path === null) return [];
    const gateway = ground.gateways[path.gateway]!;
    const { latDeg, lonDeg } = this.#ground.table;
    const hops: PlanetCellDetail["hops"] = [];
    let at = geocentric(latDeg[c]!, lonDeg[c]!);
    for (const [k, s] of path.satellites.entries()) {
      const there = this.#positionOf(s);
      const delayMs = lengthKm(at, there) / LIGHT_KM_PER_MS + (k === 0 ? 0 : policy.routes.laserHopMs);
      hops.push({ kind: k === 0 ? "up" : "laser", id: String(elements[s]!.catalogNumber), delayMs });
      at = there;
    }
    const landing = lengthKm(at, geocentric(gateway.latDeg, gateway.lonDeg));
    hops.push({ kind: "down", id: gateway.id, delayMs: landing / LIGHT_KM_PER_MS });
    const fibreMs = fibre.ms[path.gateway * fibre.pops + pop]!;
    hops.push({ kind: "fibre", id: ground.pops[pop]!.code, delayMs: fibreMs });
    return hops;
  }

  #named(satellite: number): { catalogNumber: number; name: string } {
    const { catalogNumber, name } = this.#planner.elements[satellite]!;
    return { catalogNumber, name };
  }

  #positionOf(satellite: number): Float64Array {
    const at = new Float64Array(3);
    this.#planner.motion.positionAt(satellite, slotStartMs(this.#slot.slot), at, 0);
    return at;
  }
}

const lengthKm = (a: Float64Array, b: Float64Array): number =>
  Math.hypot(a[0]! - b[0]!, a[1]! - b[1]!, a[2]! - b[2]!);

function geocentric(latDeg: number, lonDeg: number): Float64Array {
  const { xKm, yKm, zKm } = geodeticToEcef({ latDeg, lonDeg, altitudeKm: 0 });
  return Float64Array.of(xKm, yKm, zKm);
}

/** Where a value stands in an ascending column: entries `from` to `until - 1`. */
function rangeOf(column: Int32Array, value: number): { readonly from: number; readonly until: number } {
  const from = firstNotBelow(column, value);
  return { from, until: firstNotBelow(column, value + 1) };
}

function firstNotBelow(column: Int32Array, value: number): number {
  let low = 0;
  let high = column.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (column[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
