// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { defaultPolicy, handoverGap, type LinkState, slotAt, slotStartMs } from "@perigee/network";
import { builtInConstellation } from "../constellation.ts";
import { NetworkService } from "../network-service.ts";
import { AT_MS, regionCells, regionPlanet, siteAt, WARSAW } from "../planet/testing/region.ts";
import type { LinkConditionRequest } from "./contract.ts";
import { linkChanges } from "./link-changes.ts";
import { LinkConditions } from "./link-conditions.ts";

const constellation = builtInConstellation(AT_MS, AT_MS);
const slot = slotAt(AT_MS) + 1;
const startMs = slotStartMs(slot);
/** Reached over lasers, and interrupted when it is moved in this slot. */
const ARCTIC = ["north-a", "north-b", "north-c", "north-d", "north-e", "north-f"].find(
  id => handoverGap(defaultPolicy.link, 1, id, slot, startMs) !== null,
)!;
const sites = [
  siteAt("warsaw", WARSAW),
  siteAt("madrid", { latDeg: 40.4168, lonDeg: -3.7038 }),
  siteAt(ARCTIC, { latDeg: 70.736, lonDeg: -117.771 }),
];
const linkOf = (links: readonly LinkState[], id: string): LinkState =>
  links.find(({ terminalId }) => terminalId === id)!;
const satellitesOf = ({ nodes }: LinkState): string[] =>
  nodes.filter(({ kind }) => kind === "satellite").map(({ id }) => id);

const shared = new NetworkService(constellation, 1);

/** The plan of the slot with conditions in force since a second before it. */
function planned(conditions: readonly LinkConditionRequest[], network = shared) {
  network.conditions.clear(null, startMs);
  assert.ok(network.conditions.set(conditions, startMs - 1000));
  return { network, plan: network.plan(slot, sites).plan };
}

const plain = planned([]).plan;

test("a terminal's condition changes its link by as much as it says, and no other's", () => {
  const effects = { addedMs: 40, loss: 0.1, downFactor: 0.5, upMbps: 3 };
  const { plan } = planned([{ on: "terminal:warsaw", ...effects }]);
  const [was, is] = [linkOf(plain.links, "warsaw"), linkOf(plan.links, "warsaw")];
  for (const [k, ms] of was.oneWayMs.entries()) assert.ok(Math.abs(is.oneWayMs[k]! - ms - 40) < 1e-9);
  assert.ok(Math.abs(is.rttMs.median - was.rttMs.median - 80) < 1e-9);
  assert.ok(Math.abs(is.rttMs.floor - was.rttMs.floor - 80) < 1e-9);
  assert.ok(Math.abs(is.hops.reduce((sum, hop) => sum + hop.delayMs, 0) - is.oneWayMs[0]) < 1e-9);
  assert.ok(Math.abs(1 - is.lossProbability - (1 - was.lossProbability) * 0.9) < 1e-12);
  assert.deepEqual([is.downMbps, is.upMbps], [was.downMbps / 2, 3]);
  const { hops, oneWayMs, rttMs, lossProbability, downMbps, upMbps, ...rest } = is;
  assert.deepEqual({ ...was, ...rest }, was, "the way is the same");
  for (const id of ["madrid", ARCTIC]) assert.deepEqual(linkOf(plan.links, id), linkOf(plain.links, id));
});

test("what leads over a satellite, a laser, a gateway or a PoP feels its condition, whoever it belongs to", () => {
  const arctic = linkOf(plain.links, ARCTIC);
  const over = satellitesOf(arctic);
  assert.ok(over.length > 1, "the arctic is reached over lasers");
  const targets = [
    `satellite:${over.at(-1)}`,
    `satellite:${constellation.elements[arctic.satellite.index]!.name}`,
    `laser:${over[0]}-${over[1]}`,
    `laser:${over[1]}-${over[0]}`,
    `gateway:${arctic.gateway.id}`,
    `pop:${arctic.pop.code}`,
  ];
  for (const on of targets) {
    const { network, plan } = planned([{ on, addedMs: 7 }]);
    const under = network.terminalsUnder({ on, fromMs: 0, untilMs: null }, slot);
    assert.ok(under.includes(ARCTIC), on);
    for (const link of plan.links) {
      const was = linkOf(plain.links, link.terminalId);
      const added = under.includes(link.terminalId) ? 7 : 0;
      assert.ok(Math.abs(link.oneWayMs[0] - was.oneWayMs[0] - added) < 1e-9, `${on}, ${link.terminalId}`);
    }
  }
  const { plan } = planned([
    { on: `satellite:${over[0]}`, downMbps: 50, loss: 0.5 },
    { on: `gateway:${arctic.gateway.id}`, downMbps: 20, loss: 0.5 },
  ]);
  const both = linkOf(plan.links, ARCTIC);
  assert.equal(both.downMbps, Math.min(20, arctic.downMbps));
  assert.ok(Math.abs(1 - both.lossProbability - (1 - arctic.lossProbability) / 4) < 1e-12);
});

