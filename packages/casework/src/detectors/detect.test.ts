// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import type { CloneAlarm } from "@perigee/authority";
import { ada, CaseDesk, dayMs, hourMs, noonMs } from "../testing/desk.ts";
import { caseSignalOf, detect, reviewOrder } from "./detect.ts";
import { locationRowOf } from "./identity-patterns.ts";
import { patterns } from "./patterns.ts";
import { type CellGeometry, nothingSeen, type Observations, type Visit } from "./rows.ts";
import type { Signal } from "./signal.ts";

/** Cells on a line, 20 km from one to the next, each reaching 10 km. */
const geometry: CellGeometry = { distanceKm: (a, b) => 20 * Math.abs(Number(a - b)), reachKm: () => 10 };

function see(desk: CaseDesk, rows: Partial<Observations>): readonly Signal[] {
  return detect(desk.book, { ...nothingSeen, ...rows }, geometry, desk.atMs);
}

const seen = (signals: readonly Signal[]): readonly [string, readonly string[]][] =>
  signals.map(({ pattern, terminals }) => [pattern, terminals]);

const today = Math.floor(noonMs / dayMs);
/** Days before today, the oldest first, each in a country. */
const stays = (days: number, country: string) =>
  Array.from({ length: days }, (_, i) => ({ day: today - days + 1 + i, countries: [country] }));
const visit = (terminal: string, cell: bigint, fromMs: number, untilMs: number, country = "AA"): Visit => ({
  ...{ terminal, account: null, cell, country, fromMs, untilMs },
});

test("with no rows and nothing on record nothing is seen", () => {
  assert.deepEqual(see(new CaseDesk(), {}), []);
});

test("P1 speaks from the sixty-first day abroad, and not of a day that was also at home", () => {
  const desk = new CaseDesk();
  const abroad = (days: number) =>
    see(desk, {
      countryDays: [
        { terminal: "ut-1", stays: [{ day: today - 99, countries: ["AA"] }, ...stays(days, "BB")] },
      ],
    });
  assert.deepEqual(seen(abroad(60)), []);
  const [signal] = abroad(61);
  assert.deepEqual(signal!.figures, { daysAbroad: 61, limitDays: 60 });
  const both = stays(90, "BB").map(stay => ({ ...stay, countries: ["BB", "AA"] }));
  assert.deepEqual(seen(see(desk, { countryDays: [{ terminal: "ut-1", stays: both }] })), []);
});

test("P2 goes by the papers before the account, and tells of a donation on record", () => {
  const desk = new CaseDesk();
  const custody = {
    id: "cus-1",
    terminalId: "ut-1",
    step: "sale",
    atMs: 0,
    fromParty: null,
    toParty: null,
    country: "CC",
  } as const;
  desk.put("custody", { ...custody, asserter: "a shop", source: "its books" });
  desk.put("donation", {
    ...{
      id: "don-1",
      programmeId: "pro-1",
      terminalId: "ut-1",
      donor: "party-3",
      holder: "party-1",
      user: null,
      atMs: 0,
    },
  });
  const rows = {
    countryDays: [
      { terminal: "ut-1", stays: stays(5, "AA") },
      { terminal: "ut-2", stays: stays(5, "AA") },
    ],
  };
  const signals = see(desk, rows);
  assert.deepEqual(seen(signals), [["P2", ["ut-1"]]]);
  assert.match(signals[0]!.innocentOnRecord.join(), /given to party-1/);
});

test("P3 counts terminals at one time, not visits, and only in sensitive cells", () => {
  const desk = new CaseDesk(6);
  const ids = ["ut-1", "ut-2", "ut-3", "ut-4", "ut-5"];
  const sensitiveCells = [{ cell: 7n, area: "the front" }];
  const start = 10 * dayMs;
  const together = ids.map((id, i) => visit(id, 7n, start + i * hourMs, start + dayMs));
  const signals = see(desk, { visits: [visit("ut-6", 9n, 0, hourMs), ...together], sensitiveCells });
  assert.deepEqual(seen(signals), [["P3", ids]]);
  assert.equal(signals[0]!.figures["cameTogether"], 5);
  const inTurn = ids.map((id, i) => visit(id, 7n, start + i * hourMs, start + (i + 1) * hourMs));
  assert.deepEqual(seen(see(desk, { visits: inTurn, sensitiveCells })), []);
  const again = Array.from({ length: 9 }, () => together[0]!);
  assert.deepEqual(seen(see(desk, { visits: again, sensitiveCells })), []);
  assert.deepEqual(seen(see(desk, { visits: together, sensitiveCells: [] })), []);
});

