// SPDX-License-Identifier: MIT
import type { Book } from "../book.ts";
import type { Policy } from "../policy.ts";
import {
  type AsOf,
  type Axis,
  axes,
  type Effect,
  effectOf,
  readAxis,
  type Statement,
  statementsAt,
} from "../territory.ts";

/** A statement as it answers a question: in words, with what it does to admission. */
export interface Account {
  readonly statement: Statement;
  /** What the value means. */
  readonly sentence: string;
  readonly effect: Effect;
}

/** What is said on one axis about an area, by everybody, and what follows. */
export interface AxisStatus {
  readonly axis: Axis;
  readonly question: string;
  /** Every statement in force, by start of validity. */
  readonly accounts: readonly Account[];
  /** What admission makes of them; with `silence` nobody said anything that decides. */
  readonly verdict: {
    readonly permits: boolean;
    readonly because: readonly string[];
    readonly silence: boolean;
  };
  /** Pairs of statements, by id, that cannot both be right. */
  readonly conflicts: readonly (readonly [string, string])[];
}

/** The five answers about an area at one instant as known at another. */
export interface AreaStatus {
  readonly area: string;
  readonly asOf: AsOf;
  readonly axes: { readonly [A in Axis]: AxisStatus };
}

const axisNames = Object.keys(axes) as readonly Axis[];

/**
 * What was the state of an area, by whose account: five axes, each with every statement about this very area. What is
 * said about its country is the country's.
 *
 * @param source the records, or a policy; a policy's statements include what is sealed, the records' do not
 */
export function statusOf(source: Book | Pick<Policy, "byTerritory">, area: string, asOf: AsOf): AreaStatus {
  const all =
    "byTerritory" in source
      ? (source.byTerritory.get(area)?.statements ?? [])
      : source.about("statement", area);
  const statements = statementsAt(all, [area], asOf);
  const found = axisNames.map(axis => [axis, axisStatus(statements, axis)] as const);
  return { area, asOf, axes: Object.fromEntries(found) as AreaStatus["axes"] };
}

function axisStatus(statements: readonly Statement[], axis: Axis): AxisStatus {
  const own = statements.filter(statement => statement.axis === axis);
  const { permits, because } = readAxis(own, axis);
  const values: { readonly [value: string]: { readonly sentence: string } } = axes[axis].values;
  return {
    axis,
    question: axes[axis].question,
    accounts: own.map(statement => ({
      statement,
      sentence: values[statement.value]!.sentence,
      effect: effectOf(statement),
    })),
    verdict: { permits, because: because.map(({ id }) => id), silence: because.length === 0 },
    conflicts: own.flatMap((one, i) =>
      own.slice(i + 1).flatMap(other => (contradict(one, other) ? [[one.id, other.id] as const] : [])),
    ),
  };
}

/** Not knowing contradicts nobody. */
function contradict(a: Statement, b: Statement): boolean {
  return a.value !== b.value && a.value !== "unknown" && b.value !== "unknown";
}
