// SPDX-License-Identifier: MIT
// Random admissions for the property tests: small grids, so that edges meet often.
import fc from "fast-check";
import type { AdmissionInput } from "./admission.ts";
import { indexPolicy } from "./compile-policy.ts";
import { account, noonMs, placeIn, terminal, view } from "./fixture.ts";
import { emptyHistory } from "./location-history.ts";
import type { Policy, PolicyContent } from "./policy.ts";
import type { Plan } from "./terminal.ts";
import { type Axis, axes, type Statement } from "./territory.ts";

const dayMs = 86_400_000;
const territories = ["AA", "AA-1", "BB", "HIGH_SEAS"] as const;
const territory = fc.constantFrom(...territories);

/** Instants around noon, some of them within the life of a lease. */
const edge = fc.constantFrom(-dayMs, -1, 0, 1, 20_000, 45_000, dayMs).map(offsetMs => noonMs + offsetMs);
const interval = fc
  .tuple(fc.oneof({ weight: 3, arbitrary: fc.constant(noonMs - 2 * dayMs) }, edge), fc.option(edge))
  .filter(([from, to]) => to === null || to > from);
const validity = interval.map(([validFromMs, validToMs]) => ({ validFromMs, validToMs }));
const knowledge = interval.map(([knownFromMs, knownToMs]) => ({ knownFromMs, knownToMs }));

/** Values that permit come up more often: with five uniform values nearly everything would be denied. */
function valuesOn(axis: Axis): fc.Arbitrary<string> {
  const good = { licence: "granted", activation: "active", legalRegime: "unrestricted" } as const;
  const any = fc.constantFrom(...Object.keys(axes[axis].values));
  return axis in good
    ? fc.oneof({ weight: 6, arbitrary: fc.constant(good[axis as keyof typeof good]) }, any)
    : any;
}

export const statements: fc.Arbitrary<readonly Statement[]> = fc
  .array(
    fc.record({
      territory,
      pick: fc
        .constantFrom("licence", "activation", "legalRegime", "supply", "publishedCoverage" as const)
        .chain(axis => fc.record({ axis: fc.constant(axis), value: valuesOn(axis) })),
      valid: validity,
      known: knowledge,
    }),
    { maxLength: 5 },
  )
  .map(items =>
    items.map(
      ({ territory, pick, valid, known }, index) =>
        ({
          ...{ id: `s${index}`, territory, ...pick, asserter: `a${index}`, source: "s" },
          ...valid,
          ...known,
        }) as Statement,
    ),
  );

/** Licence and activation for every country, so that most places are open unless a random statement closes them. */
const foundation: readonly Statement[] = ["AA", "BB", "HIGH_SEAS"].flatMap(country =>
  (["licence", "activation"] as const).map(
    axis =>
      ({
        ...{ id: `${country}-${axis}`, territory: country, axis, asserter: "base", source: "base" },
        ...{ value: axis === "licence" ? "granted" : "active", validFromMs: 0, validToMs: null },
        ...{ knownFromMs: 0, knownToMs: null },
      }) as Statement,
  ),
);

const rule = fc.record({ territory, valid: validity }).map(({ territory, valid }) => ({
  ...{ territory, asserter: "ministry", source: "decree" },
  ...valid,
}));

const plans: readonly Plan[] = (
  [
    ["home", "none", false],
    ["land", "sameCountry", false],
    ["roam", "global", false],
    ["sea", "global", true],
  ] as const
).map(([id, roaming, ocean]) => ({
  ...{ id, title: id, downMbps: 100, upMbps: 10, ocean, roaming, roamDays: 60, maxSpeedKmh: 160 },
  serviceAddressRadiusKm: roaming === "none" ? 30 : null,
}));

export const content: fc.Arbitrary<PolicyContent> = fc.record({
  title: fc.constant("Random"),
  boundaryView: fc.constant(view.id),
  statements: fc
    .tuple(fc.oneof({ weight: 9, arbitrary: fc.constant(foundation) }, fc.constant([])), statements)
    .map(([base, random]) => [...base, ...random]),
  allowLists: fc.array(
    fc
      .record({
        rule,
        required: fc.boolean(),
        entries: fc.array(
          fc
            .record({ terminalId: fc.constantFrom("ut-1", "ut-2"), valid: validity })
            .map(({ terminalId, valid }) => ({
              terminalId,
              holder: "h",
              class: "company" as const,
              ...valid,
            })),
          { maxLength: 2 },
        ),
      })
      .map(({ rule, required, entries }) => ({ ...rule, required, entries })),
    { maxLength: 1 },
  ),
  speedCaps: fc.array(
    fc.record({ rule, capKmh: fc.constantFrom(75, 90) }).map(({ rule, capKmh }) => ({ ...rule, capKmh })),
    { maxLength: 2 },
  ),
  specialZones: fc.array(
    fc.record({
      id: fc.constant("z"),
      title: fc.constant("Z"),
      territories: fc.subarray([...territories]),
      cells: fc.subarray(["cell-1", "cell-2"]),
      leaseMs: fc.constantFrom(15_000, 30_000, 60_000),
    }),
    { maxLength: 2 },
  ),
  plans: fc.constant(plans),
});

