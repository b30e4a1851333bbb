// SPDX-License-Identifier: MIT
import { overlapInTime } from "../dates/reported-date.ts";
import type { EntityBook } from "../names/entity-book.ts";
import { overlapInArea, sameArea } from "../places/overlap.ts";
import { type JoinedClaim, subjectKey } from "../propositions/join-claims.ts";
import type { Conflict } from "../report.ts";
import type { IntakeTables } from "../tables/intake-tables.ts";

/**
 * Pairs that cannot both hold: the same predicate with opposite polarity, or two predicates that a row of the
 * table says exclude each other, both affirmed; each only where subject, object, way and manner do not differ
 * and area and time overlap. "Not sold" says nothing of "used", and "not officially" nothing of "not".
 */
export function conflictsIn(
  claims: readonly JoinedClaim[],
  book: EntityBook,
  tables: IntakeTables,
): Conflict[] {
  const found: Conflict[] = [];
  const excludes = new Map(tables.predicates.map(p => [p.id, p.excludes]));
  const asserted = claims.filter(c => c.assertions.some(a => a.stance !== "dismissed"));
  const byPredicate = Map.groupBy(asserted, c => c.predicate);
  const add = (a: JoinedClaim, b: JoinedClaim, kind: Conflict["kind"], why: string): void => {
    found.push({ id: `c${found.length + 1}`, propositions: [a.id, b.id], kind, why });
  };
  for (const a of asserted) {
    for (const b of byPredicate.get(a.predicate) ?? []) {
      if (a.polarity !== "affirmed" || b.polarity !== "denied" || !comparable(a, b, book)) continue;
      if (overlapInArea(a.area, b.area))
        add(
          a,
          b,
          "oppositePolarity",
          `${a.predicate} is affirmed and denied of the same subject, area and time`,
        );
    }
    if (a.polarity !== "affirmed") continue;
    for (const { with: other, area } of excludes.get(a.predicate) ?? []) {
      for (const b of byPredicate.get(other) ?? []) {
        if (b.polarity !== "affirmed" || !comparable(a, b, book)) continue;
        const meets =
          area === "same"
            ? sameArea(a.area, b.area)
            : a.area !== null && b.area !== null && overlapInArea(a.area, b.area);
        if (meets)
          add(
            a,
            b,
            "excludingPredicates",
            `the table has ${a.predicate} and ${other} exclude each other, and area and time overlap`,
          );
      }
    }
  }
  return found;
}

function comparable(a: JoinedClaim, b: JoinedClaim, book: EntityBook): boolean {
  const same = (x: string | null, y: string | null): boolean => x === null || y === null || x === y;
  return (
    same(subjectKey(a.subject, book), subjectKey(b.subject, book)) &&
    same(a.object, b.object) &&
    a.via === b.via &&
    a.manner === b.manner &&
    overlapInTime(a.interval, b.interval)
  );
}
