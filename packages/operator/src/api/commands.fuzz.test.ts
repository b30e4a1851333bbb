// SPDX-License-Identifier: MIT
// Whatever a client sends: an answer below 500, and either a whole change that is logged or none at all. Every command, every
// preview, policies, files of terminals and sanctions lists, through the real server over the embedded database.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type CommandEntry, holderOf, type Permission } from "@perigee/authority";
import { sql } from "kysely";
import { Dice } from "../../../authority/src/admission/random-admissions.ts";
import { cases } from "../../../authority/src/cases.ts";
import { KnownIds, RandomRequests } from "../../../authority/src/invariants/random-requests.ts";
import { replayLog } from "../authority/replay-log.ts";
import { verifyStoredLog } from "../storage/ledger-audit.ts";
import { spoil } from "./testing/spoil.ts";
import { asPerson, type StillOperator, stillOperator } from "./testing/still-operator.ts";

let operator: StillOperator;
let known: KnownIds;
let random: RandomRequests;

const customer = {
  id: "customer",
  name: "Customer",
  email: "c@perigee.example",
  roles: [],
  party: "bursztyn-boats",
};

before(async () => {
  operator = await stillOperator([customer]);
  const { authority } = operator;
  const territories = ["UA", "UA-43", "RU", "PL", "AE", "US", "CA", "HIGH_SEAS", "nowhere"];
  known = new KnownIds(territories, [...authority.policy.planById.keys()]);
  for (const kind of ["party", "account", "serviceLine", "terminal", "statement"] as const) {
    known.note(Array.from(authority.book.all(kind), ({ id }) => ({ kind, id })));
  }
  random = new RandomRequests(authority.commands.values(), known);
});
after(() => operator[Symbol.asyncDispose]());

/** How much of everything is on record: no row can come, go or be closed without one of these changing. */
async function rows(): Promise<string> {
  const { rows: found } = await sql<{ all: string }>`
    select concat_ws(' ',
      (select count(*) from record), (select max(row) from record),
      (select count(*) from record where known_to_ms is null),
      (select count(*) from decision), (select count(*) from ledger_entry), (select max(size) from ledger_head),
      (select count(*) from command_request), (select count(*) from admission_facts),
      (select count(*) from screening_list), (select count(*) from person), (select count(*) from api_key)
    ) as all`.execute(operator.db);
  return found[0]!.all;
}

/** The number of the next transaction that writes: while it stays, nobody has written anything. */
async function nextWrite(): Promise<string> {
  const { rows: found } = await sql<{ next: string }>`
    select pg_snapshot_xmax(pg_current_snapshot())::text as next`.execute(operator.db);
  return found[0]!.next;
}

const officers = ["ines-calloway", "tomas-reid", "amara-osei", "lukas-brandt", "mei-tanaka", "jonas-fell"];

/** Somebody who may give the command, mostly. */
function whoFor({ permission }: CommandEntry, dice: Dice): string {
  if (dice.chance(0.03)) return dice.pick(["paolo-venn", "ruth-adeyemi", "sara-lindqvist", "customer"]);
  const holder = holderOf(permission as Permission);
  if (holder === "customers") return "customer";
  if (typeof holder === "string") return "ines-calloway";
  const held = operator.context.access.people
    .list()
    .filter(({ id, roles }) => officers.includes(id) && roles.some(role => holder.includes(role)));
  return dice.pick(held).id;
}

interface Asked {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly url: string;
  readonly person: string;
  readonly body?: string;
  readonly type?: string;
}

const counted = new Map<number, number>();
const codes = new Map<string, number>();
let recorded = "";
let written = "";
let unchecked = 0;

