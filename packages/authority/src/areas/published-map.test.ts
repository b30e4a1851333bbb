// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  bearingDeg,
  boundaryViews,
  cellAt,
  cellBoundary,
  cellCentre,
  destination,
  distanceKm,
  type Position,
  placeOf,
  placesOfCountry,
  territories,
} from "@perigee/earth";
import { Dice } from "../admission/random-admissions.ts";
import { evaluate } from "../admission.ts";
import { cases } from "../cases.ts";
import type { SiteException } from "../decisions/exceptions.ts";
import { account, noonMs, policyOf, samplePolicyDocument, says, terminal } from "../fixture.ts";
import type { Reach } from "../lease.ts";
import { emptyHistory } from "../location-history.ts";
import type { Policy } from "../policy.ts";
import { manufactureTerminal } from "../terminal.ts";
import { why } from "./area-desk.ts";
import { AreaIndex } from "./area-index.ts";
import { cellFrame, cellNet } from "./cell-net.ts";
import type { OperatorArea } from "./operator-area.ts";
import { cellMayBeServed, PublishedMap, publishedState } from "./published-map.ts";
import { underViews } from "./under-views.ts";

const { un, ua, ru, undetermined } = boundaryViews;
const plans = samplePolicyDocument().plans;
const rule = { asserter: "Ministry", source: "resolution", validFrom: "2024-01-01" };

/** Every other territory open, some closed in each of the ways, areas and guard bands on top: a patchwork. */
function patchwork(dice: Dice, areas: readonly OperatorArea[]): Policy {
  const ids = [...territories.map(({ id }) => id), "HIGH_SEAS"];
  const statements = ids.flatMap((territory, i) => [
    says(`l${i}`, territory, "licence", dice.chance(0.75) ? "granted" : "notGranted"),
    says(`a${i}`, territory, "activation", dice.chance(0.8) ? "active" : "suspended"),
    ...(dice.chance(0.1) ? [says(`r${i}`, territory, "legalRegime", "prohibited")] : []),
  ]);
  const listed = dice.some(ids, 0.1);
  return policyOf({
    ...{
      title: "Patchwork",
      boundaryView: un.id,
      plans,
      statements: [
        ...statements,
        ...areas.filter((_, i) => i % 2 === 0).map(({ id }) => says(id, id, "legalRegime", "prohibited")),
      ],
    },
    allowLists: [...listed, ...areas.filter((_, i) => i % 4 === 1).map(({ id }) => id)].map(territory => ({
      ...rule,
      territory,
      required: true,
      entries: [],
    })),
    guardBands: areas.map(({ id: territory }, i) => ({
      ...rule,
      territory,
      widthKm: [25, 0, 15][i % 3],
      treat: (["asInside", "provisional", "asOutside"] as const)[i % 3],
    })),
  });
}

/** Round areas of many sizes, the smallest smaller than a cell. */
function randomAreas(dice: Dice, count: number): readonly OperatorArea[] {
  return Array.from({ length: count }, (_, i) => {
    const centre = { lonDeg: dice.next() * 340 - 170, latDeg: dice.next() * 140 - 70 };
    const km = [1.5, 6, 40, 200][i % 4]!;
    const corners = Array.from({ length: 12 }, (_, k) =>
      destination(centre, k * 30, km * (0.6 + 0.4 * dice.next())),
    );
    const ring = corners.toReversed().map(({ lonDeg, latDeg }) => [lonDeg, latDeg] as const);
    return {
      ...{
        id: `op-${i}`,
        title: "Area",
        rings: [[...ring, ring[0]!]],
        mapErrorKm: i % 5,
        driftKmPerDay: 0,
        asOfMs: 0,
      },
      ...{ validFromMs: 0, validToMs: null, asserter: "Survey", source: "sheet" },
    };
  });
}

/** A point inside a cell, and nowhere on its sides. */
function pointIn(dice: Dice, cell: string): Position {
  for (;;) {
    const centre = cellCentre(cell);
    const reachKm = Math.max(...cellBoundary(cell).map(corner => distanceKm(centre, corner)));
    const point = destination(centre, dice.next() * 360, reachKm * Math.sqrt(dice.next()));
    if (cellAt(point.latDeg, point.lonDeg) === cell) return point;
  }
}