test("a terminal that is off has no link, and is named as out of order", () => {
  const { plan } = planned([{ on: "terminal:warsaw", off: true }]);
  assert.deepEqual(
    plan.links.map(({ terminalId }) => terminalId),
    ["madrid", ARCTIC],
  );
  assert.deepEqual(plan.unserved, [{ siteId: "warsaw", reason: "outOfOrder" }]);
});

test("what fails is planned around, from the start of a slot and inside one", () => {
  const was = linkOf(plain.links, ARCTIC);
  const over = satellitesOf(was);
  const failures: [string, (link: LinkState) => boolean][] = [
    [`satellite:${over[0]}`, link => satellitesOf(link).includes(over[0]!)],
    [`gateway:${was.gateway.id}`, link => link.gateway.id === was.gateway.id],
    [
      `laser:${over[0]}-${over[1]}`,
      link => {
        const way = satellitesOf(link).join();
        return way.includes(`${over[0]},${over[1]}`) || way.includes(`${over[1]},${over[0]}`);
      },
    ],
  ];
  for (const [on, leadsOver] of failures) {
    assert.ok(leadsOver(was), on);
    const fresh = new NetworkService(constellation, 1);
    const { plan } = planned([{ on, off: true }], fresh);
    assert.ok(!leadsOver(linkOf(plan.links, ARCTIC)), `${on}, from the start`);

    const { network } = planned([]);
    const atMs = startMs + 6_000;
    network.conditions.set([{ on, off: true }], atMs);
    assert.equal(network.recondition(slot, atMs), null, "it has to be planned again");
    const inside = network.plan(slot, sites, null, atMs).plan;
    const now = linkOf(inside.links, ARCTIC);
    assert.ok(!leadsOver(now), `${on}, inside the slot`);
    if (now.satellite.index !== was.satellite.index)
      assert.deepEqual(now.gap, handoverGap(defaultPolicy.link, 1, ARCTIC, slot, atMs));
    for (const link of inside.links) {
      const before = linkOf(plain.links, link.terminalId);
      if (!leadsOver(before)) assert.deepEqual(link, before, "what stands is kept");
    }

    network.conditions.clear(on, atMs + 1);
    const back = network.plan(slot, sites, null, atMs + 1).plan;
    assert.deepEqual(
      back.links.map(({ nodes }) => nodes),
      plain.links.map(({ nodes }) => nodes),
      "repaired in the same slot, all is as it was",
    );
  }
});

test("a PoP that is off takes its terminals with it", () => {
  const { code } = linkOf(plain.links, "warsaw").pop;
  const { plan } = planned([{ on: `pop:${code}`, off: true }]);
  assert.ok(plan.links.every(({ pop }) => pop.code !== code));
  assert.ok(plan.unserved.some(({ siteId }) => siteId === "warsaw"));
});

test("who the planet serves over what failed since is planned by itself", () => {
  const cells = regionCells();
  const permitted = new Uint8Array(cells.territories.length).fill(1);
  const terminals = [sites[0]!];
  const serving = { cells: cells.table, ...regionPlanet(cells).plan({ slot, permitted, sites: terminals }) };
  const network = new NetworkService(constellation, 1);
  const before = network.plan(slot, terminals, serving).plan.links[0]!;
  const on = `satellite:${before.satellite.catalogNumber}`;
  const atMs = startMs + 2_000;
  network.conditions.set([{ on, off: true }], atMs);
  const [after] = network.plan(slot, terminals, serving, atMs).plan.links;
  assert.ok(after !== undefined && after.satellite.index !== before.satellite.index);
  assert.deepEqual([before.load === undefined, after.load], [false, undefined]);

  // Told of it, the planet itself plans around it.
  const outage = network.outageAt(atMs);
  const { plan } = regionPlanet(cells).plan({ slot, permitted, sites: terminals, outage });
  assert.ok(!plan.beams.satellite.includes(before.satellite.index));
  assert.ok(plan.beams.satellite.length > 0);
});