/** Asks, and holds the answer and the records against each other. */
async function ask({ method, url, person, body, type = "application/json" }: Asked): Promise<number> {
  const { server, decisions } = operator;
  const decided = decisions.length;
  const answer = await server.inject({
    ...{ method, url },
    headers: { ...asPerson(person), ...(body === undefined ? {} : { "content-type": type }) },
    ...(body === undefined ? {} : { payload: body }),
  });
  const { statusCode: status } = answer;
  const told = (): string =>
    `${method} ${url} ${person} ${body?.slice(0, 3_000)}\n${status} ${answer.body.slice(0, 500)}`;
  assert.ok(status < 500, told());
  counted.set(status, (counted.get(status) ?? 0) + 1);
  if (status >= 400) {
    const problem = JSON.parse(answer.body) as { code: string; status: number; detail: string };
    assert.ok(
      /^[A-Z][A-Z0-9_]+$/.test(problem.code) && problem.status === status && problem.detail.length > 0,
      told(),
    );
    codes.set(problem.code, (codes.get(problem.code) ?? 0) + 1);
    // Whoever asks may be the first since something fell due: that is recorded, whatever becomes of the request.
    const due = decisions.slice(decided).some(({ actor }) => actor?.id === "system");
    if (due) recorded = await rows();
    else assert.equal(decisions.length, decided, told());
    // What the schema refuses never comes near the records: those are counted together.
    if (problem.code === "INVALID_INPUT" && ++unchecked < 100) return status;
  }
  unchecked = 0;
  const next = await nextWrite();
  if (next === written) {
    assert.ok(status >= 400 || !/[/]commands|screening-lists/.test(url) || method === "GET", told());
    return status;
  }
  written = next;
  const now = await rows();
  if (status >= 400 || method === "GET") assert.equal(now, recorded, told());
  else if (/commands|screening-lists/.test(url)) {
    const made = JSON.parse(answer.body) as {
      records?: { kind: never; id: string }[];
      decisions?: unknown[];
    };
    assert.ok(now !== recorded && decisions.length > decided, told());
    if (made.decisions !== undefined) assert.ok(made.decisions.length > 0, told());
    known.note(made.records ?? []);
  }
  recorded = now;
  return status;
}

/** Time passes, and what falls due is recorded before anybody asks for anything. */
async function later(ms: number): Promise<void> {
  operator.clock.moveTo(operator.clock.nowMs() + ms);
  await operator.authority.evaluateAll(operator.clock.nowMs());
  recorded = await rows();
}

const addressOf = ({ name, permission }: CommandEntry): string =>
  holderOf(permission as Permission) === "customers" ? `/v1/portal/commands/${name}` : `/v1/commands/${name}`;

function requestOf(entry: CommandEntry, dice: Dice): unknown {
  const request = random.make(entry.name, dice, operator.clock.nowMs());
  if (holderOf(entry.permission as Permission) !== "customers") return request;
  const { party: _, ...rest } = request;
  return rest;
}

test("every command and its preview, 5,600 bodies: no failure, no partial write", async () => {
  const dice = new Dice(4_001);
  const entries = [...operator.authority.commands.values()];
  recorded = await rows();
  const total = cases(5_600);
  for (let i = 0; i < total; i++) {
    if (dice.chance(0.02)) await later(dice.pick([1, 60_000, 3_600_000]));
    const entry = dice.chance(0.08)
      ? operator.authority.commands.get("proposal.approve")!
      : entries[i % entries.length]!;
    const body = spoil(requestOf(entry, dice), dice);
    const person = whoFor(entry, dice);
    if (dice.chance(0.2)) await ask({ method: "POST", url: `/v1/previews/${entry.name}`, person, body });
    else {
      const reason = dice.chance(0.8)
        ? ""
        : `?reason=${encodeURIComponent(dice.pick(["short", "A reason that is one", "\u0000".repeat(12), "\ud83d".repeat(20).toWellFormed()]))}`;
      await ask({ method: "POST", url: `${addressOf(entry)}${reason}`, person, body });
    }
  }
  const done = (counted.get(201) ?? 0) + (counted.get(202) ?? 0);
  assert.ok(done > total / 50, `${[...counted].join(" ")} ${[...codes].join(" ")}`);
});