function reachAt(point: Position, policy: Policy, index: AreaIndex): Reach | "nothing" {
  const place = placeOf(point.latDeg, point.lonDeg, un);
  const last = { ...point, atMs: noonMs, cell: cellAt(point.latDeg, point.lonDeg), place };
  return evaluate({
    ...{ atMs: noonMs, policy, boundaryView: un, ...index.around(point.latDeg, point.lonDeg, noonMs, place) },
    terminal: terminal({ planId: "sea" }),
    account: { ...account, country: place.country ?? place.territory },
    location: { ...emptyHistory, last },
  }).reach;
}

test("F29, I16: 10,000 random cells, random points in them: the map and admission never disagree", () => {
  const dice = new Dice(29);
  const areas = randomAreas(dice, 40);
  const index = new AreaIndex(areas);
  const policy = patchwork(dice, areas);
  const map = new PublishedMap({ policy, view: un, atMs: noonMs, areas: index });
  const seen = { served: 0, notServed: 0, inPart: 0, notPublished: 0 };
  const count = cases(10_000);
  for (let i = 0; i < count; i++) {
    // A third near the edges of areas, where everything happens; the others anywhere, evenly over the sphere.
    const { rings } = dice.pick(areas);
    const [lonDeg, latDeg] = dice.pick(rings[0]!);
    const place =
      i % 3 === 0
        ? destination({ lonDeg, latDeg }, dice.next() * 360, 30 * dice.next())
        : { latDeg: (Math.asin(2 * dice.next() - 1) * 180) / Math.PI, lonDeg: 360 * dice.next() - 180 };
    const cell = cellAt(place.latDeg, place.lonDeg);
    const { state } = map.state(cell);
    seen[state]++;
    for (let k = 0; k < 2; k++) {
      const point = k === 0 ? place : pointIn(dice, cell);
      const isServed = reachAt(point, policy, index) === "all";
      if (state !== "inPart")
        assert.equal(isServed, state === "served", `${cell} ${JSON.stringify(point)} ${state}`);
    }
  }
  assert.ok(Math.min(seen.served, seen.notServed, seen.inPart) > count / 100, JSON.stringify(seen));
});

test("F29: a cell in part holds points of both kinds, where a search all over it is fine enough to find them", () => {
  const dice = new Dice(30);
  const areas = randomAreas(dice, 40);
  const index = new AreaIndex(areas);
  const policy = patchwork(dice, areas);
  const map = new PublishedMap({ policy, view: un, atMs: noonMs, areas: index });
  let [inPart, both] = [0, 0];
  for (let i = 0; i < 200; i++) {
    const [lonDeg, latDeg] = dice.pick(dice.pick(areas).rings[0]!);
    const cell = cellAt(latDeg, lonDeg);
    if (map.state(cell).state !== "inPart") continue;
    inPart++;
    const reaches = new Set(
      Array.from({ length: 60 }, () => reachAt(pointIn(dice, cell), policy, index) === "all"),
    );
    if (reaches.size === 2) both++;
  }
  assert.ok(inPart > 30 && both / inPart > 0.85, `${both} of ${inPart}`);
});