const suspension = fc
  .record({ fromMs: fc.constantFrom(noonMs - dayMs, noonMs), hours: fc.constantFrom(1, 12, 24, 72) })
  .map(({ fromMs, hours }) => ({
    ...{ orderId: "ord", officer: "Officer", ground: "a named ground" },
    ...{ fromMs, untilMs: fromMs + hours * 3_600_000 },
  }));

const terminals = fc
  .record({
    state: fc.oneof(
      { weight: 6, arbitrary: fc.constant("active" as const) },
      fc.constantFrom("manufactured", "registered", "suspended", "retired" as const),
    ),
    planId: fc.constantFrom("home", "land", "roam", "sea", "roam", "sea", "gone", null),
    // The position is on the equator at longitude 0: 22 km, 33 km and 1112 km from these addresses.
    addressLonDeg: fc.constantFrom(null, 0, 0.2, 0.3, 10),
    suspension,
  })
  .map(({ state, planId, addressLonDeg, suspension }) =>
    terminal({
      ...{ state, planId },
      serviceAddress: addressLonDeg === null ? null : { latDeg: 0, lonDeg: addressLonDeg },
      suspension: state === "suspended" ? suspension : null,
    }),
  );

const speeds = fc.array(fc.constantFrom(0, 75, 75.1, 90.1, 160, 161), { maxLength: 2 });
const ages = fc.constantFrom(-1_000, 0, 0, 15_000, 60_000, 60_001, 600_000, 600_001, dayMs);
const stays = fc
  .record({
    abroad: fc.constantFrom(0, 10, 58, 59, 60, 61),
    homeToo: fc.integer({ min: 0, max: 2 }),
    lastYear: fc.integer({ min: 0, max: 40 }),
  })
  .map(({ abroad, homeToo, lastYear }) => {
    // 2024-03-10 is the 70th day of its year, so that 61 days abroad fit in before it.
    const today = Math.floor(noonMs / dayMs);
    const firstDay = Math.floor(Date.UTC(2024, 0, 1) / dayMs);
    const days = Array.from({ length: Math.min(abroad, today - firstDay + 1) }, (_, i) => ({
      day: firstDay + i,
      countries: i < homeToo ? ["BB", "AA"] : ["BB"],
    }));
    const before = Array.from({ length: lastYear }, (_, i) => ({
      day: firstDay - lastYear + i,
      countries: ["BB"],
    }));
    return [...before, ...days];
  });

const histories = fc.oneof(
  { weight: 1, arbitrary: fc.constant(emptyHistory) },
  {
    weight: 12,
    arbitrary: fc
      .record({ territory, ages, speeds, stays, cell: fc.constantFrom("cell-1", "cell-3") })
      .map(({ territory, ages, speeds, stays, cell }) => ({
        last: { atMs: noonMs - ages, latDeg: 0, lonDeg: 0, cell, place: placeIn(territory) },
        windowStart: null,
        windows: speeds.map((speedKmh, i) => ({
          fromMs: noonMs - 60_000 * (speeds.length - i),
          toMs: noonMs - 60_000 * (speeds.length - i - 1),
          speedKmh,
        })),
        stays,
      })),
  },
);

/** The policy with other content, named and indexed anew. */
export function changedPolicy(policy: Policy, changes: Partial<PolicyContent>): Policy {
  const { title, boundaryView, statements, allowLists, specialZones, speedCaps, plans } = policy;
  return indexPolicy({
    ...{ title, boundaryView, statements, allowLists, specialZones, speedCaps, plans },
    ...changes,
  });
}

/** A random admission whose policy is `content` indexed. */
export const cases: fc.Arbitrary<AdmissionInput> = fc
  .record({
    content,
    terminals,
    location: histories,
    hasAccount: fc.integer({ min: 0, max: 9 }),
    knownAtMs: fc.option(edge, { nil: undefined }),
  })
  .map(({ content, terminals, location, hasAccount, knownAtMs }) => ({
    atMs: noonMs,
    ...(knownAtMs === undefined ? {} : { knownAtMs }),
    terminal: terminals,
    account: hasAccount === 0 ? null : account,
    location,
    policy: indexPolicy(content),
    boundaryView: view,
  }));
