// SPDX-License-Identifier: MIT
import type { AreaStatement } from "@perigee/operator/contract";

export type Axis = AreaStatement["axis"];

/** The five questions about a territory, in the order in which people ask them. */
export const AXES: readonly Axis[] = ["licence", "supply", "activation", "legalRegime", "publishedCoverage"];

/** All statements about one territory, side by side. */
export interface AreaRow {
  readonly territory: string;
  readonly name: string;
  readonly byAxis: Readonly<Record<Axis, readonly AreaStatement[]>>;
}

/** Groups statements by territory and axis; territories by name, the newest statement of an axis first. */
export function areaMatrix(statements: readonly AreaStatement[], filter: string): AreaRow[] {
  const wanted = filter.trim().toLowerCase();
  const rows = Map.groupBy(
    statements.filter(of => `${of.territory} ${of.territoryName}`.toLowerCase().includes(wanted)),
    ({ territory }) => territory,
  );
  return [...rows]
    .map(([territory, of]) => ({
      territory,
      name: of[0]?.territoryName ?? territory,
      byAxis: Object.fromEntries(
        AXES.map(axis => [
          axis,
          of.filter(s => s.axis === axis).sort((a, b) => b.validFrom.localeCompare(a.validFrom)),
        ]),
      ) as Record<Axis, AreaStatement[]>,
    }))
    .sort((a, b) => a.name.localeCompare(b.name, "en"));
}

/** Whether statements in force at the same time say different things. */
export function disagree(statements: readonly AreaStatement[]): boolean {
  return new Set(statements.filter(({ validTo }) => validTo === null).map(({ value }) => value)).size > 1;
}