test("F29: at the borders of territories, found by halving the way between two points, map and admission agree", () => {
  const dice = new Dice(32);
  const policy = patchwork(dice, []);
  const index = new AreaIndex([]);
  const map = new PublishedMap({ policy, view: un, atMs: noonMs });
  const served = (point: Position): boolean => reachAt(point, policy, index) === "all";
  const land = ["DE", "BR", "CD", "IN", "US", "AU", "EG", "PL", "TR", "MX"].map(code => centreOf(code));
  let [inPart, cut] = [0, 0];
  const missed: string[] = [];
  for (let i = 0; i < 500; i++) {
    const from = destination(dice.pick(land), dice.next() * 360, 900 * dice.next());
    const bearing = dice.next() * 360;
    let [near, far] = [0, 2_500];
    if (served(from) === served(destination(from, bearing, far))) continue;
    while (far - near > 0.2) {
      const middle = (near + far) / 2;
      if (served(destination(from, bearing, middle)) === served(from)) near = middle;
      else far = middle;
    }
    const edge = destination(from, bearing, near);
    const cell = cellAt(edge.latDeg, edge.lonDeg);
    const beyond = destination(from, bearing, far);
    if (cellAt(beyond.latDeg, beyond.lonDeg) !== cell) continue;
    cut++;
    const { state } = map.state(cell);
    if (state === "inPart") inPart++;
    else missed.push(cell);
    for (let k = 0; k < 4; k++) {
      if (state !== "inPart") assert.equal(served(pointIn(dice, cell)), state === "served", cell);
    }
  }
  // What the map may miss is narrower than the way between two points of the net.
  assert.ok(cut > 100 && missed.length <= cut / 100, `${inPart} of ${cut}; missed ${missed}`);
});

test("F29: an area or the reach of a guard band that lies between the points looked at is found all the same", () => {
  const cell = cellAt(52.52, 13.405);
  const frame = cellFrame(cell);
  const net = cellNet(frame);
  const round = (centre: Position, km: number): OperatorArea => {
    const corners = [0, 120, 240].map(bearing => destination(centre, bearing, km));
    const ring = corners.map(({ lonDeg, latDeg }) => [lonDeg, latDeg] as const);
    return {
      ...{
        id: "op-0",
        title: "Area",
        rings: [[...ring, ring[0]!]],
        mapErrorKm: 0,
        driftKmPerDay: 0,
        asOfMs: 0,
      },
      ...{ validFromMs: 0, validToMs: null, asserter: "Survey", source: "sheet" },
    };
  };
  const stateWith = (area: OperatorArea, treat: string | null): string => {
    const statements = [
      says("l", "DE", "licence", "granted"),
      says("a", "DE", "activation", "active"),
      says("x", "op-0", "legalRegime", "prohibited"),
    ];
    const guardBands = treat === null ? [] : [{ ...rule, territory: "op-0", widthKm: 0, treat }];
    const policy = policyOf({ title: "T", boundaryView: un.id, plans, statements, guardBands });
    return publishedState(cell, { policy, view: un, atMs: noonMs, areas: new AreaIndex([area]) }).state;
  };
  // A plot of 100 m, 350 m from the centre: the nearest points of the net are farther from it.
  const plot = destination(frame.centre, 17, 0.35);
  assert.ok(net.every(point => distanceKm(point, plot) > 0.1));
  assert.equal(stateWith(round(plot, 0.1), null), "inPart");
  // A plot 200 m outside the cell, halfway between two points of a side: its band of 300 m reaches in.
  const [a, b] = net
    .filter(point => cellBoundary(cell).every(corner => distanceKm(corner, point) > 1))
    .filter(point => cellAt(...outward(frame.centre, point, 0.05)) !== cell)
    .flatMap((one, _, side) =>
      side.filter(other => other !== one && distanceKm(one, other) < 1).map(other => [one, other]),
    )[0]!;
  const middle = { latDeg: (a!.latDeg + b!.latDeg) / 2, lonDeg: (a!.lonDeg + b!.lonDeg) / 2 };
  const [latDeg, lonDeg] = outward(frame.centre, middle, 0.22);
  const outside = round({ latDeg, lonDeg }, 0.01);
  assert.ok(net.every(point => distanceKm(point, { latDeg, lonDeg }) > 0.31));
  assert.equal(stateWith(outside, null), "served");
  assert.equal(stateWith(outside, "asInside"), "inPart");
});

