// SPDX-License-Identifier: MIT
// What a satellite carries, by generation. Marks as in policy.ts: [S] a public source says it, [D] derived from public
// data or geometry, [M] assumed, to be tuned.
import { altitudeFromMeanMotionKm, type Elements } from "@perigee/orbit";

/** Frequency band of a link between a satellite and a gateway. */
export type GatewayBand = "Ka" | "E";

export type GenerationId = "v1.0" | "v1.5" | "v2-mini" | "v3";

/** What a satellite of one generation can do at once. */
export interface Generation {
  readonly id: GenerationId;
  /** User beams satellite to terminal: pointings times polarisations, each with one channel. */
  readonly downBeams: number;
  /** User beams terminal to satellite. */
  readonly upBeams: number;
  /** Sum over all user beams, Mbit/s. */
  readonly userDownMbps: number;
  readonly userUpMbps: number;
  /** Links to gateways that can be up together, by band. One link occupies one gateway antenna. */
  readonly gatewayLinks: readonly { readonly band: GatewayBand; readonly count: number }[];
  /** Laser terminals; 0: lands its traffic itself, or carries none. */
  readonly lasers: number;
  /** Each laser, each way. */
  readonly laserGbps: number;
  /** User beams point at most this far from straight down. */
  readonly maxSteerDeg: number;
  /** Least elevation at terminals and, unless the site says otherwise, gateways. */
  readonly minElevationDeg: number;
}

/** At 60 degrees from straight down the elevation is 25 at 337 km and less above: the elevation decides, not this. [M] */
const STEER_DEG = 60;

/**
 * - v1.0, v1.5: 48 beams down and 16 up [S: Puchol 2022: three transmitting and one receiving array of 8 beams with 2
 *   polarisations]; 20 Gbit/s down [S: satmagazine 2021, 17 to 20]; up a quarter of v2-mini's, as down [D]; two Ka dishes
 *   [M]; lasers none and 3 [S: over 9,000 on some 3,000 satellites in January 2024; M that the earlier ones have none].
 * - v2-mini: 96 Gbit/s down, 6.7 up [S]; 96 beams down and 32 up, twice v1.5's [M: not published]; two Ka links and one
 *   in E band [S that there is E band; M for the number: 2 x 20 + 40 Gbit/s is near what its users get].
 * - v3: 1,000 Gbit/s down, 200 up [S: network update of July 2025]; the rest in proportion [M]. None flies yet.
 * - Lasers 100 Gbit/s, 200 on v3 [S: 100, up to 200 seen; M for v3]. Elevation 25 [S: filings].
 */
export const GENERATIONS: readonly Generation[] = [
  {
    id: "v1.0",
    downBeams: 48,
    upBeams: 16,
    userDownMbps: 20_000,
    userUpMbps: 1_700,
    gatewayLinks: [{ band: "Ka", count: 2 }],
    lasers: 0,
    laserGbps: 0,
    maxSteerDeg: STEER_DEG,
    minElevationDeg: 25,
  },
  {
    id: "v1.5",
    downBeams: 48,
    upBeams: 16,
    userDownMbps: 20_000,
    userUpMbps: 1_700,
    gatewayLinks: [{ band: "Ka", count: 2 }],
    lasers: 3,
    laserGbps: 100,
    maxSteerDeg: STEER_DEG,
    minElevationDeg: 25,
  },
  {
    id: "v2-mini",
    downBeams: 96,
    upBeams: 32,
    userDownMbps: 96_000,
    userUpMbps: 6_700,
    gatewayLinks: [
      { band: "Ka", count: 2 },
      { band: "E", count: 1 },
    ],
    lasers: 3,
    laserGbps: 100,
    maxSteerDeg: STEER_DEG,
    minElevationDeg: 25,
  },
  {
    id: "v3",
    downBeams: 1_000,
    upBeams: 320,
    userDownMbps: 1_000_000,
    userUpMbps: 200_000,
    gatewayLinks: [
      { band: "Ka", count: 4 },
      { band: "E", count: 16 },
    ],
    lasers: 4,
    laserGbps: 200,
    maxSteerDeg: STEER_DEG,
    minElevationDeg: 25,
  },
];

