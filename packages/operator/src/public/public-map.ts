// SPDX-License-Identifier: MIT
import { setImmediate } from "node:timers/promises";
import {
  areaIndexOf,
  contentHash,
  type Policy,
  PublishedMap,
  type PublishedState,
  reasons,
  sealedTerritories,
} from "@perigee/authority";
import { type BoundaryView, cellAt } from "@perigee/earth";
import type { AuthorityService } from "../authority/authority-service.ts";
import { viewById } from "../boundary.ts";
import type * as contract from "../contract.ts";
import { iso } from "./area-words.ts";
import { FAR_RESOLUTION, type LandCells } from "./land-cells.ts";

const CELL_RESOLUTION = 5;
/** An area's line may drift: its uncertainty is looked at anew this often. */
const DRIFT_MS = 3_600_000;
/** No corner of a cell of resolution 3 is farther from its centre. */
const FAR_REACH_KM = 95;
/** States of single cells that are kept until the map changes. */
const MOST_CELLS = 50_000;

/** What the map is made from at this moment, and until when it holds. */
interface Edition {
  readonly version: string;
  readonly atMs: number;
  readonly untilMs: number;
  readonly policy: Policy;
  readonly sealed: string;
  readonly areas: ReturnType<typeof areaIndexOf>;
  readonly map: PublishedMap;
  readonly view: BoundaryView;
  readonly states: Map<string, PublishedState>;
  overview: Promise<contract.PublicMap> | null;
}

/**
 * The published map of the policy in force. It says of a cell what the rules of admission give an ordinary terminal
 * there; it is made anew when policy, areas or seals change, and when a rule begins or ends.
 */
export class PublicMap {
  readonly #authority: Pick<AuthorityService, "book" | "policy">;
  readonly #load: (viewId: string) => Promise<LandCells>;
  #land: { readonly viewId: string; readonly cells: Promise<LandCells> } | null = null;
  #edition: Edition | null = null;

  constructor(
    authority: Pick<AuthorityService, "book" | "policy">,
    load: (viewId: string) => Promise<LandCells>,
  ) {
    this.#authority = authority;
    this.#load = load;
  }

  /** What an ordinary terminal gets in a cell of resolution 5. */
  state(cell: string, atMs: number): PublishedState {
    return stateIn(this.#now(atMs), cell);
  }

  /** The whole map in large cells. */
  async overview(atMs: number): Promise<contract.PublicMap> {
    const edition = this.#now(atMs);
    edition.overview ??= this.#landOf(edition.view.id).then(land => overviewOf(edition, land));
    return await edition.overview;
  }

  /** The cells of resolution 5 that hold land in a large one; `null` where it holds none. */
  async cellsOf(parent: string, atMs: number): Promise<contract.PublicMap | null> {
    const edition = this.#now(atMs);
    const land = await this.#landOf(edition.view.id);
    const p = land.parent.indexOf(BigInt(`0x${parent}`));
    if (p < 0) return null;
    const cells = Array.from(land.id.subarray(land.offset[p], land.offset[p + 1]), hexOf);
    const states: PublishedState[] = [];
    for (const cell of cells) {
      // A cell at a border is hundreds of points: others get their turn in between.
      await setImmediate();
      states.push(stateIn(edition, cell));
    }
    return mapView(edition, CELL_RESOLUTION, cells, states);
  }

  #now(atMs: number): Edition {
    const { book, policy } = this.#authority;
    const areas = areaIndexOf(book);
    const sealed = sealedTerritories(book);
    const seal = [...sealed].sort().join(" ");
    const before = this.#edition;
    if (
      before?.policy === policy &&
      before.areas === areas &&
      before.sealed === seal &&
      atMs >= before.atMs &&
      atMs < before.untilMs
    ) {
      return before;
    }
    const view = viewById(policy.boundaryView)!;
    const { sinceMs, untilMs } = spanOf(policy, areas, atMs);
    this.#edition = {
      version: contentHash({
        policy: policy.version,
        view: [view.id, view.version],
        areas: areas.shapes.map(({ area }) => area),
        sealed: seal,
        sinceMs,
      }).slice(0, 16),
      ...{ atMs, untilMs, policy, sealed: seal, areas, view },
      map: new PublishedMap({ policy, view, atMs, areas, sealed }),
      states: new Map(),
      overview: null,
    };
    return this.#edition;
  }

  #landOf(viewId: string): Promise<LandCells> {
    if (this.#land?.viewId !== viewId) {
      const cells = this.#load(viewId);
      this.#land = { viewId, cells };
      cells.catch(() => {
        // The next who asks tries again.
        if (this.#land?.cells === cells) this.#land = null;
      });
    }
    return this.#land!.cells;
  }
}