test("F29: a small country inside a cell whose centre and corners are all its neighbour's is on the map", () => {
  const dice = new Dice(33);
  const small = ["SM", "VA", "LI", "MC", "AD", "LU", "GI", "BH", "SG", "MT", "BN", "GM"];
  const open = territories.filter(({ id }) => !small.includes(id));
  const statements = open.flatMap(({ id }, i) => [
    says(`l${i}`, id, "licence", "granted"),
    says(`a${i}`, id, "activation", "active"),
  ]);
  const map = new PublishedMap({
    policy: policyOf({ title: "T", boundaryView: un.id, plans, statements }),
    view: un,
    atMs: noonMs,
  });
  let hidden = 0;
  for (const code of small) {
    for (let i = 0; i < 30; i++) {
      const point = destination(centreOf(code), dice.next() * 360, 30 * dice.next());
      if (placeOf(point.latDeg, point.lonDeg, un).territory !== code) continue;
      const cell = cellAt(point.latDeg, point.lonDeg);
      const around = [cellCentre(cell), ...cellBoundary(cell)];
      if (around.every(corner => placeOf(corner.latDeg, corner.lonDeg, un).territory !== code)) hidden++;
      assert.notEqual(map.state(cell).state, "served", `${code} in ${cell}`);
    }
  }
  assert.ok(hidden > 5, `${hidden}`);
});

/** The point so many km farther from the centre. */
function outward(centre: Position, point: Position, km: number): readonly [latDeg: number, lonDeg: number] {
  const { latDeg, lonDeg } = destination(centre, bearingDeg(centre, point), distanceKm(centre, point) + km);
  return [latDeg, lonDeg];
}

function centreOf(code: string): Position {
  const [town] = placesOfCountry(code);
  return town!;
}

test("F28, F29: a sealed cell says that it is not published, and nothing about what holds there", () => {
  const berlin = cellAt(52.52, 13.405);
  const open = [says("l", "DE", "licence", "granted"), says("a", "DE", "activation", "active")];
  const document = (more: readonly object[]): object => ({
    title: "T",
    boundaryView: un.id,
    plans,
    statements: [...open, ...more],
  });
  const input = { view: un, atMs: noonMs };
  const secret = policyOf(document([says("s", "DE", "legalRegime", "prohibited")]));
  assert.deepEqual(publishedState(berlin, { ...input, policy: secret, sealed: new Set(["DE"]) }), {
    state: "notPublished",
  });
  assert.deepEqual(publishedState(berlin, { ...input, policy: secret }), {
    state: "notServed",
    reasons: ["LEGAL_REGIME"],
  });
  assert.deepEqual(
    publishedState(berlin, { ...input, policy: policyOf(document([])), sealed: new Set([berlin]) }),
    { state: "notPublished" },
  );
  assert.deepEqual(
    publishedState(berlin, { ...input, policy: policyOf(document([])), sealed: new Set(["FR"]) }),
    { state: "served" },
  );
});

test("a cell gets a beam if any terminal in it may be linked: lists and exceptions count, and nobody is linked elsewhere", () => {
  const berlin = cellAt(52.52, 13.405);
  const statements = [
    says("l", "DE", "licence", "granted"),
    says("a", "DE", "activation", "restricted"),
    says("n", "PL", "licence", "granted"),
    says("p", "PL", "activation", "suspended"),
  ];
  const allowLists = [{ ...rule, territory: "DE", required: true, entries: [] }];
  const policy = policyOf({ title: "T", boundaryView: un.id, plans, statements, allowLists });
  const input = { policy, view: un, atMs: noonMs };
  // An ordinary terminal is not served, a listed one would be: the cell has its beam.
  assert.deepEqual(publishedState(berlin, input), { state: "notServed", reasons: ["NOT_ON_ALLOWLIST"] });
  assert.equal(cellMayBeServed(berlin, input), true);
  const warsaw = { latDeg: 52.23, lonDeg: 21.01 };
  const cell = cellAt(warsaw.latDeg, warsaw.lonDeg);
  assert.equal(cellMayBeServed(cell, input), false);
  const exception: SiteException = {
    ...{
      id: "exc",
      title: "Hospital",
      terminalIds: ["ut-1"],
      site: warsaw,
      radiusKm: 1,
      lifts: ["AREA_NOT_ACTIVE"],
    },
    ...{ licenceExceptionId: null, reason: why, fromMs: 0, toMs: noonMs + 1, grantedToMs: noonMs + 1 },
  };
  assert.equal(cellMayBeServed(cell, { ...input, exceptions: [exception] }), true);
  assert.equal(
    cellMayBeServed(cell, { ...input, exceptions: [{ ...exception, toMs: noonMs }] }),
    false,
    "it is over",
  );
  assert.equal(
    cellMayBeServed(cell, { ...input, exceptions: [{ ...exception, lifts: ["PLAN_OCEAN"] }] }),
    false,
  );
  assert.equal(
    cellMayBeServed(cell, { ...input, exceptions: [{ ...exception, site: { latDeg: 51, lonDeg: 21 } }] }),
    false,
    "elsewhere",
  );
});