test("the newest condition on a target counts, for as long as it says, and no more than so many", () => {
  const dated = [
    { atS: 10, on: "terminal:a", addedMs: 1 },
    { atS: 20, on: "terminal:a", addedMs: 2, forS: 10 },
    { atS: 25, on: "terminal:b", loss: 0.5 },
  ];
  const conditions = new LinkConditions(dated, 1_000_000);
  const added = (s: number) => conditions.at(1_000_000 + s * 1000).map(({ on, addedMs }) => [on, addedMs]);
  assert.deepEqual(added(9), []);
  assert.deepEqual(added(10), [["terminal:a", 1]]);
  assert.deepEqual(added(20), [["terminal:a", 2]]);
  assert.deepEqual(added(30), [
    ["terminal:a", 1],
    ["terminal:b", undefined],
  ]);
  assert.deepEqual(
    [0, 10_000, 25_000].map(ms => conditions.nextChangeMs(1_000_000 + ms)),
    [1_010_000, 1_020_000, 1_030_000],
  );
  assert.equal(conditions.nextChangeMs(1_030_000), null);
  // By hand: in place of what is in force, beside what is to come.
  assert.ok(conditions.set([{ on: "terminal:a", off: true }], 1_015_000));
  assert.deepEqual(added(15), [["terminal:a", undefined]]);
  assert.equal(conditions.list(1_015_000).length, 3);
  assert.equal(conditions.clear("terminal:a", 1_016_000), 1);
  assert.deepEqual([added(16), added(21)], [[], [["terminal:a", 2]]]);
  const many = Array.from({ length: 1_000 }, (_, k) => ({ on: `terminal:t${k}`, loss: 0.1 }));
  const before = conditions.list(1_016_000);
  assert.equal(conditions.set(many, 1_016_000), false);
  assert.deepEqual(conditions.list(1_016_000), before, "all or none");
  assert.equal(conditions.clear(null, 1_016_000), 2);
  assert.ok(conditions.set(many, 1_016_000));
});

test("names that the network does not have are refused, one by one", () => {
  const { network } = planned([]);
  for (const on of [
    "satellite:NOBODY",
    "gateway:nowhere",
    "pop:XXX",
    "laser:1-2",
    "shell:1.0-1",
    "plane:53.0-550/99999",
    "country:ZZ",
  ])
    assert.equal(typeof network.faultOfTarget(on), "string", on);
  assert.equal(network.faultOfTarget(`pop:${linkOf(plain.links, "warsaw").pop.code}`), null);
});

/** The data plane's rule, by itself: a later state takes the place of what it overlaps. */
function known(states: readonly LinkState[]): LinkState[] {
  return states.reduce<LinkState[]>(
    (all, state) => [
      ...all.filter(
        other =>
          other.terminalId !== state.terminalId ||
          other.untilMs <= state.fromMs ||
          other.fromMs >= state.untilMs,
      ),
      state,
    ],
    [],
  );
}

test("the data plane is left with the links that there are, and none that are gone", () => {
  const next = plain.links.map(link => ({
    ...link,
    slot: slot + 1,
    fromMs: link.untilMs,
    untilMs: link.untilMs + 15_000,
  }));
  const all = [...plain.links, ...next];
  const nowMs = startMs + 4_000;
  // Every choice of what remains of two slots for three terminals.
  for (let choice = 0; choice < 2 ** all.length; choice++) {
    const after = all.filter((_, k) => (choice >> k) % 2 === 1);
    const left = known([...all, ...linkChanges(all, after, nowMs)]);
    for (const { terminalId } of plain.links) {
      for (const atMs of [nowMs, nowMs + 5_000, nowMs + 11_500, nowMs + 25_000]) {
        const covers = (link: LinkState) =>
          link.terminalId === terminalId && link.fromMs <= atMs && atMs < link.untilMs;
        assert.deepEqual(left.filter(covers), after.filter(covers), `${choice} ${terminalId} ${atMs}`);
      }
    }
  }
});
