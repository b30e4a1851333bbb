// SPDX-License-Identifier: MIT
import { failuresOf, type LinkState, type Outage, type Planner } from "@perigee/network";

/** What a condition is put on: one terminal, or parts of the network. */
export type Target =
  | { readonly kind: "terminal"; readonly terminalId: string }
  | { readonly kind: "network"; readonly parts: Outage; readonly names: PartNames };

/** The parts by the names that they have on a link's path. */
interface PartNames {
  /** Catalogue numbers. */
  readonly satellites: ReadonlySet<string>;
  /** `from>to`, both ways, of catalogue numbers. */
  readonly lasers: ReadonlySet<string>;
  readonly gateways: ReadonlySet<string>;
  readonly pops: ReadonlySet<string>;
}

type Fleet = Pick<Planner, "elements" | "serving" | "planes" | "ground" | "topology">;
type Result = { ok: true; value: Target } | { ok: false; message: string };

const TERMINAL = "terminal:";

/** The terminal that a target's word names; `null` for parts of the network. */
export const terminalOf = (on: string): string | null =>
  on.startsWith(TERMINAL) ? on.slice(TERMINAL.length) : null;

/** What a target's word means in a network. Which terminals there are is not asked here. */
export function targetOf(network: Fleet, on: string): Result {
  const terminalId = terminalOf(on);
  if (terminalId !== null) return { ok: true, value: { kind: "terminal", terminalId } };
  // None of the words that a target may be is drawn by lot.
  const found = failuresOf(network, [on], 0);
  if (!found.ok) return { ok: false, message: found.error.message };
  return {
    ok: true,
    value: { kind: "network", parts: found.value, names: namesOf(network, found.value) },
  };
}

/** Parts of the network by name, for {@link hopsOver}. */
export function namesOf({ elements, ground }: Pick<Fleet, "elements" | "ground">, parts: Outage): PartNames {
  const satellite = (i: number): string => String(elements[i]!.catalogNumber);
  return {
    satellites: new Set(parts.satellites?.map(satellite)),
    lasers: new Set(
      parts.lasers?.flatMap(([a, b]) => [
        `${satellite(a)}>${satellite(b)}`,
        `${satellite(b)}>${satellite(a)}`,
      ]),
    ),
    gateways: new Set(parts.gateways?.map(g => ground.gateways[g]!.id)),
    pops: new Set(parts.pops?.map(p => ground.pops[p]!.code)),
  };
}

/** Hops of a link's path that arrive at such a part, or are such a laser link. */
export function hopsOver({ nodes, hops }: Pick<LinkState, "nodes" | "hops">, names: PartNames): number[] {
  return hops.flatMap((_, k) => {
    const [from, to] = [nodes[k]!, nodes[k + 1]!];
    const hit =
      (to.kind === "satellite" &&
        (names.satellites.has(to.id) ||
          (from.kind === "satellite" && names.lasers.has(`${from.id}>${to.id}`)))) ||
      (to.kind === "gateway" && names.gateways.has(to.id)) ||
      (to.kind === "pop" && names.pops.has(to.id));
    return hit ? [k] : [];
  });
}

/** All parts that any of several lists has; `undefined` where there are none. */
export function joinedParts(lists: readonly Outage[]): Outage | undefined {
  if (lists.length === 0) return undefined;
  const rising = (pick: (parts: Outage) => readonly number[] | undefined): number[] =>
    [...new Set(lists.flatMap(parts => pick(parts) ?? []))].sort((a, b) => a - b);
  const lasers = new Map(
    lists.flatMap(({ lasers: pairs = [] }) =>
      pairs.map(([a, b]) => [`${Math.min(a, b)}-${Math.max(a, b)}`, [a, b] as const] as const),
    ),
  );
  return {
    satellites: rising(parts => parts.satellites),
    gateways: rising(parts => parts.gateways),
    lasers: [...lasers.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, pair]) => pair),
    pops: rising(parts => parts.pops),
  };
}
