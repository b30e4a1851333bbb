// SPDX-License-Identifier: MIT
import type { LaserLayout } from "./routing/laser-layout.ts";

// Every number of a plan that is a choice and not physics, as one value. Marks: [S] a public source says it, [D]
// derived from public measurements, [M] assumed, to be tuned.

/**
 * What makes one satellite better than another for a site. Each term runs from 0 to 1 and is multiplied by its
 * weight; the best sum serves. [S for the list: Tanveer et al. 2023; D for elevation; M for the weights]
 */
export interface ScoreWeights {
  /** Elevation from the minimum (0) to the zenith (1). */
  readonly elevation: number;
  /** Seconds left in view, up to `remainingCapS`. */
  readonly remaining: number;
  /** One-way delay to the PoP: the site's best candidate 1, `pathScaleMs` more 0, and on below 0: a detour is felt. */
  readonly path: number;
  /** In sunlight 1: spares the battery. */
  readonly sunlit: number;
  /** Rank by catalogue number: latest launch 1. */
  readonly newness: number;
  /** Served this site in the previous plan 1. */
  readonly stickiness: number;
  /** Lands this site's traffic at the gateway of the previous plan 1; default 0. Read by the beam planner. */
  readonly landing?: number;
  /**
   * A draw per (site, satellite, slot): what the terminals outside this plan take. It makes a satellite change in most
   * slots, as is measured; 0 gives a calm network.
   */
  readonly contention: number;
  /** Subtracted: share of the satellite's beams taken in this slot. */
  readonly load: number;
}

/** What a user beam is and what limits its use. */
export interface BeamPolicy {
  /** How far off the direction to the Earth's centre a beam may point, if its generation can point as far. */
  readonly maxSteerDeg: number;
  /** Frequency channels, 1 to 16. */
  readonly colours: number;
  /** Between cells of two beams of one satellite and colour, seen from the satellite. */
  readonly sameColourSeparationDeg: number;
  /** Cells among which one beam shares its time, 1 to 32. */
  readonly cellsPerBeam: number;
  /** Beams of one colour on one cell (Nco of the filings). */
  readonly coFrequencyBeamsPerCell: number;
  /** Beams of all colours on one cell. */
  readonly beamsPerCell: number;
  /** What a beam is taken to carry when it is decided how many a cell needs. */
  readonly beamDownMbps: number;
  readonly beamUpMbps: number;
  /** Parts of 64 that a cell without demand gets, for paging and first access. */
  readonly idleParts: number;
}

/** Which satellite may serve which site, and which one does. */
export interface SchedulerPolicy {
  readonly weights: ScoreWeights;
  /** Least elevation at the site, for the whole slot. */
  readonly minElevationDeg: number;
  /** The same for satellites that fly lower than `lowShellBelowKm`. */
  readonly lowShellMinElevationDeg: number;
  readonly lowShellBelowKm: number;
  /** No user beam where the satellite is nearer than this to the visible geostationary arc, seen from the site. */
  readonly userGsoSeparationDeg: number;
  /** User beams that a satellite may form at once, if its generation has as many. */
  readonly beamsPerSatellite: number;
  readonly remainingCapS: number;
  readonly pathScaleMs: number;
  /**
   * Cells whose satellite can stay, and still lands them at the same gateway, keep it, before any other is served;
   * default false: all compete. Read by the beam planner.
   */
  readonly keepFirst?: boolean;
  readonly beams: BeamPolicy;
}

/** How the path from a satellite to the PoP is found and timed. */
export interface RoutePolicy {
  /** As `userGsoSeparationDeg`, for gateways. */
  readonly gatewayGsoSeparationDeg: number;
  /** Longest laser link, km. */
  readonly laserRangeKm: number;
  /** A laser may not pass lower than this over the sphere of 6,371 km. */
  readonly laserClearanceKm: number;
  /** Processing of one laser hop. */
  readonly laserHopMs: number;
  /** Who holds lasers with whom. */
  readonly laserLayout: LaserLayout;
  /** Gateway antennas are pointed for this many slots at a time, counted from slot 0. */
  readonly contactSlots: number;
  /**
   * Rounds of moving links after they were given out greedily. Against none, one round lands 0.5 % more traffic for
   * half as much time again, twelve rounds 2 % for three times as much. [D: May 2026]
   */
  readonly contactRounds: number;
  /** Whether an antenna rather stays on the satellite that it has, when all are pointed anew. */
  readonly keepContacts: boolean;
  /** Length of fibre over great-circle distance. */
  readonly fibreStretch: number;
  readonly fibreUsPerKm: number;
}

/** When the network is sampled to find the PoP that is home to a cell. */
export interface HomePolicy {
  /** Instants, the first at the elements' median epoch. 0: no sampling, the nearest PoP by great circle is home. */
  readonly samples: number;
  readonly stepMin: number;
}

/** How a link behaves besides distance. */
export interface LinkPolicy {
  /** Constant part of the round trip. */
  readonly fixedMs: number;
  readonly frameMs: number;
  /** Grants come every 3 or every 4 frames; share of terminals with 4. */
  readonly fourFrameShare: number;
  readonly missProbability: number;
  readonly lossProbability: number;
  /** Interruption when the serving satellite changes: kinds with their probabilities; what is missing to 1 is none. */
  readonly gaps: readonly { readonly probability: number; readonly fromS: number; readonly toS: number }[];
  /** First part of a gap in which packets are lost; in the rest they are queued. */
  readonly gapDropShare: number;
}