/** The entry of {@link GENERATIONS} with this id. */
export function generation(id: GenerationId): Generation {
  return GENERATIONS.find(entry => entry.id === id)!;
}

/** Launch (year times 1,000 plus number of the year) of Group 2-1, 14 September 2021: the first whole launch of v1.5. */
const FIRST_V15_LAUNCH = 2021_082;
/** Group 6-1, 27 February 2023: the first v2-mini. */
const FIRST_V2_MINI_LAUNCH = 2023_026;
/** The last launch of v1.5, 16 July 2023: between the two both kinds flew. */
const LAST_V15_LAUNCH = 2023_099;
/**
 * v1.5 flew 43 to 56 at a time, v2-mini at most 29: a launch with a catalogued piece beyond this one is v1.5. In the
 * sets of 2026-05-30 the last pieces of these launches are 14th to 22nd, or 45th to 57th. [D]
 */
const LAST_V2_MINI_PIECE = 36;
/** Satellites without a designator below this altitude are taken for v2-mini. */
const V2_MINI_BELOW_KM = 500;

/**
 * The generation of every satellite, as an index into {@link GENERATIONS}; index = satellite.
 *
 * With an international designator the launch tells: up to 2021-081 v1.0 (polar ones of those already have lasers and
 * count as v1.5), then v1.5, since 2023-026 v2-mini, except launches of more satellites than v2-mini ever flew together.
 * Without one (Walker patterns, built-in shells): v2-mini below 500 km, else v1.5. v3 is never guessed. The rule is for
 * this operator's fleet; who flies another passes `generationOf`.
 *
 * @param generationOf - What the caller knows better; `undefined` leaves a satellite to the rule.
 */
export function generationsOf(
  elements: readonly Elements[],
  generationOf?: (set: Elements, satellite: number) => GenerationId | undefined,
): Uint8Array {
  const lastPiece = new Map<number, number>();
  const launches = elements.map(({ internationalDesignator }) => {
    const launch = launchOf(internationalDesignator);
    if (launch !== null) {
      lastPiece.set(launch.number, Math.max(lastPiece.get(launch.number) ?? 0, launch.piece));
    }
    return launch;
  });
  const indexOf = new Map(GENERATIONS.map(({ id }, index) => [id, index]));
  return Uint8Array.from(elements, (set, i) => {
    const number = launches[i]?.number;
    const id =
      generationOf?.(set, i) ??
      (number === undefined ? byAltitude(set) : byLaunch(number, lastPiece.get(number)!, set.inclinationDeg));
    return indexOf.get(id)!;
  });
}

function byLaunch(number: number, lastPiece: number, inclinationDeg: number): GenerationId {
  if (number < FIRST_V15_LAUNCH) return inclinationDeg > 90 ? "v1.5" : "v1.0";
  if (number < FIRST_V2_MINI_LAUNCH) return "v1.5";
  return number <= LAST_V15_LAUNCH && lastPiece > LAST_V2_MINI_PIECE ? "v1.5" : "v2-mini";
}

function byAltitude({ meanMotionRevPerDay }: Elements): GenerationId {
  return altitudeFromMeanMotionKm(meanMotionRevPerDay) < V2_MINI_BELOW_KM ? "v2-mini" : "v1.5";
}

/** Pieces are lettered without I and O: A is 1, Z 24, AA 25. */
const PIECE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ";

/** `2023-026AB`: launch 2023026, piece 26. `null` for anything else. */
function launchOf(designator: string): { number: number; piece: number } | null {
  const match = /^(\d{4})-(\d{3})([A-HJ-NP-Z]{1,3})$/.exec(designator);
  if (match === null) return null;
  let piece = 0;
  for (const letter of match[3]!) {
    piece = piece * PIECE_LETTERS.length + PIECE_LETTERS.indexOf(letter) + 1;
  }
  return { number: Number(match[1]) * 1000 + Number(match[2]), piece };
}
