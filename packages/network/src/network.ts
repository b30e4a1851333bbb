// SPDX-License-Identifier: MIT
import type { CellTable } from "@perigee/earth";
import {
  createEphemeris,
  createPropagator,
  type Elements,
  observerFrame,
  type PlaneMap,
  type Propagator,
  planesOf,
  type Service,
  serviceAtAltitude,
} from "@perigee/orbit";
import { createArrayPool } from "./array-pool.ts";
import {
  type BeamPlanner,
  createBeamPlanner,
  type RouteFinder,
  type ServedBefore,
} from "./beams/beam-planner.ts";
import { type BeamSatellites, beamSatellites } from "./beams/beam-satellites.ts";
import type { BeamPlan, CellDemand, Contacts, Outage } from "./beams/cell-plan.ts";
import { elementsVersion } from "./elements-version.ts";
import { createFleetMotion, type FleetMotion, type FleetState } from "./fleet-motion.ts";
import { createContactPlanner, type GatewayContacts, type GatewayFade } from "./ground/contacts.ts";
import { builtInGround, type GroundSegment } from "./ground-segment.ts";
import { GENERATIONS, type GenerationId, generationsOf } from "./payload.ts";
import { defaultPolicy, type Policy, type SchedulerPolicy } from "./policy.ts";
import { type LaserLayout, laserLayout } from "./routing/laser-layout.ts";
import { type LaserState, lasersInSlot } from "./routing/laser-slot.ts";
import type { LaserTopology } from "./routing/laser-topology.ts";
import { createRouteEngine, type PricedTree } from "./routing/route-engine.ts";
import { type FibreTable, fibreTable, type SlotGraph, slotGraph, withOutage } from "./routing/slot-graph.ts";
import { SLOT_MS, slotStartMs } from "./slot.ts";

/** What a network is made of. */
export interface NetworkOptions {
  readonly elements: readonly Elements[];
  /** Names the elements in every plan; default a hash of them. */
  readonly elementsVersion?: string;
  /** What a satellite (index) is for; default from its orbit, see {@link serviceByOrbit}. Only broadband serves. */
  readonly serviceOf?: (satellite: number) => Service;
  /** What the caller knows better than `generationsOf`. */
  readonly generationOf?: (set: Elements, satellite: number) => GenerationId | undefined;
  /** Default {@link builtInGround}. */
  readonly ground?: GroundSegment;
  /** Default {@link defaultPolicy}. */
  readonly policy?: Policy;
  /** Who holds lasers with whom; default the policy's layout over shells and planes as they fly. */
  readonly lasers?: LaserLayout | LaserTopology;
  /** 32-bit; every draw of every plan starts from it. */
  readonly seed: number;
}

/** One slot's question to a {@link Network}. */
export interface SlotQuestion {
  readonly slot: number;
  readonly cells: CellTable;
  readonly demand: CellDemand;
  /** Per cell: 1 where it may be served. */
  readonly permitted: Uint8Array;
  /** Per cell: index of its PoP in the ground segment; -1: none. */
  readonly popOfCell: Int16Array;
  /** What was decided for the slot before; `null`: nothing is known of it. */
  readonly previous: SlotMemory | null;
  readonly outage?: Outage;
  /** Rain over gateways. */
  readonly fade?: GatewayFade;
  /** Cost of links besides their delay, from the load of the slot before; see `slotGraph`. */
  readonly prices?: {
    readonly lasers: Float64Array;
    readonly contacts: (contacts: Contacts) => Float64Array;
  };
  /** Per satellite: what its users ask for, Mbit/s; normally their load in the slot before. */
  readonly wantedMbps?: Float32Array;
  /**
   * Which routes the trees must have at least, where cells are few: those of all satellites in view (the default), or
   * those of the ones that serve. The beams are the same.
   */
  readonly routes?: "inView" | "ofServing";
  /** Told the name of each stage when it is done: for measuring. */
  readonly onStage?: (stage: string) => void;
}