test("policy documents, 1,000: planned or refused with the place, and what is planned can be proposed", async () => {
  const dice = new Dice(4_002);
  const { authority } = operator;
  const { document } = authority.book.get("policy", "policy")! as { document: object };
  recorded = await rows();
  for (let i = 0; i < cases(1_000); i++) {
    const body = spoil({ document }, dice);
    const url = "/v1/policy/plan";
    await ask({ method: "POST", url, person: "tomas-reid", body });
    if (!dice.chance(0.1)) continue;
    const planned = {
      documentHash: dice.pick(["0", "a"]).repeat(64),
      againstVersion: authority.policy.version,
    };
    const request = { document, planned, reason: "A policy for the test" };
    await ask({
      method: "POST",
      url: "/v1/commands/policy.apply?reason=It%20is%20planned%20so",
      person: "tomas-reid",
      body: spoil(request, dice),
    });
  }
});

test("sanctions lists, 1,000: whole or not at all, and a version never changes", async () => {
  const dice = new Dice(4_003);
  recorded = await rows();
  for (let i = 0; i < cases(1_000); i++) {
    const entry = (n: number) => ({
      id: `L${n}`,
      names: ["Юрий Шестопалов", "Yuri S"],
      kind: "person",
      country: "CC",
      birthDate: "1970-02-03",
    });
    const body = dice
      .list(4, n => spoil(entry(n), dice).replaceAll("\n", " "))
      .join(dice.pick(["\n", "\r\n", "\n\n"]));
    const type = dice.pick(["application/jsonl", "application/jsonl", "application/json", "text/plain"]);
    const url = `/v1/screening-lists?list=fuzz&version=${dice.chance(0.9) ? i : "0"}`;
    await ask({ method: "POST", url, person: "ines-calloway", body, type });
  }
});

const hostileWords = [
  "",
  " ",
  "\u0000",
  "\ud800".toWellFormed(),
  "%",
  "'",
  "__proto__",
  "constructor",
  "x".repeat(301),
  "-1",
  "1e9",
  "NaN",
  "../..",
  "2026-02-30T00:00:00Z",
  "+275760-09-13T00:00:00.000Z",
  "0000-01-01T00:00:00Z",
  "-",
  "a:b",
  "id:x",
  "id<5",
  "a.b.c!d",
  "state:active",
  "csv",
  "json",
  "kyiv",
  "9007199254740993",
];

test("every address that is read, 2,400 questions: an answer or a refusal, and nothing changes", async () => {
  const dice = new Dice(4_004);
  const { server } = operator;
  const skipped =
    /events|ledger\/(replay|verify|bundle)|faults|elements|\*|planet|openapi|ephemeris|satellites|public\/(map|borders|place)|boundary-views/;
  const reads = [...server.routePermissions.keys()].filter(
    route => route.startsWith("GET /v1/") && !skipped.test(route),
  );
  assert.ok(reads.length > 40, `${reads.length}`);
  const names = [
    "q",
    "where",
    "sort",
    "from",
    "limit",
    "validAt",
    "knownAt",
    "format",
    "to",
    "at",
    "id",
    "person",
    "view",
    "lat",
    "lon",
    "size",
    "index",
    "first",
    "second",
    "extra",
  ];
  recorded = await rows();
  for (let i = 0; i < cases(2_400); i++) {
    const route = reads[i % reads.length]!.slice("GET ".length);
    const path = route.replace(/:[a-zA-Z]+/g, () =>
      encodeURIComponent(dice.pick([...hostileWords, "kyiv"]).slice(0, 150) || "x"),
    );
    const query = dice.list(
      3,
      () =>
        `${dice.pick(names)}=${dice.chance(0.1) ? "%00%ff%" : encodeURIComponent(dice.pick(hostileWords))}`,
    );
    await ask({
      method: "GET",
      url: `${path}?${query.join("&")}`,
      person: dice.pick([...officers, "ruth-adeyemi", "paolo-venn", "customer"]),
    });
  }
});

test("the log of all that verifies, and replays with 0 differences", async () => {
  const audit = await verifyStoredLog(operator.db, operator.key);
  assert.ok(audit.ok, JSON.stringify(audit.findings));
  const replayed = await replayLog(operator.db, operator.authority.commands.values());
  assert.deepEqual(replayed.differences, []);
  assert.equal(replayed.notKept, 0);
  const reopened = await operator.db.selectFrom("decision").select("ledger_index").execute();
  // The demo's own entries come before the first decision that was announced.
  assert.ok(reopened.length >= operator.decisions.length);
});