test("P4 counts accounts, not payments, and says where one account manages all", () => {
  const desk = new CaseDesk(5);
  const link = (i: number) => ({ account: `acc-${i}`, kind: "card", key: "k" }) as const;
  assert.deepEqual(seen(see(desk, { links: [1, 2, 3, 3, 3, 3].map(link) })), []);
  const signals = see(desk, { links: [1, 2, 3, 4].map(link) });
  assert.deepEqual(signals[0]!.accounts, ["acc-1", "acc-2", "acc-3", "acc-4"]);
  assert.deepEqual(signals[0]!.terminals, ["ut-1", "ut-2", "ut-3", "ut-4"]);
  for (const i of [1, 2, 3, 4]) {
    desk.put("account", { ...desk.book.get("account", `acc-${i}`)!, managedBy: "acc-5" });
  }
  assert.match(
    see(desk, { links: [1, 2, 3, 4].map(link) })[0]!.innocentOnRecord.join(),
    /managed by the account acc-5/,
  );
});

test("P5 needs adjoining serials, one seller, several buyers and few days", () => {
  const sell = (days: number, buyers: number): Signal[] => {
    const desk = new CaseDesk(6);
    for (let i = 1; i <= 5; i++) {
      desk.put("custody", {
        ...{
          id: `cus-${i}`,
          terminalId: `ut-${i}`,
          step: "sale",
          atMs: i * days * dayMs,
          fromParty: "party-6",
        },
        ...{ toParty: `party-${1 + (i % buyers)}`, country: "AA", asserter: "a clerk", source: "its books" },
      });
    }
    return [...see(desk, {})];
  };
  assert.deepEqual(seen(sell(1, 3)), [["P5", ["ut-1", "ut-2", "ut-3", "ut-4", "ut-5"]]]);
  assert.deepEqual(seen(sell(20, 3)), [], "over eighty days");
  assert.deepEqual(seen(sell(1, 1)), [], "to one buyer");
});

test("P6 compares a day with the days before it, and keeps quiet without enough of them", () => {
  const desk = new CaseDesk();
  const day = (n: number, count: number) =>
    Array.from({ length: count }, (_, i) => ({
      terminal: `ut-${i + 1}`,
      account: null,
      atMs: n * dayMs + i,
      area: "AA-1",
    }));
  const usual = (days: number) => Array.from({ length: days }, (_, n) => day(n, 1)).flat();
  assert.deepEqual(seen(see(desk, { activations: [...usual(20), ...day(20, 4)] })), []);
  // Mean 1 a day; a Poisson count of mean 1 has deviation 1, so 6 are 5 deviations above.
  const [burst] = see(desk, { activations: [...usual(20), ...day(20, 6)] });
  assert.equal(burst!.figures["sigmas"], 5);
  assert.deepEqual(seen(see(desk, { activations: [...usual(13), ...day(13, 50)] })), []);
});

test("P7 needs two adjoining windows that are surely too fast", () => {
  const desk = new CaseDesk();
  const windows = (...speeds: number[]) => ({
    ...{ terminal: "ut-1", capKmh: 75, errorKmh: 5 },
    windows: speeds.map((speedKmh, i) => ({ fromMs: i * 60_000, toMs: (i + 1) * 60_000, speedKmh })),
  });
  assert.deepEqual(
    seen(see(desk, { speeds: [windows(89, 90, 70, 120, 80, 130)] })),
    [],
    "a train at 74 with errors",
  );
  assert.deepEqual(seen(see(desk, { speeds: [windows(60, 95, 96)] })), [["P7", ["ut-1"]]]);
  const gap = windows(95, 96);
  const apart = { ...gap, windows: [gap.windows[0]!, { ...gap.windows[1]!, fromMs: 90_000, toMs: 150_000 }] };
  assert.deepEqual(seen(see(desk, { speeds: [apart] })), [], "windows that do not adjoin");
});