test("I16: wherever admission links a terminal, the cell has its beam: 1,000 random cells", () => {
  const dice = new Dice(31);
  const areas = randomAreas(dice, 40);
  const index = new AreaIndex(areas);
  const policy = patchwork(dice, areas);
  const map = new PublishedMap({ policy, view: un, atMs: noonMs, areas: index });
  let [beams, dark] = [0, 0];
  for (let i = 0; i < 1_000; i++) {
    const cell = cellAt((Math.asin(2 * dice.next() - 1) * 180) / Math.PI, 360 * dice.next() - 180);
    const point = pointIn(dice, cell);
    const place = placeOf(point.latDeg, point.lonDeg, un);
    const { linked } = evaluate({
      ...{
        atMs: noonMs,
        policy,
        boundaryView: un,
        ...index.around(point.latDeg, point.lonDeg, noonMs, place),
      },
      terminal: manufactureTerminal("ut-9", "Anybody's", 0),
      account: null,
      location: { ...emptyHistory, last: { ...point, atMs: noonMs, cell, place } },
    });
    const beam = map.mayBeServed(cell);
    if (linked) assert.equal(beam, true, cell);
    if (beam) beams++;
    else dark++;
  }
  assert.ok(beams > 150 && dark > 150, `${beams} ${dark}`);
});

test("F30: one point, several views, each decided by its own policy and explained, at the time each was followed", () => {
  const policyFor = (viewId: string): Policy =>
    policyOf({
      ...{ title: `Policy under ${viewId}`, boundaryView: viewId, plans },
      statements: [
        ...["UA", "RU", "Q7835"].map(territory => says(`a-${territory}`, territory, "activation", "active")),
        says("l-ua", "UA", "licence", "granted"),
        says("l-q", "Q7835", "licence", "granted"),
        says("l-ru", "RU", "licence", "notGranted"),
      ],
    });
  const inUse = [un, ua, ru, undetermined].map(view => ({
    view,
    policy: policyFor(view.id),
    fromMs: null,
    toMs: null,
  }));
  const sevastopol = { latDeg: 44.6166, lonDeg: 33.5254 };
  const subject = { atMs: noonMs, terminal: terminal(), account, location: emptyHistory };
  const found = underViews(sevastopol, inUse, subject);
  assert.deepEqual(
    found.map(({ view, place, admission }) => [view.id, place.territory, place.country, admission.reason]),
    [
      ["un", "Q7835", "UA", "ALLOW"],
      ["ua", "Q7835", "UA", "ALLOW"],
      ["ru", "Q7835", "RU", "AREA_NOT_LICENSED"],
      ["undetermined", "Q7835", null, "ALLOW"],
    ],
  );
  assert.match(found[2]!.explanation.paragraph, /may not be online: AREA_NOT_LICENSED.*asserter of l-ru/s);
  assert.match(found[0]!.explanation.paragraph, /may be online/);
  assert.equal(new Set(found.map(({ policyVersion }) => policyVersion)).size, 4);
  // A view that was followed until noon is not followed at noon.
  const dated = inUse.map(one => (one.view.id === "ua" ? { ...one, toMs: noonMs } : one));
  assert.deepEqual(
    underViews(sevastopol, dated, subject).map(({ view }) => view.id),
    ["un", "ru", "undetermined"],
  );
  const swapped = [{ ...inUse[0]!, view: ru }];
  assert.throws(() => underViews(sevastopol, swapped, subject), RangeError);
});
