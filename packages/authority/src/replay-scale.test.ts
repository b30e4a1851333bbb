// SPDX-License-Identifier: MIT
// F22: a long random day of an authority, decided again from its log. `PERIGEE_CASES=100000` gives the long one.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Dice } from "./admission/random-admissions.ts";
import { cases } from "./cases.ts";
import { firstBook, MemoryAuthority, randomStep } from "./invariants/memory-authority.ts";
import type { MapBook } from "./map-book.ts";
import { type LedgerDecision, replay } from "./replay.ts";

const terminals = 200;

/** An authority after a day in which at least so many decisions were made. */
function day(decisions: number, seed: number): MemoryAuthority {
  const authority = new MemoryAuthority(terminals);
  const dice = new Dice(seed);
  while (authority.log.length < decisions) randomStep(authority, dice);
  return authority;
}

const kinds = [
  ...(["party", "account", "serviceLine", "terminal", "statement", "order", "proposal", "notice"] as const),
  ...(["finding", "areaMove", "areaRequest", "bulkOrder", "breakGlass", "siteException", "appeal"] as const),
];

const recordsOf = (book: MapBook): unknown => kinds.map(kind => [...book.all(kind)]);

test("F22 a scenario of many decisions replays with 0 differences, and leads to the same records", t => {
  const decisions = cases(4_000);
  const authority = day(decisions, 22);
  const again = firstBook(terminals);
  const before = process.cpuUsage();
  const report = replay(authority.log, authority.commands, again, authority.sources());
  const { user, system } = process.cpuUsage(before);
  t.diagnostic(
    `${authority.log.length} decisions, ${report.rulings} rulings, ${report.admissions} admissions replayed in ` +
      `${Math.round((user + system) / 1000)} ms CPU, ${Math.round(process.memoryUsage().rss / 2 ** 20)} MB resident`,
  );
  assert.deepEqual(report.differences, []);
  assert.equal(report.decisions + report.admissions, authority.log.length);
  assert.ok(report.rulings > decisions / 10 && report.admissions > decisions / 10, JSON.stringify(report));
  // Requests are replayed as they were asked here, personal data included: the records are the very same.
  assert.deepEqual(recordsOf(again), recordsOf(authority.book));
});

test("F22 the same seed makes the same log, byte for byte", () => {
  const one = day(600, 7);
  const two = day(600, 7);
  assert.equal(JSON.stringify(one.log), JSON.stringify(two.log));
  assert.notEqual(JSON.stringify(one.log), JSON.stringify(day(600, 8).log));
});

test("F22 a replay from which one command, one fact or one request is missing or other says so", () => {
  const authority = day(400, 3);
  const replayed = (log: readonly LedgerDecision[], sources = authority.sources()) =>
    replay(log, authority.commands, firstBook(terminals), sources);
  const { log } = authority;
  assert.deepEqual(replayed(log).differences, []);
  const dice = new Dice(5);
  for (let i = 0; i < 25; i++) {
    const index = dice.below(log.length);
    const entry = log[index]!;
    const changed =
      entry.ruling === undefined
        ? { decision: { ...entry.decision, text: `${entry.decision.text} Or not.` } }
        : { ...entry, ruling: { ...entry.ruling, atMs: entry.ruling.atMs + 1 } };
    const { differences } = replayed(log.with(index, changed));
    assert.ok(differences.length > 0, JSON.stringify(entry));
    assert.ok(differences[0]!.index >= index);
  }
  const [first] = log.filter(({ ruling }) => ruling !== undefined);
  const sources = authority.sources();
  const without = {
    ...sources,
    requestOf: (hash: string) => (hash === first!.ruling!.requestHash ? undefined : sources.requestOf(hash)),
  };
  assert.match(replayed(log, without).differences[0]!.message, /not kept any more/);
});
