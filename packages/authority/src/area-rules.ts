// SPDX-License-Identifier: MIT
import type { AdmissionContext, AreaContext } from "./admission-context.ts";
import { type Ground, groundOf } from "./grounds.ts";
import type { AreaRule, IndexedAllowList } from "./policy.ts";
import type { ReasonCode } from "./reasons.ts";
import { type Axis, inInterval, readAxis, type Statement } from "./territory.ts";

/** The three axes that decide, each with the reason it gives. */
export const decidingAxes = {
  licence: "AREA_NOT_LICENSED",
  activation: "AREA_NOT_ACTIVE",
  legalRegime: "LEGAL_REGIME",
} as const satisfies { readonly [A in Axis]?: ReasonCode };

const decidingAxisNames = Object.keys(decidingAxes) as readonly (keyof typeof decidingAxes)[];

/** Denials by the status of the territories; nothing where the terminal has never been located. */
export function areaGrounds({ area, own }: Pick<AdmissionContext, "area" | "own">): readonly Ground[] {
  if (own === null) return [];
  return decidingAxisNames.flatMap(axis => {
    const reading = readAxis(area.statements, axis);
    const reason = decidingAxes[axis];
    if (reading.permits) return [];
    if (reading.because.length === 0) return [groundOf("axis.silence", reason, { axis, territory: own })];
    return reading.because.map(statement => assertedGround(statement, reason));
  });
}

/** The statements on which an admission rests that nothing refuses. */
export function permittingGrounds({ area }: Pick<AdmissionContext, "area">): readonly Ground[] {
  return decidingAxisNames.flatMap(axis => {
    // An axis that an exception set aside does not permit, and what it says is told as set aside.
    const { permits, because } = readAxis(area.statements, axis);
    return permits ? because.map(statement => assertedGround(statement, "ALLOW")) : [];
  });
}

function assertedGround(statement: Statement, reason: ReasonCode): Ground {
  return groundOf("axis.asserted", reason, {
    axis: statement.axis,
    territory: statement.territory,
    record: statement.id,
    value: statement.value,
    asserter: statement.asserter,
    source: statement.source,
    sinceMs: statement.validFromMs,
    untilMs: statement.validToMs,
  });
}

type Listed = Pick<AdmissionContext, "terminal" | "atMs" | "allowListEntries">;

/**
 * Restrictions by allow-lists: every required list of the territories must hold a live entry for the terminal, in the
 * policy document or in the book.
 */
export function allowListGrounds(context: Listed, { rules }: AreaContext): readonly Ground[] {
  const { atMs } = context;
  return rules
    .flatMap(rule => rule.allowLists)
    .filter(({ list }) => list.required && isInForce(list, atMs))
    .map(indexed => ({ indexed, entries: entriesOn(indexed, context) }))
    .filter(({ entries }) => !entries.some(entry => inInterval(atMs, entry.validFromMs, entry.validToMs)))
    .map(({ indexed, entries }) =>
      groundOf("allowList.required", "NOT_ON_ALLOWLIST", {
        ...asserted(indexed.list),
        value: entries.length > 0 ? "entry not in force" : "no entry",
      }),
    );
}

/** The terminal's entries on a list. */
function entriesOn(
  { list, entriesOf }: IndexedAllowList,
  { terminal, allowListEntries }: Omit<Listed, "atMs">,
): readonly { readonly validFromMs: number; readonly validToMs: number | null }[] {
  const inBook = allowListEntries.filter(entry => entry.territory === list.territory);
  return [...(entriesOf.get(terminal.id) ?? []), ...inBook];
}

/** Restrictions by the speed limits of the territories. */
export function areaSpeedGrounds({
  area,
  location,
  atMs,
}: Pick<AdmissionContext, "area" | "location" | "atMs">): readonly Ground[] {
  const speedKmh = sustainedSpeedKmh(location?.windows ?? []);
  return area.rules
    .flatMap(rule => rule.speedCaps)
    .filter(cap => isInForce(cap, atMs) && speedKmh > cap.capKmh)
    .map(cap =>
      groundOf("area.speed", "SPEED_CAP", { ...asserted(cap), value: overCap(speedKmh, cap.capKmh) }),
    );
}

