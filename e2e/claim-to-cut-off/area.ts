// SPDX-License-Identifier: MIT
// The ground of the story: real towns, an invented line between two sides, and the policy that speaks of it. Whose word a
// line is stands with it; the code takes nobody's side.
import type { Change, Statement } from "@perigee/authority";

export interface Spot {
  readonly latDeg: number;
  readonly lonDeg: number;
}

type Corner = readonly [lonDeg: number, latDeg: number];

/** The invented line from south to north; behind it, to the east, is the area that the statement calls occupied. */
const line: readonly Corner[] = [
  [38.05, 48.3],
  [38.0, 48.42],
  [37.985, 48.5],
  [37.975, 48.55],
  [37.985, 48.62],
  [38.06, 48.75],
  [38.1, 48.85],
];
const eastDeg = 38.9;
/** Width of the zone on the near side in which only listed terminals are served. */
const zoneKm = 6;

const kmPerDegLat = 111.195;
const kmPerDegLon = kmPerDegLat * Math.cos((48.58 * Math.PI) / 180);

const closed = (corners: readonly Corner[]): readonly Corner[] => [...corners, corners[0]!];

export const occupiedRing = closed([...line, [eastDeg, 48.85], [eastDeg, 48.3]]);
const zoneRing = closed([
  ...line,
  ...line.map(([lonDeg, latDeg]): Corner => [lonDeg - zoneKm / kmPerDegLon, latDeg]).toReversed(),
]);

export const occupiedId = "area:behind-line";
export const zoneId = "area:contact-zone";
/** How far the drawn line may be from the true one, km, and how fast it moves, km a day: the asserter's own words. */
const lineErrorKm = 0.5;
const lineDriftKmPerDay = 0.1;

export const towns = {
  chasivYar: { latDeg: 48.588, lonDeg: 37.834 },
  kostiantynivka: { latDeg: 48.528, lonDeg: 37.707 },
  kramatorsk: { latDeg: 48.739, lonDeg: 37.584 },
  sloviansk: { latDeg: 48.853, lonDeg: 37.605 },
  druzhkivka: { latDeg: 48.621, lonDeg: 37.528 },
} as const satisfies { readonly [name: string]: Spot };

/** A point so many km behind the line (negative: on the near side), about; exactly it is {@link kmBehindLine}. */
export function behindLine(km: number, latDeg: number): Spot {
  // Beyond its ends the line goes on as its last stretch does.
  const next = Math.max(
    1,
    line.findIndex(([, lat], i) => lat > latDeg || i === line.length - 1),
  );
  const [from, to] = [line[next - 1]!, line[next]!];
  const share = (latDeg - from[1]) / (to[1] - from[1]);
  return { latDeg, lonDeg: from[0] + share * (to[0] - from[0]) + km / kmPerDegLon };
}

/** Distance to the line, positive behind it. For the truth and its scorer; who decides asks the authority's own index. */
export function kmBehindLine({ latDeg, lonDeg }: Spot): number {
  let least = Number.POSITIVE_INFINITY;
  for (const [i, [lon1, lat1]] of line.slice(0, -1).entries()) {
    const [lon2, lat2] = line[i + 1]!;
    const [dx, dy] = [(lon2 - lon1) * kmPerDegLon, (lat2 - lat1) * kmPerDegLat];
    const [px, py] = [(lonDeg - lon1) * kmPerDegLon, (latDeg - lat1) * kmPerDegLat];
    const along = Math.max(0, Math.min(1, (px * dx + py * dy) / (dx * dx + dy * dy)));
    least = Math.min(least, Math.hypot(px - along * dx, py - along * dy));
  }
  return lonDeg > behindLine(0, latDeg).lonDeg ? least : -least;
}

const dayMs = 86_400_000;

/** A terminal on the list that the policy itself holds. */
export interface AllowListed {
  readonly terminalId: string;
  readonly holder: string;
}

const says = (
  territory: string,
  axis: "licence" | "activation",
  value: string,
  asserter: string,
  source: string,
): Statement =>
  ({
    ...{ id: `${territory.replaceAll(":", "-")}-${axis}`, territory, axis, value, asserter, source },
    ...{ validFromMs: Date.UTC(2022, 2, 1), validToMs: null },
    ...{ knownFromMs: Date.UTC(2022, 2, 1), knownToMs: null },
  }) as Statement;

/**
 * Policy as data: Ukraine is active, and near the line for who is listed; Russia never was; behind the line nothing was
 * ever switched on, by the word of who draws the line.
 */
export function policyRecords(nowMs: number, listed: readonly AllowListed[]): readonly Change[] {
  const own = "The operator";
  const drawn = { asserter: "Line Watch (invented observatory)", source: "its map of 10 February 2024" };
  const statements = [
    says("UA", "licence", "granted", "Regulator of Ukraine", "its register"),
    says("UA", "activation", "active", own, "area ledger"),
    says("PL", "licence", "granted", "Regulator of Poland", "its register"),
    says("PL", "activation", "active", own, "area ledger"),
    says("RU", "licence", "notGranted", own, "no licence was ever applied for"),
    says("RU", "activation", "neverActive", own, "area ledger"),
    says(occupiedId, "activation", "neverActive", drawn.asserter, drawn.source),
  ];
  const area = (id: string, title: string, ring: readonly Corner[]): Change => ({
    ...{ kind: "operatorArea", id },
    document: {
      ...{ id, title, rings: [ring], mapErrorKm: lineErrorKm, driftKmPerDay: lineDriftKmPerDay },
      ...{ asOfMs: nowMs - 2 * dayMs, validFromMs: Date.UTC(2022, 2, 1), validToMs: null, ...drawn },
    },
  });
  const rule = { asserter: "Ministry of Defence of Ukraine", source: "request 7/24 (invented)" };
  const entries = listed.map(one => ({ ...one, class: "government", validFrom: "2024-01-01" }));
  const plan = { downMbps: 150, upMbps: 15, ocean: false, roaming: "global", roamDays: 200 };
  const document = {
    title: "February 2024",
    boundaryView: "un",
    statements: [],
    allowLists: [{ ...rule, territory: zoneId, required: true, validFrom: "2024-01-01", entries }],
    specialZones: [{ id: "contact-zone", title: "Contact zone", territories: [zoneId] }],
    plans: [{ id: "roam", title: "Roam", ...plan }],
  };
  return [
    area(occupiedId, "Behind the line", occupiedRing),
    area(zoneId, "Contact zone", zoneRing),
    { kind: "policy", id: "policy", document: { id: "policy", document } },
    ...statements.map((one): Change => ({ kind: "statement", id: one.id, document: one })),
  ];
}
