// SPDX-License-Identifier: MIT
// Random admissions by the hundred thousand for the differential test: small grids, so that edges meet often, and no
// shrinking, because a seed and a number name the case.
import { indexPolicy } from "../compile-policy.ts";
import type { LicenceException, LiftableReason, SiteException } from "../decisions/exceptions.ts";
import { account, noonMs, placeIn, terminal, view } from "../fixture.ts";
import { emptyHistory, type LocationHistory } from "../location-history.ts";
import type { GuardBand, Policy } from "../policy.ts";
import { type Party, type Plan, type Terminal, type TerminalState, terminalStates } from "../terminal.ts";
import { type Axis, axes, type Statement } from "../territory.ts";
import type { AdmissionInput, NearEdge } from "./admission-input.ts";

/** A stream of numbers in [0, 1) from a seed: splitmix32 with the constants of Wellons' `lowbias32`. */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed | 0;
  }

  next(): number {
    this.#state = (this.#state + 0x9e3779b9) | 0;
    let z = this.#state;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return ((z ^ (z >>> 15)) >>> 0) / 2 ** 32;
  }

  chance(p: number): boolean {
    return this.next() < p;
  }

  below(n: number): number {
    return Math.floor(this.next() * n);
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)]!;
  }

  some<T>(items: readonly T[], p: number): readonly T[] {
    return items.filter(() => this.chance(p));
  }

  /** At most `most` items. */
  list<T>(most: number, item: (index: number) => T): readonly T[] {
    return Array.from({ length: this.below(most + 1) }, (_, index) => item(index));
  }
}

const dayMs = 86_400_000;
const places = ["AA", "AA-1", "AB", "BB", "HIGH_SEAS"] as const;
const areas = ["op-1", "op-2"] as const;
const territories = [...places, ...areas, "A"];
const edgesMs = [-dayMs, -1, 0, 1, 20_000, 45_000, dayMs].map(offsetMs => noonMs + offsetMs);

function span(dice: Dice): { validFromMs: number; validToMs: number | null } {
  for (;;) {
    const validFromMs = dice.chance(0.75) ? noonMs - 2 * dayMs : dice.pick(edgesMs);
    const validToMs = dice.chance(0.5) ? null : dice.pick(edgesMs);
    if (validToMs === null || validToMs > validFromMs) return { validFromMs, validToMs };
  }
}

function statement(dice: Dice, id: string): Statement {
  const axis = dice.pick<Axis>(["licence", "activation", "legalRegime", "legalRegime", "supply"]);
  const good = { licence: "granted", activation: "active", legalRegime: "unrestricted", supply: "unknown" };
  const values = Object.keys(axes[axis].values);
  const isOpen = dice.chance(axis === "legalRegime" ? 0.2 : 0.5);
  const bad = axis === "legalRegime" && dice.chance(0.8) ? ["prohibited"] : values;
  const value = isOpen ? good[axis as keyof typeof good] : dice.pick(bad);
  const { validFromMs: knownFromMs, validToMs: knownToMs } = span(dice);
  return {
    ...{ id, territory: dice.pick(territories), axis, value, asserter: id, source: "s" },
    ...span(dice),
    ...{ knownFromMs, knownToMs },
  } as Statement;
}

const plans: readonly Plan[] = (
  [
    ["home", "none", false],
    ["land", "sameCountry", false],
    ["roam", "global", false],
    ["sea", "global", true],
  ] as const
).map(([id, roaming, ocean]) => ({
  ...{ id, title: id, downMbps: 100, upMbps: 10, ocean, roaming, roamDays: 3, maxSpeedKmh: 160 },
  serviceAddressRadiusKm: roaming === "none" ? 30 : null,
}));