/**
 * The speed by which limits are judged; 0 before there are two windows.
 *
 * A limit is exceeded once two adjoining windows are above it, and kept to again once two adjoining windows are not:
 * in between the last clear word stands. So the limit c is exceeded when some pair is wholly above c and no later pair
 * is wholly at or below it, and the largest such c is max over pairs of min(slower of the pair, faster of every later
 * pair). One number then answers for every limit.
 */
export function sustainedSpeedKmh(windows: readonly { readonly speedKmh: number }[]): number {
  let heldKmh = 0;
  let laterKmh = Number.POSITIVE_INFINITY;
  for (let i = windows.length - 2; i >= 0; i--) {
    const [one, two] = [windows[i]!.speedKmh, windows[i + 1]!.speedKmh];
    heldKmh = Math.max(heldKmh, Math.min(one, two, laterKmh));
    laterKmh = Math.min(laterKmh, Math.max(one, two));
  }
  return heldKmh;
}

/** A measured speed and the limit it exceeds, for people; never rounded down to the limit itself. */
export function overCap(speedKmh: number, capKmh: number): string {
  return `${(Math.ceil(speedKmh * 10) / 10).toFixed(1)} km/h, limit ${capKmh} km/h`;
}

export function isInForce(rule: AreaRule, atMs: number): boolean {
  return inInterval(atMs, rule.validFromMs, rule.validToMs);
}

export function asserted(rule: AreaRule): Partial<Ground> {
  return {
    territory: rule.territory,
    asserter: rule.asserter,
    source: rule.source,
    sinceMs: rule.validFromMs,
    untilMs: rule.validToMs,
  };
}

/**
 * The first instant after `atMs` at which something on record begins or ends: a rule of the area or of the other side
 * of an edge at hand, as known at the time asked, an entry, an exception, its licence, a suspension or an order. A lease
 * must not outlive it: a revocation announced for noon ends service at noon, even for a terminal cut off at one to noon.
 */
export function nextRuleChangeMs(context: AdmissionContext): number {
  const { atMs, knownAtMs, area, beyond, location, terminal, exceptions, txOffOrders, policy } = context;
  let nextMs = Number.POSITIVE_INFINITY;
  const consider = (fromMs: number, toMs: number | null): void => {
    if (fromMs > atMs && fromMs < nextMs) nextMs = fromMs;
    if (toMs !== null && toMs > atMs && toMs < nextMs) nextMs = toMs;
  };
  const considerRule = (rule: { readonly validFromMs: number; readonly validToMs: number | null }): void =>
    consider(rule.validFromMs, rule.validToMs);
  for (const { rules } of [area, ...beyond]) {
    for (const { statements, allowLists, speedCaps } of rules) {
      for (const statement of statements) {
        if (inInterval(knownAtMs, statement.knownFromMs, statement.knownToMs)) considerRule(statement);
      }
      for (const indexed of allowLists) {
        considerRule(indexed.list);
        for (const entry of entriesOn(indexed, context)) considerRule(entry);
      }
      for (const cap of speedCaps) considerRule(cap);
    }
  }
  for (const edge of location?.edges ?? []) {
    const band = policy.guardBandOf.get(edge.area);
    if (band !== undefined) considerRule(band);
  }
  for (const { fromMs, toMs, licence } of exceptions) {
    consider(fromMs, toMs);
    if (licence !== null) consider(licence.fromMs, licence.toMs);
  }
  for (const { fromMs, untilMs } of txOffOrders) consider(fromMs, untilMs);
  if (terminal.suspension !== null) consider(terminal.suspension.fromMs, terminal.suspension.untilMs);
  return nextMs;
}