function stateIn({ map, states }: Edition, cell: string): PublishedState {
  let state = states.get(cell);
  if (state === undefined) {
    state = map.state(cell);
    if (states.size >= MOST_CELLS) states.clear();
    states.set(cell, state);
  }
  return state;
}

/** Since when and until when every rule about areas is what it is. */
function spanOf(
  policy: Policy,
  areas: ReturnType<typeof areaIndexOf>,
  atMs: number,
): { readonly sinceMs: number; readonly untilMs: number } {
  const drifts = areas.shapes.some(({ area }) => area.driftKmPerDay > 0);
  const hourMs = Math.floor(atMs / DRIFT_MS) * DRIFT_MS;
  let sinceMs = drifts ? hourMs : 0;
  let untilMs = drifts ? hourMs + DRIFT_MS : Number.POSITIVE_INFINITY;
  const rules = [
    ...policy.statements,
    ...policy.allowLists,
    ...policy.speedCaps,
    ...(policy.guardBands ?? []),
    ...areas.shapes.map(({ area }) => area),
  ];
  const edges = [
    ...rules.flatMap(({ validFromMs, validToMs }) => [validFromMs, validToMs]),
    ...policy.statements.flatMap(({ knownFromMs, knownToMs }) => [knownFromMs, knownToMs]),
  ];
  for (const edgeMs of edges) {
    if (edgeMs === null) continue;
    if (edgeMs <= atMs) sinceMs = Math.max(sinceMs, edgeMs);
    else untilMs = Math.min(untilMs, edgeMs);
  }
  return { sinceMs, untilMs };
}

/**
 * Large cells, by what their cells of resolution 5 get: each is put down for whose its centre is, at a state that a cell
 * in the midst of that territory has. Where an area of the operator's reaches, its cells are asked one by one.
 */
async function overviewOf(edition: Edition, land: LandCells): Promise<contract.PublicMap> {
  const midst = await midstStates(edition, land);
  const { parent, offset, territoryOf } = land;
  const states: PublishedState[] = [];
  for (let p = 0; p < parent.length; p++) {
    const [from, to] = [offset[p]!, offset[p + 1]!];
    if (edition.areas.shapes.some(shape => reaches(shape, land, from, edition.atMs))) {
      const own: PublishedState[] = [];
      for (let row = from; row < to; row++) {
        const cell = hexOf(land.id[row]!);
        if (concerns(edition, cell)) {
          await setImmediate();
          own.push(stateIn(edition, cell));
        } else own.push(midst[territoryOf[row]!]!);
      }
      states.push(together(own));
    } else {
      states.push(together([...new Set(territoryOf.subarray(from, to))].map(t => midst[t]!)));
    }
  }
  const view = mapView(edition, FAR_RESOLUTION, Array.from(parent, hexOf), states);
  return { ...view, territories: territoryStates(view.states, land, midst) };
}

/** The same in words: what the midst of each territory gets, by name. */
function territoryStates(
  states: contract.PublishedStateView[],
  { territories }: LandCells,
  midst: readonly PublishedState[],
): contract.PublicMap["territories"] {
  return territories
    .map(({ territory: id, territoryName: name }, t) => ({ id, name, state: placeIn(states, midst[t]!) }))
    .sort((a, b) => a.name.localeCompare(b.name, "en"));
}