test("P8 counts refusals because of the place, spread over time", () => {
  const desk = new CaseDesk();
  const attempts = (reason: string, everyMinutes: number) =>
    [0, 1, 2].map(i => ({ terminal: "ut-1", atMs: i * everyMinutes * 60_000, cell: 3n, reason }));
  assert.deepEqual(seen(see(desk, { attempts: attempts("AREA_NOT_ACTIVE", 5) })), [["P8", ["ut-1"]]]);
  assert.deepEqual(seen(see(desk, { attempts: attempts("AREA_NOT_ACTIVE", 1) })), []);
  assert.deepEqual(seen(see(desk, { attempts: attempts("PLAN_SPEED", 5) })), []);
});

test("P9 passes on the authority's alarms with their innocent readings", () => {
  const record = {
    terminalId: "ut-1",
    deviceId: "d",
    keyId: null,
    cell: "c",
    slot: 1,
    atMs: 5,
    position: null,
  };
  const alarm: CloneAlarm = {
    ...{ terminalId: "ut-1", slot: 1, atMs: 5, sign: "twoCells", records: [record, record], distanceKm: 900 },
    ...{ elapsedMs: 15_000, speedKmh: null, recommendation: "review" },
    innocent: [{ reading: "clockError", because: "The clocks differ." }],
  };
  const [signal] = see(new CaseDesk(), { cloneAlarms: [alarm] });
  assert.equal(signal!.pattern, "P9");
  assert.match(signal!.innocentOnRecord.join(), /clockError: The clocks differ/);
});

test("P10 takes two different signs of one holder, and brings their innocent readings", () => {
  const desk = new CaseDesk();
  const sign = (rule: string) => ({ rule, text: `Sign ${rule}.`, innocentReading: `Innocent ${rule}.` });
  const apply = (id: string, holder: string, rules: readonly string[]): void =>
    desk.put("allowListApplication", {
      ...{
        id,
        territory: "AA",
        terminalId: "ut-1",
        holder,
        class: "individual",
        lane: "civilian",
        deviceShown: true,
      },
      ...{
        payer: null,
        atMs: 1,
        receivedBy: "clerk",
        state: "inReview",
        overCap: null,
        entry: null,
        decision: null,
      },
      signals: rules.map(sign),
    });
  apply("app-1", "party-1", ["recruited"]);
  apply("app-2", "party-1", ["recruited"]);
  assert.deepEqual(seen(see(desk, {})), []);
  apply("app-3", "party-1", ["unusualPayer"]);
  assert.match(see(desk, {})[0]!.innocentOnRecord.join(), /Innocent recruited/);
});

test("P11 counts windows that share no time, and nothing ambiguous", () => {
  const desk = new CaseDesk();
  const row = (verdict: "inconsistent" | "ambiguous", ...from: readonly number[]) => ({
    ...{ terminal: "ut-1", atMs: 1, verdict, offsetKm: 12.3 },
    contradictions: from.map(fromMs => ({ fromMs, toMs: fromMs + 60 })),
  });
  assert.deepEqual(seen(see(desk, { locations: [row("inconsistent", 0)] })), []);
  const same = [row("inconsistent", 0, 30), row("inconsistent", 0, 59), row("inconsistent", 0)];
  assert.deepEqual(seen(see(desk, { locations: same })), [], "the same minute said three times");
  assert.deepEqual(seen(see(desk, { locations: [row("ambiguous", 0, 60, 120)] })), []);
  assert.deepEqual(seen(see(desk, { locations: [row("inconsistent", 0, 60)] })), [["P11", ["ut-1"]]]);
});

test("a row of location evidence has its contradictions and no place", () => {
  const window = (fromMs: number, outcome: "contradicts" | "agrees", offsetKm: number | null) => ({
    ...{ fromMs, toMs: fromMs + 60, outcome, why: "elsewhere" as const, satellites: 4, measurements: 4 },
    ...{
      longestTrackS: 60,
      chanceLog10: -9,
      offsetKm,
      ellipse95Km: null,
      openShare: 0,
      doppler: "absent" as const,
    },
  });
  const evidence = {
    ...{
      id: "loc-1",
      terminalId: "ut-1",
      verdict: "inconsistent" as const,
      atMs: 120,
      because: "Two windows",
    },
    ...{ claimedCell: "852d602bfffffff", measuredCell: "851f5273fffffff" },
    windows: [window(0, "contradicts", 3.1), window(60, "contradicts", 5.2), window(120, "agrees", 0.1)],
  };
  assert.deepEqual(locationRowOf(evidence), {
    ...{ terminal: "ut-1", atMs: 120, verdict: "inconsistent", offsetKm: 5.2 },
    contradictions: [
      { fromMs: 0, toMs: 60 },
      { fromMs: 60, toMs: 120 },
    ],
  });
});