/** A random policy: most places are open unless a random statement closes them. */
export function randomPolicy(dice: Dice): Policy {
  const rule = (): { territory: string; asserter: string; source: string } & ReturnType<typeof span> => ({
    ...{ territory: dice.pick(territories), asserter: "ministry", source: "decree" },
    ...span(dice),
  });
  const foundation = ["AA", "BB", "HIGH_SEAS", "A"].flatMap(territory =>
    (["licence", "activation"] as const).map(
      axis =>
        ({
          ...{ id: `${territory}-${axis}`, territory, axis, asserter: "base", source: "base" },
          ...{ value: axis === "licence" ? "granted" : "active", validFromMs: 0, validToMs: null },
          ...{ knownFromMs: 0, knownToMs: null },
        }) as Statement,
    ),
  );
  const bands = dice.some(["AA", "BB", "op-1", "op-2"], 0.6).map(
    (territory): GuardBand => ({
      ...{ ...rule(), territory, widthKm: dice.pick([0, 1, 10]) },
      treat: dice.pick(["asInside", "provisional", "asOutside"]),
    }),
  );
  return indexPolicy({
    ...{ title: "Random", boundaryView: view.id, plans },
    statements: [...(dice.chance(0.9) ? foundation : []), ...dice.list(5, i => statement(dice, `s${i}`))],
    allowLists: dice.list(2, () => ({
      ...{ ...rule(), required: dice.chance(0.7) },
      entries: dice.list(2, () => ({
        ...{ terminalId: dice.pick(["ut-1", "ut-2"]), holder: "h", class: "company" as const },
        ...span(dice),
      })),
    })),
    speedCaps: dice.list(2, () => ({ ...rule(), capKmh: dice.pick([75, 90]) })),
    specialZones: dice.list(2, i => ({
      ...{ id: `z${i}`, title: "Z", territories: dice.some(territories, 0.2) },
      ...{ cells: dice.some(["cell-1", "cell-2"], 0.4), leaseMs: dice.pick([15_000, 30_000, 60_000]) },
    })),
    ...(bands.length === 0 ? {} : { guardBands: bands }),
    ...(dice.chance(0.5)
      ? {}
      : {
          roaming: {
            counts: dice.pick(["eachCountry", "allCountries"] as const),
            resetsAtHome: dice.chance(0.5),
            warningDays: [1, 2],
          },
        }),
  });
}

function history(dice: Dice): LocationHistory {
  if (dice.chance(0.06)) return emptyHistory;
  const today = Math.floor(noonMs / dayMs);
  const at = (i: number): number => noonMs - 60_000 * i;
  const windows = dice.list(5, i => ({ fromMs: at(6 - i), toMs: at(5 - i) }));
  const age = dice.pick([-1_000, 0, 0, 0, 0, 0, 0, 15_000, 59_999, 60_000, 60_001, 600_000, 600_001, dayMs]);
  const territory = dice.chance(0.6) ? dice.pick(["AA", "BB"]) : dice.pick(places);
  return {
    last: {
      ...{ atMs: noonMs - age, latDeg: 0, lonDeg: 0, cell: dice.pick(["cell-1", "cell-2", "cell-3"]) },
      place: placeIn(territory, territory === "AB" ? null : territory.slice(0, 2)),
    },
    windowStart: null,
    windows: windows.map(window => ({ ...window, speedKmh: dice.pick([0, 75, 75.1, 90, 90.1, 160, 161]) })),
    stays: dice
      .list(7, i => i)
      .map(i => ({
        day: dice.chance(0.05) ? today - 400 + i : today - 6 + i + (dice.chance(0.05) ? 10 : 0),
        countries: dice.some(["AA", "BB", "AB"], 0.5),
      })),
  };
}

function randomTerminal(dice: Dice): Terminal {
  const state = dice.chance(0.9) ? "active" : dice.pick(Object.keys(terminalStates) as TerminalState[]);
  const fromMs = dice.pick(edgesMs);
  const mark = <F extends string>(flag: F): { [flag: string]: number } =>
    dice.chance(0.01) ? { [flag]: 1 } : {};
  const lonDeg = dice.pick([null, 0, 0.2, 0.3, 10]);
  return terminal({
    ...{ id: dice.pick(["ut-1", "ut-2"]), state, holder: dice.chance(0.5) ? "party-9" : null },
    planId: dice.chance(0.96)
      ? dice.pick(["home", "land", "roam", "sea", "roam", "sea"])
      : dice.pick(["gone", null]),
    accountId: dice.chance(0.98) ? account.id : null,
    serviceAddress: lonDeg === null ? null : { latDeg: 0, lonDeg },
    suspension: dice.chance(0.05)
      ? {
          ...{ orderId: "o", officer: "O", ground: "g", fromMs },
          untilMs: fromMs + dice.pick([1, 30_000, dayMs]),
        }
      : null,
    restriction: state === "restricted" ? { orderId: "o", ground: "g", fromMs: 0, reviewMs: 1 } : null,
    deactivation:
      state === "deactivated"
        ? {
            ...{ orderId: "o", ground: "g", basis: { kind: "finding", id: "f" }, fromMs: 0, reviewMs: 1 },
            returnsTo: "active",
          }
        : null,
    flags: { ...mark("lost"), ...mark("seized"), ...mark("cloneSuspect") },
  });
}

function party(dice: Dice, id: string): Party {
  return {
    ...{ id, name: id, kind: "person", country: "AA", aliases: [] },
    verification: {
      ...{ state: dice.chance(0.92) ? "verified" : dice.pick(["unverified", "failed"]) },
      ...{ method: null, by: null, atMs: 0 },
    },
    standing: dice.chance(0.96) ? "clear" : "sanctioned",
  };
}

