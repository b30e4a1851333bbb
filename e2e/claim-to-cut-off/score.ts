// SPDX-License-Identifier: MIT
// The only file besides the simulated field that knows the truth: how well a story came out.
import { kmBehindLine } from "./area.ts";
import { startMs } from "./calendar.ts";
import type { TrueTerminal } from "./scenario.ts";
import { isOnline, type Served } from "./service.ts";
import type { Sighting } from "./sighting.ts";
import { roundMs } from "./sky.ts";
import type { Story } from "./story.ts";

/** The line is drawn to 0.5 km; this far behind it a place measured to 0.1 km is behind beyond doubt, and nearer than the other not. */
const [surelyBehindKm, doubtfulKm] = [0.8, 0.4];

/** Whether there is evidence to be had that binds; `open` where a measurement of 0.1 km may fall on either side of the doubt. */
export type Binding = "binds" | "open" | "none";

/**
 * What evidence there is to be had, from the truth alone. It binds behind the line beyond doubt and on the air during a
 * pair of rounds, with a false word about its place or its number in an offer; or, never heard, photographed by two.
 */
export function bindingOf(
  { really, disguise, kitNumber, off }: TrueTerminal,
  sightings: readonly Sighting[],
  rounds: readonly number[],
): Binding {
  const seen = sightings.filter(({ number }) => number === kitNumber);
  const isOn = (fromMs: number, untilMs: number): boolean =>
    off.every(({ fromS, untilS }) => untilMs <= startMs + fromS * 1000 || fromMs >= startMs + untilS * 1000);
  const isMeasured = rounds.some(fromMs => isOn(fromMs, fromMs + 2 * roundMs));
  const isHeard = rounds.some(fromMs => isOn(fromMs, fromMs + 1));
  const behindKm = kmBehindLine(really);
  const lies = disguise === "abroad" || disguise === "nearSide";
  const photographers = new Set(seen.filter(({ kind }) => kind === "photograph").map(({ origin }) => origin));
  const isTied = isHeard
    ? isMeasured && (lies || (disguise === "none" && seen.some(({ kind }) => kind === "offer")))
    : photographers.size >= 2;
  if (!isTied || behindKm < doubtfulKm) return "none";
  return behindKm < surelyBehindKm ? "open" : "binds";
}

/** Counts of one story, or of many added up. */
export interface Score {
  readonly terminals: number;
  readonly grey: number;
  /** Grey-market units whose evidence binds, those of them confirmed and cut off, and those of these dark a slot later. */
  readonly bound: number;
  readonly cut: number;
  readonly dark: number;
  /** Grey-market units so near the line's doubt that either is right; cut off. */
  readonly open: number;
  readonly openCut: number;
  /** Grey-market units without evidence that binds, and those of them that were cut off nevertheless. */
  readonly unbound: number;
  readonly unboundCut: number;
  /** Genuine terminals of protected sites and on allow-lists; cut off. */
  readonly guarded: number;
  readonly guardedCut: number;
  /** Everybody else honest but whoever was misread; cut off. */
  readonly others: number;
  readonly othersCut: number;
  /** Without an order, online in the morning and not after the orders; and those of them that are jammed or lie. */
  readonly wentOffline: number;
  readonly wentOfflineForTheirWord: number;
  /** Cut off over a misread label; given back within 60 s of the decision about the appeal. */
  readonly misread: number;
  readonly restored: number;
  /** Copied identities; of which the copy lost service; of which the owner kept or got it back. */
  readonly copied: number;
  readonly copiesLost: number;
  readonly ownersServed: number;
}

const isGuarded = ({ role }: TrueTerminal): boolean => role === "forces" || role === "hospital";

/** How a story came out. */
export function scoreOf({ scenario, orders, slots, appealed, rounds }: Story): Score {
  const { truth, sightings, misreadId, copiedId } = scenario;
  const grey = truth.filter(({ role }) => role === "grey");
  const [bound, open, unbound] = (["binds", "open", "none"] as const).map(binding =>
    grey.filter(terminal => bindingOf(terminal, sightings, rounds) === binding),
  ) as [TrueTerminal[], TrueTerminal[], TrueTerminal[]];
  const cutIn = (terminals: readonly TrueTerminal[]): readonly TrueTerminal[] =>
    terminals.filter(({ id }) => orders.has(id));
  const guarded = truth.filter(isGuarded);
  const others = truth.filter(t => t.role !== "grey" && !isGuarded(t) && t.id !== misreadId);
  const online = (slot: ReadonlyMap<string, Served>, id: string): boolean => isOnline(slot.get(`${id}/0`));
  const lost = truth.filter(
    ({ id, off }) =>
      !orders.has(id) && off.length === 0 && online(slots.morning, id) && !online(slots.ordered, id),
  );
  const isDark = ({ id }: TrueTerminal): boolean =>
    !online(slots.ordered, id) && slots.silent.get(`${id}/0`) === undefined;
  const copy = slots.ordered.get(`${copiedId}/1`);
  return {
    terminals: truth.length,
    grey: grey.length,
    bound: bound.length,
    cut: cutIn(bound).length,
    dark: cutIn(bound).filter(isDark).length,
    open: open.length,
    openCut: cutIn(open).length,
    unbound: unbound.length,
    unboundCut: cutIn(unbound).length,
    guarded: guarded.length,
    guardedCut: cutIn(guarded).length,
    others: others.length,
    othersCut: cutIn(others).length,
    wentOffline: lost.length,
    wentOfflineForTheirWord: lost.filter(({ says }) => says !== null).length,
    misread: orders.has(misreadId) ? 1 : 0,
    restored: appealed !== null && appealed.onlineMs !== null ? 1 : 0,
    copied: 1,
    copiesLost: copy !== undefined && copy.lease === null ? 1 : 0,
    ownersServed: online(slots.ordered, copiedId) && !orders.has(copiedId) ? 1 : 0,
  };
}

/** Scores added up. */
export function sumOf(scores: readonly Score[]): Score {
  const [first, ...rest] = scores;
  if (first === undefined) throw new RangeError("There is nothing to add up.");
  const names = Object.keys(first) as (keyof Score)[];
  return rest.reduce<Score>(
    (sum, score) =>
      Object.fromEntries(names.map(name => [name, sum[name] + score[name]])) as unknown as Score,
    first,
  );
}
