// SPDX-License-Identifier: MIT
import { effectOf, type PublishedState, type Statement } from "@perigee/authority";
import { type OwnPredicate, type OwnStatement, type StatementTest, testStatement } from "@perigee/casework";
import { type BoundaryView, cellBoundary, placeOf } from "@perigee/earth";
import { viewById } from "../boundary.ts";
import type { OperatorContext } from "../context.ts";
import { areaName } from "../public/area-words.ts";
import type { LandCells } from "../public/land-cells.ts";
import type { PublicMap } from "../public/public-map.ts";

/** Axes on which the operator's statements about areas are something that it says in public, and as which proposition. */
const ofAxis: { readonly [A in Statement["axis"]]?: OwnPredicate } = {
  activation: "activeIn",
  publishedCoverage: "coveredByMap",
};
const MOST_STATEMENTS = 500;
/** Cells of one area that the map is asked about: every so many of a larger one. */
const MOST_CELLS = 400;
/** Slots of visitors that are looked through for links, and how far back. */
const MOST_SLOTS = 100_000;
const LOOK_BACK_MS = 31 * 86_400_000;

/** What statements are held against, beside the records. */
export interface PublishedService {
  readonly map: PublicMap;
  /** All land, worked out when it is first asked for. */
  readonly land: () => Promise<LandCells>;
}

/**
 * Everything that the operator said in public, as far as it is on record: the scenario's statements, and what it says in
 * force about areas; each held against ledger, published map, service and registers.
 */
export async function testOwnStatements(
  operator: OperatorContext,
  published: PublishedService,
  nowMs: number,
): Promise<StatementTest[]> {
  const { authority, ownStatements } = operator;
  const { book, areaRules, policy } = authority;
  const said = [...ownStatements, ...onRecord(operator, nowMs)].slice(0, MOST_STATEMENTS);
  const view = viewById(policy.boundaryView)!;
  const land = said.some(asksMap) ? await published.land() : null;
  const tests: StatementTest[] = [];
  for (const statement of said) {
    const cells = land === null || !asksMap(statement) ? [] : cellsOf(land, statement.area);
    const map = cells.map(cell => ({ cell, state: published.map.state(cell, nowMs) }));
    const served =
      statement.predicate === "activeIn" && cells.length > 0
        ? await servedIn(operator, statement, view, cells, nowMs)
        : undefined;
    const sources = {
      ...{ operator: areaRules.operator, knownAtMs: nowMs },
      ...(map.length === 0 ? {} : { map: map satisfies { cell: string; state: PublishedState }[] }),
      ...(served === undefined ? {} : { served }),
    };
    tests.push(testStatement(book, statement, sources));
  }
  return tests;
}

const asksMap = ({ predicate }: OwnStatement): boolean =>
  predicate === "activeIn" || predicate === "coveredByMap";

/** What the operator itself says about areas now. */
function onRecord({ authority: { book, areaRules } }: OperatorContext, nowMs: number): OwnStatement[] {
  return [...book.all("statement")].flatMap((statement): OwnStatement[] => {
    const { id, territory, axis, value, asserter, validFromMs, validToMs, knownToMs } = statement;
    const predicate = ofAxis[axis];
    const isNow = validFromMs <= nowMs && (validToMs === null || validToMs > nowMs) && knownToMs === null;
    if (predicate === undefined || asserter !== areaRules.operator || !isNow) return [];
    return [
      {
        ...{ id, predicate, area: territory, fromMs: validFromMs, toMs: nowMs + 1 },
        text: `${asserter} on ${areaName(book, territory)}: ${axis} is ${value}.`,
        holds: effectOf(statement) === "permits",
      },
    ];
  });
}

/** Land cells whose centre is in a territory or country, at most {@link MOST_CELLS} of them, evenly chosen. */
function cellsOf({ id, territoryOf, territories }: LandCells, area: string): string[] {
  const wanted = new Set(
    territories.flatMap(({ territory, country }, i) => (territory === area || country === area ? [i] : [])),
  );
  if (wanted.size === 0) return [];
  const rows: number[] = [];
  for (const [row, territory] of territoryOf.entries()) if (wanted.has(territory)) rows.push(row);
  const step = Math.max(1, Math.ceil(rows.length / MOST_CELLS));
  return rows.filter((_, i) => i % step === 0).map(row => id[row]!.toString(16));
}

/**
 * Who had a link in cells that lie wholly inside the area, in the statement's time as far as telemetry reaches.
 *
 * @returns `undefined` where there is no telemetry of that time, or more than is looked through
 */
async function servedIn(
  { telemetry, authority }: OperatorContext,
  { area, fromMs, toMs }: OwnStatement,
  view: BoundaryView,
  cells: readonly string[],
  nowMs: number,
): Promise<{ readonly terminals: number; readonly slots: number } | undefined> {
  const from = Math.max(fromMs, nowMs - LOOK_BACK_MS);
  const until = Math.min(toMs, nowMs);
  if (from >= until) return undefined;
  const inside = cells.filter(cell =>
    cellBoundary(cell).every(({ latDeg, lonDeg }) => {
      const place = placeOf(latDeg, lonDeg, view);
      return place.territory === area || place.country === area;
    }),
  );
  const own = new Set(inside.map(cell => BigInt(`0x${cell}`)));
  const visits = own.size === 0 ? [] : await telemetry.whoWas([...own], from, until);
  const total = visits.reduce((sum, visit) => sum + visit.untilSlot - visit.fromSlot + 1, 0);
  if (total > MOST_SLOTS) return undefined;
  const linked = new Set<string>();
  let slots = 0;
  for (const terminal of new Set(visits.map(visit => visit.terminal))) {
    if (!authority.has(terminal)) continue;
    for (const row of await telemetry.history(terminal, from, until)) {
      if (row.satellite === null || row.cell === null || !own.has(row.cell)) continue;
      linked.add(terminal);
      slots++;
    }
  }
  return { terminals: linked.size, slots };
}
