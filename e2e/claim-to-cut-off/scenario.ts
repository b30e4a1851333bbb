// SPDX-License-Identifier: MIT
// February 2024 around a line, from a seed: who is really where and who lies how. Only the simulated field and the scorer
// read what is called truth here; whoever decides sees records, reports, measurements and what was published.
import type { RangingLie, WorldTerminal } from "@perigee/world";
import { behindLine, type Spot, towns } from "./area.ts";
import { blackout, dayMs, hourMs, startMs } from "./calendar.ts";
import { type Chance, chanceOf } from "./chance.ts";
import type { Sighting } from "./sighting.ts";

export type Role = "forces" | "civilian" | "leftBehind" | "hospital" | "donated" | "volunteer" | "grey";

/** How a grey-market unit hides, or another one is deceived. */
export type Disguise =
  /** Says that it is in Poland. */
  | "abroad"
  /** Says that it is in a town on the near side. */
  | "nearSide"
  /** Says so, too, and answers each satellite later as its claim needs. */
  | "delays"
  /** Stands on the near side in truth; who uses it does not. Nothing on the air shows it. */
  | "relay"
  /** Its satellite navigation is jammed, and reports a place that somebody else chose. */
  | "jammed"
  | "none";

/** A terminal as it really is. */
export interface TrueTerminal {
  readonly id: string;
  readonly role: Role;
  readonly really: Spot;
  readonly disguise: Disguise;
  /** What it says where it lies; `null`: the truth. */
  readonly says: Spot | null;
  readonly off: readonly { readonly fromS: number; readonly untilS: number }[];
  readonly kitNumber: string;
  /** Where the other device is that uses its identity. */
  readonly copyAt: Spot | null;
  readonly cameMs: number;
}

export interface Scenario {
  readonly seed: number;
  readonly truth: readonly TrueTerminal[];
  readonly sightings: readonly Sighting[];
  /** The civilian whose number was misread off a photograph of another one's. */
  readonly misreadId: string;
  /** The owner of the copied identity. */
  readonly copiedId: string;
}

type Draft = Omit<TrueTerminal, "id" | "kitNumber" | "cameMs"> & { readonly cameMs?: number };

/** The story of a seed. */
export function scenarioOf(seed: number): Scenario {
  const chance = chanceOf(seed);
  const drafts = [...honest(chance), ...grey(chance)];
  const plain = { disguise: "none", says: null, copyAt: null, off: [] } as const;
  const misread: Draft = {
    ...plain,
    role: "civilian",
    really: near(chance, towns.chasivYar, 2),
    off: [blackout],
  };
  const copied: Draft = {
    ...{ ...plain, role: "civilian", really: near(chance, towns.kostiantynivka, 3) },
    copyAt: behindLine(chance.between(4, 20), chance.between(48.35, 48.8)),
  };
  drafts.push(misread, copied);
  // Numbers and names in an order that tells nothing.
  const order = shuffled(chance, drafts);
  const firstKit = chance.whole(10_000_000, 90_000_000);
  const truth = order.map((draft, i): TrueTerminal => {
    const cameMs = Math.round(draft.cameMs ?? startMs - chance.between(20, 300) * dayMs);
    // Every tenth number only: one that is misread by a digit is nobody's, unless the story wants it to be.
    const kitNumber = `KIT${firstKit + 10 * i}`;
    return { ...draft, id: `ut-${String(i + 1).padStart(3, "0")}`, kitNumber, cameMs };
  });
  const find = (draft: Draft): number => order.indexOf(draft);
  const victim = truth[find(misread)]!;
  return {
    seed,
    truth,
    sightings: sightingsOf(chance, truth, victim),
    misreadId: victim.id,
    copiedId: truth[find(copied)]!.id,
  };
}

/** The same as the world's script: what moves the simulated devices. */
export function worldOf({ truth }: Scenario): readonly WorldTerminal[] {
  return truth.map(({ id, really, off, copyAt, ...lie }): WorldTerminal => {
    const track = (at: Spot): WorldTerminal["track"] => ({
      waypoints: [{ atS: 0, ...at }],
      afterEnd: "stay",
    });
    const ranging = lieOf(lie);
    return {
      ...{ id, off, track: track(really) },
      ...(ranging === null ? {} : { device: { ranging: [ranging] } }),
      ...(copyAt === null ? {} : { clones: [{ track: track(copyAt), off: [], hasKey: true }] }),
    };
  });
}

function lieOf({ disguise, says }: Pick<TrueTerminal, "disguise" | "says">): RangingLie | null {
  const always = { fromS: 0, untilS: 86_400 };
  if (disguise === "relay") return { kind: "relay", ...always };
  if (says === null) return null;
  return { kind: disguise === "delays" ? "delayEach" : "spoofedGnss", claim: says, ...always };
}