/** What a slot leaves to the next one. */
export interface SlotMemory {
  readonly slot: number;
  /** Served cells of the same table; `null` where nothing of it is known. */
  readonly cells: ServedBefore | null;
  readonly contacts: Contacts | null;
  /** `null`: every laser that can be stands since long. */
  readonly lasers: LaserState | null;
}

/** Everything decided for a slot. */
export interface SlotAnswer {
  readonly beams: BeamPlan;
  readonly contacts: GatewayContacts;
  /** One per PoP of a permitted cell. */
  readonly trees: readonly PricedTree[];
  readonly lasers: LaserState;
  readonly graph: SlotGraph;
}

/** Constellation and ground segment, ready to be planned slot by slot. Holds buffers: one per thread. */
export interface Network {
  readonly elements: readonly Elements[];
  readonly elementsVersion: string;
  readonly ground: GroundSegment;
  readonly policy: Policy;
  readonly seed: number;
  readonly planes: PlaneMap;
  readonly propagator: Propagator;
  readonly motion: FleetMotion;
  /** Who holds lasers with whom. */
  readonly topology: LaserTopology;
  readonly fibre: FibreTable;
  /** Per satellite: 1 where it serves. */
  readonly serving: Uint8Array;
  /** Per satellite: index into `GENERATIONS`. */
  readonly generation: Uint8Array;
  readonly satellites: BeamSatellites;
  /** The scheduler's policy, stricter by as much as a terminal at the edge of a cell may see other than its centre. */
  readonly cellPolicy: SchedulerPolicy;
  /**
   * Plans a slot: antennas of gateways, lasers, routes to the PoPs, beams. The same question gets the same answer, byte
   * for byte, whatever was asked before.
   */
  answer(question: SlotQuestion): SlotAnswer;
  /**
   * The same slot after a failure, with as little changed as can be: contacts and routes that stand are kept, and cells
   * keep satellite, beam, colour and share unless theirs is gone.
   */
  answerAgain(before: SlotAnswer, question: SlotQuestion & { readonly outage: Outage }): SlotAnswer;
  /**
   * Gives back an answer that nobody reads any more, nor remembers: its trees, lasers and links are written over by the
   * next. Nobody has to; who plans slot after slot and keeps none saves megabytes of new memory a slot.
   */
  release(answer: SlotAnswer): void;
}