test("P12 grants the whole cell, and asks for hours", () => {
  const desk = new CaseDesk();
  const sites = [{ id: "site-1", title: "The compound", cell: 10n, radiusKm: 5, asserter: "a ministry" }];
  const near = (cell: bigint, hours: number) =>
    see(desk, { visits: [visit("ut-1", cell, 0, hours * hourMs)], sites });
  assert.deepEqual(seen(near(11n, 6)), [["P12", ["ut-1"]]], "20 km between centres, 10 km of reach each");
  assert.deepEqual(seen(near(12n, 6)), [], "40 km between centres leave 20 km");
  assert.deepEqual(seen(near(11n, 5)), []);
});

test("P13 needs long silence and another side", () => {
  const desk = new CaseDesk();
  const back = (days: number, cell: bigint, country: string) =>
    see(desk, {
      visits: [
        visit("ut-1", 0n, 0, hourMs),
        visit("ut-1", cell, hourMs + days * dayMs, hourMs + (days + 1) * dayMs, country),
      ],
    });
  assert.deepEqual(seen(back(14, 1n, "BB")), [["P13", ["ut-1"]]]);
  assert.deepEqual(seen(back(14, 5n, "AA")), [["P13", ["ut-1"]]]);
  assert.deepEqual(seen(back(14, 1n, "AA")), [], "back next door");
  assert.deepEqual(seen(back(13, 5n, "BB")), [], "two weeks are not over");
});

test("P14 finds numbers as people type them, and only those on record", () => {
  const desk = new CaseDesk();
  const listing = (text: string) => see(desk, { listings: [{ id: "ad-1", text, seenMs: 1 }] });
  assert.deepEqual(seen(listing("New! kit0000 0001 sealed, works everywhere")), [["P14", ["ut-1"]]]);
  assert.deepEqual(seen(listing("serial no. sn1002, box missing")), [["P14", ["ut-2"]]]);
  assert.deepEqual(seen(listing("KIT00000099 and a dish KIT in a box")), []);
});

test("the same rows give the same signals, and every pattern tells whom else it fits", () => {
  const desk = new CaseDesk();
  const rows = { countryDays: [{ terminal: "ut-1", stays: stays(70, "BB") }] };
  assert.deepEqual(see(desk, rows), see(desk, rows));
  for (const signal of see(desk, rows))
    assert.equal(caseSignalOf(signal).falsePositives, patterns[signal.pattern].falsePositives);
  assert.deepEqual(
    Object.keys(patterns),
    Array.from({ length: 14 }, (_, i) => `P${i + 1}`),
  );
});

test("a person looks at protected sites first, then where families differ", () => {
  const desk = new CaseDesk();
  const rows: Partial<Observations> = {
    countryDays: ["ut-1", "ut-2", "ut-3"].map(terminal => ({ terminal, stays: stays(70, "BB") })),
    locations: [
      {
        terminal: "ut-2",
        atMs: 1,
        verdict: "inconsistent",
        contradictions: [
          { fromMs: 0, toMs: 9 },
          { fromMs: 9, toMs: 18 },
        ],
        offsetKm: null,
      },
    ],
  };
  desk.do(ada, "protectedSite.register", {
    ...{
      title: "Lower Town Clinic",
      kind: "health",
      site: { latDeg: 1, lonDeg: 1 },
      radiusKm: 1,
      terminalIds: ["ut-3"],
    },
    ...{ asserter: "the district", source: "its register" },
  });
  const order = reviewOrder(desk.book, see(desk, rows), desk.atMs);
  assert.deepEqual(
    order.map(({ terminalId }) => terminalId),
    ["ut-3", "ut-2", "ut-1"],
  );
  assert.deepEqual(order[1]!.families, ["measurement", "place"]);
});
