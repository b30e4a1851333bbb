// SPDX-License-Identifier: MIT
// The same requests to the authority over the embedded database and over PostgreSQL: the same answers and the same log, byte
// for byte, which replays from either.
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Actor, holderOf, type Permission } from "@perigee/authority";
import { createWorld } from "@perigee/world";
import { Dice } from "../../../authority/src/admission/random-admissions.ts";
import { cases } from "../../../authority/src/cases.ts";
import { KnownIds, RandomRequests } from "../../../authority/src/invariants/random-requests.ts";
import { stillOperator } from "../api/testing/still-operator.ts";
import { verifyStoredLog } from "../storage/ledger-audit.ts";
import { readEntries } from "../storage/ledger-store.ts";
import { embedded, scratchServer, type TestEngine } from "../storage/testing.ts";
import { demo } from "../testing.ts";
import { replayLog } from "./replay-log.ts";

const people: readonly Actor[] = ["ada", "bo", "cy", "di"].map(id => ({
  id,
  name: id,
  roles: ["compliance"],
}));

interface Day {
  readonly answers: readonly string[];
  readonly log: readonly string[];
}

/** A random day of commands and reports, the same for the same seed. */
async function dayOn(engine: TestEngine, commands: number): Promise<Day> {
  await using operator = await stillOperator([], engine);
  const { authority, clock, db, key } = operator;
  const scenario = demo();
  const world = createWorld(scenario.world, scenario.startMs);
  const known = new KnownIds(["UA", "PL", "RU", "AE", "US"], [...authority.policy.planById.keys()]);
  for (const kind of ["party", "account", "terminal", "statement"] as const)
    known.note(Array.from(authority.book.all(kind), ({ id }) => ({ kind, id })));
  const random = new RandomRequests(authority.commands.values(), known);
  const dice = new Dice(15);
  const answers: string[] = [];
  for (let i = 0; i < commands; i++) {
    clock.moveTo(clock.nowMs() + dice.pick([1, 1_000, 60_000, 3_600_000]));
    const atMs = clock.nowMs();
    if (dice.chance(0.1)) {
      await authority.takeReports(world.reportsAt(atMs), atMs);
      await authority.evaluateAll(atMs);
    }
    const name = dice.chance(0.3) ? "proposal.approve" : dice.pick(random.commands);
    const { permission } = authority.commands.get(name)!;
    if (holderOf(permission as Permission) === "customers") continue;
    const request = random.make(name, dice, atMs);
    const asked = { name, request, actor: dice.pick(people), reason: "It needs two persons" };
    const done = await authority.carryOut(asked, atMs);
    if (done.ok) known.note(done.value.changes);
    answers.push(
      done.ok ? done.value.decisions.map(({ id }) => id).join() : `${done.error.code} ${done.error.place}`,
    );
  }
  assert.ok((await verifyStoredLog(db, key)).ok);
  const { differences } = await replayLog(db, authority.commands.values());
  assert.deepEqual(differences, []);
  const log = (await readEntries(db, 0, 1_000_000)).map(({ body }) => body);
  assert.ok(log.length > commands / 4, `${log.length}`);
  return { answers, log };
}

const skip = scratchServer === null ? "PERIGEE_TEST_DATABASE_URL names no PostgreSQL server" : false;

test("F22 the same day on the embedded database and on PostgreSQL is the same log", { skip }, async () => {
  const commands = cases(400);
  const here = await dayOn(embedded, commands);
  const there = await dayOn(scratchServer!, commands);
  assert.deepEqual(there.answers, here.answers);
  assert.deepEqual(there.log, here.log);
});

test("F22 a random day of the whole service over the embedded database replays with 0 differences", async () => {
  await dayOn(embedded, cases(300));
});