/** Prepares a network; a fleet of 10,000 takes a few tenths of a second. */
export function createNetwork(options: NetworkOptions): Network {
  const { elements, seed } = options;
  const policy = options.policy ?? defaultPolicy;
  const ground = options.ground ?? builtInGround();
  const planes = planesOf(elements);
  const serviceOf = options.serviceOf ?? serviceByOrbit(planes);
  const serving = Uint8Array.from(elements, (_, i) => (serviceOf(i) === "broadband" ? 1 : 0));
  const propagator = createPropagator(elements);
  const motion = createFleetMotion(propagator);
  const lasers = options.lasers ?? policy.routes.laserLayout;
  const generation = generationsOf(elements, options.generationOf);
  const holdsLasers = serving.map((serves, i) => (GENERATIONS[generation[i]!]!.lasers > 0 ? serves : 0));
  const topology = typeof lasers === "string" ? laserLayout(planes, holdsLasers, lasers) : lasers;
  const cellPolicy = withinCells(policy.scheduler);
  const satellites = beamSatellites(elements, serving, cellPolicy, generation);
  const contactPlanner = createContactPlanner({ ground, policy: policy.routes, generation });
  const arrays = createArrayPool();
  const engine = createRouteEngine(elements.length);
  const fibre = fibreTable(ground, policy.routes);
  // States at the edges of slots: as many as a span of contacts has, which is what is asked for again.
  const edges = Array.from({ length: policy.routes.contactSlots + 1 }, () => ({
    slot: Number.NaN,
    state: createEphemeris(elements.length),
  }));
  let start: FleetState = edges[0]!.state;
  let end: FleetState = start;
  const gatewayFrames = ground.gateways.map(({ latDeg, lonDeg }) =>
    observerFrame({ latDeg, lonDeg, altitudeKm: 0 }),
  );
  const usable = new Uint8Array(elements.length);
  /** Per PoP: the longest way to it that was used in the slot asked for last. It saves work, and decides nothing. */
  const usedMs = new Float64Array(ground.pops.length);
  let span:
    | { readonly first: number; readonly fade: GatewayFade | undefined; readonly contacts: GatewayContacts }
    | undefined;
  /** Of the newest tables: who plans one table plans it again. */
  const beamPlanners = new WeakMap<CellTable, BeamPlanner>();

  function beamsOf(cells: CellTable): BeamPlanner {
    let planner = beamPlanners.get(cells);
    if (planner === undefined) {
      planner = createBeamPlanner({ cells, satellites, policy: cellPolicy, seed });
      beamPlanners.set(cells, planner);
    }
    return planner;
  }

  /** The fleet at the start of a slot. It stays until `edges.length` slots farther are asked for. */
  function fleetAt(slot: number): FleetState {
    const edge = edges[((slot % edges.length) + edges.length) % edges.length]!;
    if (edge.slot !== slot) motion.fleetAt(slotStartMs(slot), edge.state);
    edge.slot = slot;
    return edge.state;
  }

  function begin(slot: number): void {
    start = fleetAt(slot);
    end = fleetAt(slot + 1);
    for (let i = 0; i < usable.length; i++) {
      usable[i] = start.error[i] === 0 && end.error[i] === 0 ? serving[i]! : 0;
    }
  }

  /**
   * Which antennas track which satellites. They are pointed for a span of slots, and links have to stand all through
   * it; so a span is a function of the elements and the ground alone, unless weather, failures or wishes come in.
   */
  function pointed(question: SlotQuestion): GatewayContacts {
    const { slot, previous, outage, fade, wantedMbps } = question;
    const { contactSlots, keepContacts } = policy.routes;
    const first = Math.floor(slot / contactSlots) * contactSlots;
    const before = keepContacts && previous !== null && previous.slot === slot - 1 ? previous.contacts : null;
    const plain = before === null && outage === undefined && wantedMbps === undefined;
    // The same rain is the same object: whoever gives another gets other contacts.
    if (plain && span?.first === first && span.fade === fade) return span.contacts;
    const states = Array.from(edges, (_, k) => fleetAt(first + k));
    const carries = usable.map((use, i) => (states.every(({ error }) => error[i] === 0) ? use : 0));
    const contacts = contactPlanner.planContacts({
      start: states[0]!,
      between: states.slice(1, -1),
      end: states.at(-1)!,
      usable: carries,
      previous: before,
      ...(outage === undefined ? {} : { outage }),
      ...(fade === undefined ? {} : { fade }),
      ...(wantedMbps === undefined ? {} : { wantedMbps }),
    });
    if (plain) span = { first, fade, contacts };
    return contacts;
  }

  /** The same links with the geometry of this slot's start. */
  function contactsOf(question: SlotQuestion): GatewayContacts {
    const known = pointed(question);
    const count = known.satellite.length;
    const rangeKm = new Float32Array(count);
    const elevationDeg = new Float32Array(count);
    for (let c = 0; c < count; c++) {
      const i = known.satellite[c]!;
      const { xKm, yKm, zKm, up } = gatewayFrames[known.gateway[c]!]!;
      const dx = start.xKm[i]! - xKm;
      const dy = start.yKm[i]! - yKm;
      const dz = start.zKm[i]! - zKm;
      const range = Math.sqrt(dx * dx + dy * dy + dz * dz);
      rangeKm[c] = range;
      elevationDeg[c] = (Math.asin((dx * up[0] + dy * up[1] + dz * up[2]) / range) * 180) / Math.PI;
    }
    return { ...known, rangeKm, elevationDeg };
  }

  function wires(question: SlotQuestion, contacts: GatewayContacts): { graph: SlotGraph; state: LaserState } {
    const { slot, previous, outage, prices } = question;
    const fromMs = slotStartMs(slot);
    const slotLasers = lasersInSlot(
      {
        topology,
        fromMs,
        untilMs: fromMs + SLOT_MS,
        start,
        end,
        usable,
        rules: policy.routes,
        seed,
        ...(outage === undefined ? {} : { outage }),
        ...(previous?.lasers && previous.slot === slot - 1 ? { previous: previous.lasers } : {}),
      },
      arrays,
    );
    const graph = slotGraph(
      {
        lasers: slotLasers,
        contacts,
        fibre,
        hopMs: policy.routes.laserHopMs,
        ...(outage === undefined ? {} : { outage }),
        ...(prices === undefined
          ? {}
          : { laserPriceMs: prices.lasers, contactPriceMs: prices.contacts(contacts) }),
      },
      arrays,
    );
    return { graph, state: slotLasers.state };
  }

  /** Routes for the satellites in view; those of sites alone only as far as they are likely to be needed. */
  function treesFor(
    { routes }: SlotQuestion,
    graph: SlotGraph,
    wanted: Parameters<RouteFinder>[0],
  ): PricedTree[] {
    return wanted.map(({ pop, satellites: inView }) =>
      routes === "ofServing" && !graph.priced
        ? engine.growingTreeTo(graph, pop, inView, usedMs[pop]! + SPARE_MS, start)
        : engine.treeTo(graph, pop, inView),
    );
  }

  /** Notes how long the longest way to each PoP is that is used: a forecast for the next slot. */
  function noteUsed({ beam, beams, pop }: BeamPlan, trees: readonly PricedTree[]): void {
    const delayMs = new Map(trees.map(tree => [tree.pop, tree.delayMs]));
    for (const tree of trees) usedMs[tree.pop] = 0;
    for (let c = 0; c < beam.length; c++) {
      if (beam[c]! < 0) continue;
      const p = pop[c]!;
      usedMs[p] = Math.max(usedMs[p]!, delayMs.get(p)![beams.satellite[beam[c]!]!]!);
    }
  }

  function answer(question: SlotQuestion): SlotAnswer {
    const { slot, cells, onStage } = question;
    begin(slot);
    onStage?.("fleet");
    const contacts = contactsOf(question);
    onStage?.("contacts");
    const { graph, state } = wires(question, contacts);
    onStage?.("links");
    // Of a few cells few satellites are in view; a planet wants them all.
    let trees: readonly PricedTree[] = [];
    if (cells.count > FEW_CELLS) {
      trees = popsOf(question).map(pop => engine.treeTo(graph, pop));
      onStage?.("trees");
    }
    const finder: RouteFinder = wanted => {
      trees = treesFor(question, graph, wanted);
      onStage?.("trees");
      return trees;
    };
    const beams = beamsOf(cells).plan({
      ...beamInputs(question, cells.count > FEW_CELLS ? trees : finder),
      previous: knownCells(question),
    });
    if (question.routes === "ofServing") noteUsed(beams, trees);
    return { beams, contacts, trees, lasers: state, graph };
  }

  function answerAgain(before: SlotAnswer, question: SlotQuestion & { readonly outage: Outage }): SlotAnswer {
    begin(question.slot);
    const { outage } = question;
    const broken = withOutage(before.graph, outage);
    const trees = before.trees.map(tree => engine.repair(broken, tree));
    const contacts = contactsWithout(before.contacts, outage);
    const { graph, state } = wires(question, contacts);
    const beams = beamsOf(question.cells).replan(before.beams, {
      ...beamInputs(question, trees),
      previous: knownCells(question),
    });
    return { beams, contacts, trees, lasers: state, graph };
  }

  function release({ trees, graph, lasers }: SlotAnswer): void {
    for (const tree of trees) engine.release(tree);
    arrays.giveBack([graph.ms, graph.inward, graph.lasers.km, graph.lasers.up]);
    arrays.giveBack([lasers.a, lasers.b, lasers.readyMs]);
  }

  function beamInputs(question: SlotQuestion, trees: readonly PricedTree[] | RouteFinder) {
    const { slot, permitted, demand, popOfCell, outage, onStage } = question;
    return {
      slot,
      start,
      end,
      permitted,
      demand,
      popOfCell,
      trees,
      ...(outage === undefined ? {} : { outage }),
      ...(onStage === undefined ? {} : { onStage }),
    };
  }

  return {
    elements,
    elementsVersion: options.elementsVersion ?? elementsVersion(elements),
    ground,
    policy,
    seed,
    planes,
    propagator,
    motion,
    topology,
    fibre,
    serving,
    generation,
    satellites,
    cellPolicy,
    answer,
    answerAgain,
    release,
  };
}