/** What the midst of each territory gets: the state of a cell whose whole large cell is that territory's. */
async function midstStates(edition: Edition, land: LandCells): Promise<PublishedState[]> {
  const { parent, offset, territoryOf, territories } = land;
  const best = territories.map(() => ({ row: -1, alike: 0 }));
  for (let p = 0; p < parent.length; p++) {
    const [from, to] = [offset[p]!, offset[p + 1]!];
    const territory = territoryOf[from]!;
    for (let row = from; row < to; row++) {
      const found = best[territoryOf[row]!]!;
      if (found.row < 0) found.row = row;
    }
    if (to - from > best[territory]!.alike && territoryOf.subarray(from, to).every(t => t === territory)) {
      best[territory] = { row: (from + to) >> 1, alike: to - from };
    }
  }
  const states: PublishedState[] = [];
  for (const { row } of best) {
    await setImmediate();
    states.push(stateIn(edition, hexOf(land.id[row]!)));
  }
  return states;
}

/** Whether an area, or the guard band of one, may have to do with a cell near it. */
function concerns({ areas, policy, atMs }: Edition, cell: string): boolean {
  const { inside, split } = areas.ofCell(cell, atMs);
  return inside.length + split.length > 0 || policy.guardBandOf.size > 0;
}

function reaches(
  shape: ReturnType<typeof areaIndexOf>["shapes"][number],
  { latDeg, lonDeg }: LandCells,
  row: number,
  atMs: number,
): boolean {
  if (!shape.isValidAt(atMs)) return false;
  const [lat, lon] = [latDeg[row]!, lonDeg[row]!];
  const reachKm = 2 * FAR_REACH_KM;
  return shape.contains(lat, lon) || shape.distanceKm(lat, lon, reachKm) <= reachKm;
}

/** One state for several places: what is not the same everywhere is in part, and what is sealed anywhere is sealed. */
export function together(states: readonly PublishedState[]): PublishedState {
  const [first] = states;
  if (first === undefined) throw new RangeError("Nothing has no state.");
  const sealed = states.find(({ state }) => state === "notPublished");
  if (sealed !== undefined) return sealed;
  const why = [...new Set(states.flatMap(each => ("reasons" in each ? each.reasons : [])))];
  if (states.every(({ state }) => state === "served")) return first;
  if (states.every(({ state }) => state === "notServed")) return { state: "notServed", reasons: why };
  return { state: "inPart", reasons: why };
}

/** A state with the sentence for people. */
export function publishedView(published: PublishedState): contract.PublishedStateView {
  const reason = "reasons" in published ? (published.reasons[0] ?? null) : null;
  const why = reason === null ? "" : ` ${reasons[reason].sentence}`;
  const sentence = {
    served: "An ordinary terminal has service here.",
    notServed: `An ordinary terminal has no service here.${why}`,
    inPart: `An ordinary terminal has service in parts of this cell and none in others.${why}`,
    notPublished: "What holds here is not published.",
  }[published.state];
  return { state: published.state, reason, sentence };
}

function mapView(
  edition: Edition,
  resolution: number,
  cells: readonly string[],
  found: readonly PublishedState[],
): contract.PublicMap {
  const states: contract.PublishedStateView[] = [];
  const place = (published: PublishedState): number => placeIn(states, published);
  const stateOf = found.map(place);
  // In the middle of the Atlantic.
  const highSeas = place(stateIn(edition, cellAt(0, -25)));
  const { id, title, asserter, version } = edition.view;
  return {
    version: edition.version,
    at: iso(edition.atMs),
    boundaryView: { id, title, asserter, version },
    ...{ resolution, states, stateOf, highSeas },
    cells: cells.map(cell => cell.replace(/f+$/, "")),
    territories: [],
  };
}

/** The place of a state among the few that there are; a new one is put at their end. */
function placeIn(states: contract.PublishedStateView[], published: PublishedState): number {
  const view = publishedView(published);
  const known = states.findIndex(({ state, reason }) => state === view.state && reason === view.reason);
  return known >= 0 ? known : states.push(view) - 1;
}

const hexOf = (id: bigint): string => id.toString(16);