export interface Policy {
  readonly scheduler: SchedulerPolicy;
  readonly routes: RoutePolicy;
  readonly home: HomePolicy;
  readonly link: LinkPolicy;
}

/**
 * Beams as of 2026; how many a satellite has, see `GENERATIONS`. Eight channels of 250 MHz [S: filings], same colour 10
 * degrees apart [S: SpaceX's planner exercise], one co-frequency beam per cell [S: Puchol], up to eight cells per beam
 * [D: serves 1.9 M cells]. Steering to 60 degrees [M]: at 460 km, elevation 25 is 58. A channel carries 240 MHz x 2.9
 * bit/s/Hz down [S: 700 Mbps seen] and 60 MHz x 1.25 up [M].
 */
const beams2026: BeamPolicy = {
  maxSteerDeg: 60,
  colours: 8,
  sameColourSeparationDeg: 10,
  cellsPerBeam: 8,
  coFrequencyBeamsPerCell: 1,
  beamsPerCell: 8,
  beamDownMbps: 696,
  beamUpMbps: 75,
  idleParts: 1,
};

/**
 * Reproduces what is measured of the largest network in 2026.
 *
 * - Elevation 25 [S: filings]; 20 for shells below 500 km is reported [M] and not assumed.
 * - User separation 22 from the geostationary arc [S: filing]. Gateways 18 [S]; the same filing allows 10 and 7.07 to
 *   sites of 4 and 8 antennas, which is not used: 18 is right for all.
 * - Contention 1.2 [D: with the fleet of 17 July 2024 it gives the elevations that dishes in Kanazawa and Brisbane
 *   recorded that day, and a change of satellite in 9 of 10 slots].
 * - Three lasers per satellite [D: 9,000 on some 3,000 satellites, January 2024], two along the plane and one across.
 * - Gateway antennas pointed a minute at a time [M: dishes of 1.5 m turn in seconds, and a turn is an interruption].
 * - As many beams as a satellite has. Lasers to 5,400 km [S: longest kept], above 80 km [S: Hypatia], 0.2 ms a hop [M].
 * - Fibre 1.4 times the great circle at 4.9 us/km [M].
 * - Homes from 8 instants 37 minutes apart [M]: 0.39 of a revolution, so that they spread evenly over one.
 * - Fixed part 5 ms, missed grants 0.2, grants every 4.00 ms (35 %) or 5.33 ms (65 %), frame 4/3 ms [D: fitted to
 *   three-probe round trips of eight sites, 2024, and to the country medians of September 2026].
 * - Loss 19 of some 10,000 probes between slot edges, and gaps of up to 0.7 s at the edges with the first 65 % of the
 *   probes lost [D: LEONetEM trace, August 2024; shares of gap kinds M].
 */
export const defaultPolicy: Policy = {
  scheduler: {
    weights: {
      elevation: 0.5,
      remaining: 0.2,
      path: 0.1,
      sunlit: 0.1,
      newness: 0.05,
      stickiness: 0.02,
      contention: 1.2,
      load: 0.2,
    },
    minElevationDeg: 25,
    lowShellMinElevationDeg: 25,
    lowShellBelowKm: 500,
    userGsoSeparationDeg: 22,
    beamsPerSatellite: 10_000,
    remainingCapS: 180,
    pathScaleMs: 5,
    beams: beams2026,
  },
  routes: {
    gatewayGsoSeparationDeg: 18,
    laserRangeKm: 5400,
    laserClearanceKm: 80,
    laserHopMs: 0.2,
    laserLayout: "threeLasers",
    contactSlots: 4,
    contactRounds: 1,
    keepContacts: false,
    fibreStretch: 1.4,
    fibreUsPerKm: 4.9,
  },
  home: { samples: 8, stepMin: 37 },
  link: {
    fixedMs: 5,
    frameMs: 4 / 3,
    fourFrameShare: 0.65,
    missProbability: 0.2,
    lossProbability: 0.0019,
    gaps: [
      { probability: 0.3, fromS: 0.05, toS: 0.3 },
      { probability: 0.2, fromS: 0.45, toS: 0.7 },
    ],
    gapDropShare: 0.65,
  },
};

/**
 * A network that changes as little as it can: first the gateway where a site's traffic lands, for a change of it is
 * what users feel; then the satellite. Without a draw; among new satellites the one that stays longest in view. The
 * weights are far enough apart that no sum of lesser terms outweighs a greater one.
 */
export const calmPolicy: Policy = {
  ...defaultPolicy,
  routes: { ...defaultPolicy.routes, keepContacts: true },
  scheduler: {
    ...defaultPolicy.scheduler,
    weights: {
      landing: 100,
      stickiness: 20,
      remaining: 3,
      elevation: 0.2,
      path: 0.1,
      sunlit: 0.1,
      newness: 0.05,
      contention: 0,
      load: 0.2,
    },
    remainingCapS: 300,
    keepFirst: true,
  },
};