/**
 * Cells are judged at their centres, terminals stand anywhere in them: up to 11 km away (the largest circumradius of an
 * H3 cell of resolution 5). From there a satellite at elevation e and range r stands at most 11 km (sin e / r + 1 / R)
 * lower, 0.45 degrees at 25 degrees and 350 km of altitude; and in a direction at most 11 km / r away, 1.4 degrees
 * overhead at 460 km.
 */
const CELL_ELEVATION_DEG = 0.45;
const CELL_DIRECTION_DEG = 1.4;

function withinCells(policy: SchedulerPolicy): SchedulerPolicy {
  return {
    ...policy,
    minElevationDeg: policy.minElevationDeg + CELL_ELEVATION_DEG,
    lowShellMinElevationDeg: policy.lowShellMinElevationDeg + CELL_ELEVATION_DEG,
    userGsoSeparationDeg: policy.userGsoSeparationDeg + CELL_DIRECTION_DEG,
  };
}

/** Ways that are longer by this than any in use are looked at when they may be chosen, which is rare. */
const SPARE_MS = 15;

/** Up to here routes are found only for satellites in view. */
const FEW_CELLS = 2_000;

/** What satellites are for, told from their orbits: those in no shell are being raised or lowered. */
export function serviceByOrbit(planes: PlaneMap): (satellite: number) => Service {
  return satellite => {
    const shell = planes.shells[planes.shellOf[satellite]!];
    return shell === undefined ? "raising" : serviceAtAltitude(shell.altitudeKm);
  };
}

