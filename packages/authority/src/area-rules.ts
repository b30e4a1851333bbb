// SPDX-License-Identifier: MIT
import type { AdmissionContext } from "./admission-context.ts";
import { type Ground, groundOf } from "./grounds.ts";
import type { AreaRule } from "./policy.ts";
import type { ReasonCode } from "./reasons.ts";
import { type Axis, inInterval, readAxis, type Statement } from "./territory.ts";

/** The three axes that decide, each with the reason it gives. */
const decidingAxes = {
  licence: "AREA_NOT_LICENSED",
  activation: "AREA_NOT_ACTIVE",
  legalRegime: "LEGAL_REGIME",
} as const satisfies { readonly [A in Axis]?: ReasonCode };

const decidingAxisNames = Object.keys(decidingAxes) as readonly (keyof typeof decidingAxes)[];

/** Denials by the status of the territories; nothing where the terminal has never been located. */
export function areaGrounds(context: AdmissionContext): readonly Ground[] {
  const own = context.territories[0];
  if (own === undefined) return [];
  return decidingAxisNames.flatMap(axis => {
    const reading = readAxis(context.statements, axis);
    const reason = decidingAxes[axis];
    if (reading.permits) return [];
    if (reading.because.length === 0) return [groundOf("axis.silence", reason, { axis, territory: own })];
    return reading.because.map(statement => assertedGround(statement, reason));
  });
}

/** The statements on which an admission rests that nothing refuses. */
export function permittingGrounds(context: AdmissionContext): readonly Ground[] {
  return decidingAxisNames.flatMap(axis =>
    readAxis(context.statements, axis).because.map(statement => assertedGround(statement, "ALLOW")),
  );
}

function assertedGround(statement: Statement, reason: ReasonCode): Ground {
  return groundOf("axis.asserted", reason, {
    axis: statement.axis,
    territory: statement.territory,
    value: statement.value,
    asserter: statement.asserter,
    source: statement.source,
    sinceMs: statement.validFromMs,
    untilMs: statement.validToMs,
  });
}

/** Restrictions by allow-lists: every required list of the territories must hold a live entry for the terminal. */
export function allowListGrounds({ rules, terminal, atMs }: AdmissionContext): readonly Ground[] {
  return rules
    .flatMap(rule => rule.allowLists)
    .filter(({ list, entriesOf }) => {
      if (!list.required || !isInForce(list, atMs)) return false;
      const entries = entriesOf.get(terminal.id) ?? [];
      return !entries.some(entry => inInterval(atMs, entry.validFromMs, entry.validToMs));
    })
    .map(({ list, entriesOf }) =>
      groundOf("allowList.required", "NOT_ON_ALLOWLIST", {
        ...asserted(list),
        value: entriesOf.has(terminal.id) ? "entry not in force" : "no entry",
      }),
    );
}

/** Restrictions by the speed limits of the territories. */
export function areaSpeedGrounds({ rules, location, atMs }: AdmissionContext): readonly Ground[] {
  const speedKmh = sustainedSpeedKmh(location?.windows ?? []);
  return rules
    .flatMap(rule => rule.speedCaps)
    .filter(cap => isInForce(cap, atMs) && speedKmh > cap.capKmh)
    .map(cap =>
      groundOf("area.speed", "SPEED_CAP", { ...asserted(cap), value: overCap(speedKmh, cap.capKmh) }),
    );
}

/** The speed held throughout two adjoining windows, that is the slower of them; 0 before there are two. */
export function sustainedSpeedKmh(windows: readonly { readonly speedKmh: number }[]): number {
  return windows.length < 2 ? 0 : Math.min(...windows.slice(-2).map(window => window.speedKmh));
}

/** A measured speed and the limit it exceeds, for people; never rounded down to the limit itself. */
export function overCap(speedKmh: number, capKmh: number): string {
  return `${(Math.ceil(speedKmh * 10) / 10).toFixed(1)} km/h, limit ${capKmh} km/h`;
}

function isInForce(rule: AreaRule, atMs: number): boolean {
  return inInterval(atMs, rule.validFromMs, rule.validToMs);
}

function asserted(rule: AreaRule): Partial<Ground> {
  return {
    territory: rule.territory,
    asserter: rule.asserter,
    source: rule.source,
    sinceMs: rule.validFromMs,
    untilMs: rule.validToMs,
  };
}

/**
 * The first instant after `atMs` at which a rule of the area, as known now, begins or ends. A lease must not
 * outlive it: a revocation announced for noon ends service at noon, even for a terminal cut off at one to noon.
 */
export function nextAreaChangeMs({ rules, terminal, atMs }: AdmissionContext, knownAtMs: number): number {
  let nextMs = Number.POSITIVE_INFINITY;
  const consider = (interval: { readonly validFromMs: number; readonly validToMs: number | null }): void => {
    for (const edgeMs of [interval.validFromMs, interval.validToMs]) {
      if (edgeMs !== null && edgeMs > atMs && edgeMs < nextMs) nextMs = edgeMs;
    }
  };
  for (const { statements, allowLists, speedCaps } of rules) {
    for (const statement of statements) {
      if (inInterval(knownAtMs, statement.knownFromMs, statement.knownToMs)) consider(statement);
    }
    for (const { list, entriesOf } of allowLists) {
      consider(list);
      for (const entry of entriesOf.get(terminal.id) ?? []) consider(entry);
    }
    for (const cap of speedCaps) consider(cap);
  }
  return nextMs;
}