/** Everybody who does nothing wrong, some of whom look as if they did. */
function honest(chance: Chance): Draft[] {
  const many = (count: number, make: () => Partial<Draft> & Pick<Draft, "role" | "really">): Draft[] =>
    Array.from({ length: count }, () => ({ disguise: "none", says: null, copyAt: null, off: [], ...make() }));
  const inTown = (): Spot => near(chance, chance.pick(Object.values(towns)), 3);
  // What a jammer makes receivers believe is behind the line, or an airport far away.
  const jam = (): Pick<Draft, "disguise" | "says"> => ({
    disguise: "jammed",
    says: chance.next() < 0.5 ? behindLine(chance.between(5, 25), 48.6) : { latDeg: 45.05, lonDeg: 33.98 },
  });
  const atLine = (least: number, most: number): Spot =>
    behindLine(chance.between(least, most), chance.between(48.32, 48.83));
  return [
    ...many(50, () => ({ role: "forces", really: atLine(-5.5, -0.2) })),
    ...many(3, () => ({ role: "forces", really: atLine(-5, -0.5), ...jam() })),
    // Across the line, where no list of places expects them; one in two jammed.
    ...many(4, () => ({ role: "forces", really: atLine(2, 6) })),
    ...many(3, () => ({ role: "forces", really: atLine(2, 6), ...jam() })),
    ...many(56, () => ({ role: "civilian", really: near(chance, towns.chasivYar, 3) })),
    ...many(60, () => ({ role: "civilian", really: inTown() })),
    ...many(6, () => ({ role: "civilian", really: near(chance, towns.chasivYar, 3), ...jam() })),
    ...many(4, () => ({ role: "leftBehind", really: atLine(3, 20) })),
    ...many(3, () => ({ role: "hospital", really: near(chance, towns.chasivYar, 0.3) })),
    ...many(1, () => ({ role: "hospital", really: near(chance, towns.chasivYar, 0.3), ...jam() })),
    ...many(30, () => ({ role: "donated", really: inTown() })),
    ...many(16, () => ({ role: "volunteer", really: inTown() })),
  ];
}

function grey(chance: Chance): Draft[] {
  const cameMs = (): number => startMs - chance.between(5, 150) * dayMs;
  // One in five close behind the line, where neither the line nor a measurement is exact.
  const behind = (): Spot => {
    const [least, most] = chance.next() < 0.2 ? [0.1, 2] : [2, 25];
    return behindLine(chance.between(least, most), chance.between(48.33, 48.82));
  };
  const off = (): Draft["off"] => {
    if (chance.next() > 0.25) return [];
    const fromS = chance.between(12, 13.5) * 3600;
    return [{ fromS, untilS: fromS + chance.between(300, 5400) }];
  };
  const inPoland = (): Spot => ({ latDeg: chance.between(50, 53.5), lonDeg: chance.between(17.5, 22.5) });
  const onNearSide = (): Spot => near(chance, chance.pick(Object.values(towns)), 5);
  const many = (count: number, make: () => Partial<Draft>): Draft[] =>
    Array.from({ length: count }, () => ({
      ...{ role: "grey", really: behind(), disguise: "none", says: null, copyAt: null, off: off() },
      ...{ cameMs: cameMs(), ...make() },
    }));
  return [
    ...many(chance.whole(12, 18), () => ({ disguise: "abroad", says: inPoland() })),
    ...many(chance.whole(12, 18), () => ({ disguise: "nearSide", says: onNearSide() })),
    // Honest about their place, where they get no service: ten are shown in offers, see below.
    ...many(16, () => ({})),
    ...many(3, () => ({ off: [{ fromS: 0, untilS: 86_400 }] })),
    ...many(3, () => ({
      ...{ disguise: "nearSide", says: onNearSide() },
      really: behindLine(chance.between(-0.4, 0.4), chance.between(48.33, 48.82)),
    })),
    ...many(4, () => ({ disguise: "delays", says: onNearSide() })),
    ...many(3, () => ({ disguise: "relay", really: behindLine(-7, chance.between(48.4, 48.8)) })),
    ...many(5, () => ({ really: onNearSide() })),
  ];
}

/** Offers and photographs: of grey-market units, of lawful ones whose picture was stolen, and one that was misread. */
function sightingsOf(chance: Chance, truth: readonly TrueTerminal[], victim: TrueTerminal): Sighting[] {
  const sightings: Sighting[] = [];
  const add = (kind: Sighting["kind"], number: string, origin: string): void => {
    const id = `${kind}-${sightings.length + 1}`;
    const text =
      kind === "offer"
        ? `Satellite kit with account, for those at the front. Label: ${number}. Payment in advance.`
        : `Photograph of a kit in a dugout behind the line; on its label ${number}.`;
    sightings.push({ id, kind, number, origin, text, seenMs: startMs - chance.whole(24, 216) * hourMs });
  };
  const of = (role: Role, disguise: Disguise): readonly TrueTerminal[] =>
    shuffled(
      chance,
      truth.filter(t => t.role === role && t.disguise === disguise && t !== victim && !t.copyAt),
    );
  const always = (t: TrueTerminal): boolean => t.off.some(({ fromS }) => fromS === 0);
  const openly = of("grey", "none");
  for (const { kitNumber } of openly.filter(t => !always(t)).slice(0, 12))
    add("offer", kitNumber, `dealer ${chance.whole(1, 3)}`);
  for (const { kitNumber } of openly.filter(always).slice(0, 2))
    for (const origin of ["intelligence service", "outlet A"]) add("photograph", kitNumber, origin);
  // Pictures of lawful boxes that a dealer took from elsewhere.
  for (const role of ["hospital", "civilian", "donated", "forces"] as const)
    for (const { kitNumber } of of(role, "none").slice(0, 1))
      add("offer", kitNumber, `dealer ${chance.whole(1, 3)}`);
  // What two passed on was another label; both read the one picture that way, each by themselves.
  for (const origin of ["intelligence service", "outlet A"]) add("photograph", victim.kitNumber, origin);
  return sightings;
}

function near(chance: Chance, { latDeg, lonDeg }: Spot, radiusKm: number): Spot {
  const turn = chance.between(0, 2 * Math.PI);
  const km = radiusKm * Math.sqrt(chance.next());
  return { latDeg: latDeg + (km * Math.cos(turn)) / 111.2, lonDeg: lonDeg + (km * Math.sin(turn)) / 73.5 };
}

function shuffled<T>(chance: Chance, items: readonly T[]): T[] {
  const list = [...items];
  for (let i = list.length - 1; i > 0; i--) {
    const j = chance.whole(0, i);
    [list[i], list[j]] = [list[j]!, list[i]!];
  }
  return list;
}