const liftable: readonly LiftableReason[] = [
  ...(["AREA_NOT_ACTIVE", "LEGAL_REGIME", "NOT_ON_ALLOWLIST"] as const),
  ...(["PLAN_OCEAN", "PLAN_ADDRESS", "PLAN_COUNTRY", "ROAM_EXPIRED"] as const),
];

function exception(dice: Dice, id: string): SiteException {
  const { validFromMs: fromMs, validToMs } = span(dice);
  return {
    ...{ id, title: id, terminalIds: dice.some(["ut-1", "ut-2"], 0.7), reason: "r", fromMs },
    ...{ site: { latDeg: 0, lonDeg: dice.pick([0, 0.005, 0.02]) }, radiusKm: dice.pick([1, 5]) },
    ...{
      lifts: dice.some(liftable, 0.6),
      toMs: validToMs ?? noonMs + 9 * dayMs,
      grantedToMs: noonMs + 9 * dayMs,
    },
    licenceExceptionId: dice.chance(0.7) ? dice.pick(["l0", "l1"]) : null,
  };
}

function licence(dice: Dice, id: string, policy: Policy): LicenceException {
  const { validFromMs: fromMs, validToMs: toMs } = span(dice);
  const laws = policy.statements.filter(({ value }) => value === "prohibited");
  const law = dice.pick(laws.length > 0 && dice.chance(0.8) ? laws : policy.statements);
  return {
    ...{ id, statementId: law?.id ?? "none", licence: "GL", issuer: "bureau", fromMs, toMs },
    territory: law === undefined || dice.chance(0.1) ? "AA" : law.territory,
  };
}

function edge(dice: Dice): NearEdge {
  return {
    ...{ area: dice.pick(["AA", "BB", "op-1", "op-2", "op-3"]), inside: dice.chance(0.5) },
    ...{ distanceKm: dice.pick([0, 0.2, 0.3, 0.31, 1, 5, 11]), uncertaintyKm: dice.pick([0, 0.5, 5]) },
    beyond: dice.pick([["BB"], ["AB"], ["op-1", "AA"], ["AA-1", "AA"], ["HIGH_SEAS"], []]),
  };
}

/** A random admission under a policy. */
export function randomAdmission(dice: Dice, policy: Policy): AdmissionInput {
  const rarely = <T>(p: number, value: () => T): readonly T[] => (dice.chance(p) ? [value()] : []);
  const licences = dice.chance(0.2) ? ["l0", "l1"].map(id => licence(dice, id, policy)) : [];
  const isKnownThen = dice.chance(0.2);
  return {
    atMs: noonMs,
    ...(isKnownThen ? { knownAtMs: dice.pick(edgesMs) } : {}),
    terminal: randomTerminal(dice),
    account: dice.chance(0.98)
      ? {
          ...account,
          id: dice.chance(0.98) ? account.id : "acc-2",
          state: dice.chance(0.98) ? "open" : "closed",
        }
      : null,
    location: history(dice),
    policy,
    boundaryView: view,
    holder: dice.chance(0.5) ? party(dice, "party-9") : null,
    accountParty: dice.chance(0.5) ? party(dice, dice.pick(["party-1", "party-1", "party-2"])) : null,
    identity: dice.chance(0.1)
      ? { state: dice.pick(["proved", "proved", "unproved", "failed", "cloneSuspect"]), sinceMs: noonMs }
      : null,
    verdict: dice.chance(0.2)
      ? {
          ...{ id: "v", atMs: noonMs },
          verdict: dice.pick([
            "consistent",
            "consistent",
            "inconsistent",
            "ambiguous",
            "insufficient",
            "stale",
          ]),
        }
      : null,
    exceptions: dice.chance(0.3) ? dice.list(2, i => exception(dice, `x${i}`)) : [],
    licences,
    allowListEntries: rarely(0.3, () => ({
      ...{ territory: dice.pick(territories), terminalId: dice.pick(["ut-1", "ut-2"]) },
      ...span(dice),
    })),
    txOffOrders: dice.chance(0.05)
      ? dice.list(2, i => {
          const { validFromMs: fromMs, validToMs: untilMs } = span(dice);
          return {
            id: `t${i}`,
            issuer: "i",
            ground: "g",
            fromMs,
            untilMs,
            sparesEmergency: dice.chance(0.7),
          };
        })
      : [],
    emergency: dice.chance(0.1),
    areas: dice.chance(0.3) ? dice.some(areas, 0.6) : [],
    edges: dice.chance(0.35) ? dice.list(2, () => edge(dice)) : [],
    ...(dice.chance(0.2) ? { positionErrorKm: 0.2 } : {}),
  };
}