/** The contacts that a failure leaves: antennas are not pointed anew before the span is over. */
function contactsWithout(contacts: GatewayContacts, outage: Outage): GatewayContacts {
  const satellites = new Set(outage.satellites);
  const gateways = new Set(outage.gateways);
  const stands = (c: number) =>
    !satellites.has(contacts.satellite[c]!) && !gateways.has(contacts.gateway[c]!);
  const pick = <T extends Int32Array | Float32Array | Uint8Array>(from: T): T =>
    (from as Int32Array).filter((_, c) => stands(c)) as T;
  return {
    satellite: pick(contacts.satellite),
    gateway: pick(contacts.gateway),
    band: pick(contacts.band),
    downMbps: pick(contacts.downMbps),
    upMbps: pick(contacts.upMbps),
    rangeKm: pick(contacts.rangeKm),
    elevationDeg: pick(contacts.elevationDeg),
  };
}

/** PoPs of permitted cells, ascending. */
function popsOf({ permitted, popOfCell }: SlotQuestion): number[] {
  const wanted = new Set<number>();
  for (let c = 0; c < popOfCell.length; c++) {
    if (permitted[c] === 1 && popOfCell[c]! >= 0) wanted.add(popOfCell[c]!);
  }
  return [...wanted].sort((a, b) => a - b);
}

function knownCells({ slot, previous }: SlotQuestion): SlotMemory["cells"] {
  return previous?.slot === slot - 1 ? previous.cells : null;
}
