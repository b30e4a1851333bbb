// SPDX-License-Identifier: MIT
// Ten thousand requests that are good, nearly good, or meant to hurt, over every operation of the document: none makes the
// operator fail, none is done by half, and what is in memory at the end is what is in the records.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import fc from "fast-check";
import type { StillOperator } from "../api/testing/still-operator.ts";
import { loadBook } from "../authority/book-store.ts";
import { allPermissions } from "./contract.ts";
import { fleetOperations } from "./operations.ts";
import { type Answer, client, fleetOperator, ownAccount, products, tokenOf } from "./testing.ts";

const REQUESTS = 10_000;
const SEED = 20_261_122;
/** An account has 250 requests a minute. */
const STEP_MS = 250;
const TOKEN_EVERY = 3_000;

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly format?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}
interface Parameter {
  readonly name?: string;
  readonly in?: string;
  readonly schema?: Schema;
}
interface Described {
  readonly operationId: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: { readonly "application/json"?: { readonly schema: Schema } } };
}
interface Operation extends Described {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly path: string;
  readonly body: Schema | null;
  readonly query: readonly Parameter[];
}

let operator: StillOperator;
let operations: readonly Operation[];
let schemas: Readonly<Record<string, Schema>>;
let ask: ReturnType<typeof client>;
let token: string;

/** Values that exist, by the name of the member that asks for one. */
const known = new Map<string, string[]>();
const know = (name: string, value: unknown): void => {
  if (typeof value === "string") known.set(name, [...(known.get(name) ?? []), value].slice(-40));
};

before(async () => {
  operator = await fleetOperator([
    { clientId: "beside", accountId: "acc-wisla-freight", permissions: allPermissions },
  ]);
  const document = (await operator.server.inject("/api/openapi.json")).json();
  schemas = document.components.schemas;
  const paths: Record<string, Record<string, Described>> = document.paths;
  operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]) => ({
      ...described,
      method: method.toUpperCase() as Operation["method"],
      path,
      body: described.requestBody?.content["application/json"]?.schema ?? null,
      query: (described.parameters ?? []).filter(parameter => parameter.in === "query"),
    })),
  );
  await renew();
  for (const { id, blocks, topUp } of products) {
    know("productReferenceId", id);
    for (const { id: block } of [...blocks, ...(topUp === null ? [] : [topUp])]) know("productId", block);
  }
  for (let n = 0; n < 12; n++) {
    const kitNumber = `KIT7${String(n).padStart(7, "0")}`;
    const enrolled = await operator.context.carryOut({
      name: "terminal.enrol",
      request: { kitNumber, serial: `FUZZ${1_000 + n}`, model: "Mini", source: "a test" },
      actor: { id: "clerk", name: "Clerk", roles: ["operator"] },
    });
    assert.ok(enrolled.ok);
    know("deviceId", kitNumber);
  }
  know("url", "http://127.0.0.1:9/");
});
after(() => operator[Symbol.asyncDispose]());

async function renew(): Promise<void> {
  token = await tokenOf(operator);
  ask = client(operator, token);
}

// ── What is sent ────────────────────────────────────────────────────────────────────────────────────────────────────

const hostileText = fc.constantFrom(
  ...[
    "",
    " ",
    "\u0000",
    "\ud800",
    "__proto__",
    "constructor",
    "../../etc/passwd",
    "%00",
    "'; drop table record; --",
  ],
  ...["💥".repeat(200), "9".repeat(400), "NaN", "null", "-1", "1e309", "ACC-000000-00000-00", "KIT00000000"],
  ...[
    "AST-000000-00000-00",
    "00020900-00000000-00000000",
    "00000000-0000-0000-0000-000000000000",
    "a,b",
    "[]",
  ],
);
const hostile: fc.Arbitrary<unknown> = fc.oneof(
  hostileText,
  fc.constantFrom<unknown>(null, true, -1, 0, 0.5, 2 ** 53, -(2 ** 63), 1e308, [], {}, [[[]]], {
    personal: { sealed: "x" },
  }),
  fc.jsonValue({ maxDepth: 3 }),
);

function text(schema: Schema, name: string): fc.Arbitrary<unknown> {
  const made =
    schema.format === "uuid"
      ? fc.uuid()
      : schema.format === "date-time"
        ? fc
            .date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true })
            .map(date => date.toISOString())
        : name === "email"
          ? fc.nat(40).map(n => `person${n}@fleet.example`)
          : fc.string({
              minLength: schema.minLength ?? 0,
              maxLength: Math.min(schema.maxLength ?? 12, (schema.minLength ?? 0) + 12),
            });
  // What exists is looked for when the value is made: earlier requests make things.
  const exists = fc.nat(1_000).map(n => known.get(name)?.at(-1 - (n % (known.get(name)?.length ?? 1))));
  return fc
    .tuple(exists, made, fc.nat(9))
    .map(([there, other, n]) => (n < 8 && there !== undefined ? there : other));
}

/** Values that a schema allows, more or less: not every rule of a schema can be made values from. */
function allowed(schema: Schema, name = "", depth = 0): fc.Arbitrary<unknown> {
  if (schema.$ref !== undefined) return allowed(schemas[schema.$ref.split("/").at(-1)!]!, name, depth + 1);
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  const either = schema.anyOf ?? schema.allOf;
  if (either !== undefined) return fc.oneof(...either.map(one => allowed(one, name, depth + 1)));
  const types = [schema.type ?? []].flat();
  if (types.length > 1) return fc.oneof(...types.map(type => allowed({ ...schema, type }, name, depth + 1)));
  switch (types[0]) {
    case "string":
      return text(schema, name);
    case "integer":
      return fc.integer({
        min: Math.max(schema.minimum ?? 0, -(2 ** 31)),
        max: Math.min(schema.maximum ?? 3, (schema.minimum ?? 0) + 100),
      });
    case "number":
      return fc.double({ min: schema.minimum ?? 0, max: schema.maximum ?? 100, noNaN: true });
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    case "array":
      return fc.array(allowed(schema.items ?? {}, name.replace(/s$/, ""), depth + 1), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(schema.maxItems ?? 3, (schema.minItems ?? 0) + 3),
      });
    case "object": {
      const members = Object.entries(schema.properties ?? {});
      return fc.record(
        Object.fromEntries(members.map(([member, inner]) => [member, allowed(inner, member, depth + 1)])),
        {
          requiredKeys: [...(schema.required ?? [])],
        },
      );
    }
    default:
      return depth > 6 ? fc.constant(null) : fc.jsonValue({ maxDepth: 1 });
  }
}

/** One value somewhere in it is another, is gone, or is joined by one that nobody asked for. */
function spoilt(value: unknown, at: number, how: number, other: unknown): unknown {
  if (typeof value !== "object" || value === null) return other;
  const names = Object.keys(value);
  const name = names[at % Math.max(1, names.length)];
  if (name === undefined || how === 0) return { ...value, [how === 0 ? "unasked" : "x"]: other };
  const inner = (value as Record<string, unknown>)[name];
  const changed = how === 1 ? undefined : how === 2 ? spoilt(inner, at, 3, other) : other;
  return Array.isArray(value)
    ? value.map((item, i) => (String(i) === name ? changed : item))
    : { ...value, [name]: changed };
}

type Mood = "good" | "nearly" | "hostile";

interface Sent {
  readonly query: string;
  readonly path: string;
  /** `undefined`: none; text that is no JSON too. */
  readonly payload: string | undefined;
}

function requests(operation: Operation, mood: Mood): fc.Arbitrary<Sent> {
  const names = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
  const word = (name: string) =>
    mood === "hostile" ? hostileText.map(String) : text({ minLength: 1, maxLength: 40 }, name).map(String);
  const pathWords = fc
    .tuple(...names.map(word))
    .map(words =>
      names.reduce(
        (path, name, i) => path.replace(`{${name}}`, encodeURIComponent(words[i]!.toWellFormed() || "-")),
        operation.path,
      ),
    );
  const members = fc.tuple(
    ...operation.query.map(({ name, schema }) =>
      fc.tuple(
        fc.constant(name!),
        mood === "good" ? allowed(schema ?? {}, name) : fc.oneof(allowed(schema ?? {}, name), hostile),
        fc.nat(3),
      ),
    ),
  );
  const query = members.map(all => {
    const search = new URLSearchParams();
    for (const [name, value, n] of all) {
      if (n === 0 || value === undefined) continue;
      for (const item of [value].flat()) {
        search.append(
          Array.isArray(value) && n > 1 ? `${name}[]` : name,
          String(typeof item === "object" ? JSON.stringify(item) : item),
        );
      }
    }
    return search.toString();
  });
  const body =
    operation.body === null
      ? fc.constant(undefined)
      : mood === "good"
        ? allowed(operation.body).map(value => JSON.stringify(value))
        : mood === "nearly"
          ? fc
              .tuple(allowed(operation.body), fc.nat(20), fc.nat(3), hostile)
              .map(([value, at, how, other]) => JSON.stringify(spoilt(value, at, how, other)))
          : fc.oneof(
              hostile.map(value => JSON.stringify(value)),
              fc.constantFrom(
                "",
                "{",
                "[".repeat(5_000),
                `${'{"a":'.repeat(50)}1${"}".repeat(50)}`,
                '{"__proto__":{"deviceId":"x"}}',
                "﻿{}",
              ),
            );
  return fc.record({ path: pathWords, query, payload: body });
}

// ── What comes back ─────────────────────────────────────────────────────────────────────────────────────────────────

/** The stream waits for time to pass, and here it does not: its wait is none. */
function withoutWaiting(operation: Operation, payload: string | undefined): string | undefined {
  if (operation.operationId !== "streamTelemetry") return payload;
  try {
    const body = JSON.parse(payload ?? "");
    if (typeof body !== "object" || body === null || Array.isArray(body)) return payload;
    return JSON.stringify({ ...body, maxLingerMs: typeof body.maxLingerMs === "string" ? "x" : 0 });
  } catch {
    return payload;
  }
}

/** Remembers what an answer made, for those that come after. */
function learn(value: unknown): void {
  if (typeof value !== "object" || value === null) return;
  for (const [name, inner] of Object.entries(value)) {
    if (known.has(name) && known.get(name)!.includes(String(inner))) continue;
    if (
      /^(addressReferenceId|serviceLineNumber|subjectId|dataPoolId|invoiceId|webhookId|routerId|accountNumber)$/.test(
        name,
      )
    )
      know(name, inner);
    learn(inner);
  }
}

test(`${REQUESTS} requests, good and bad: no failure, and a refused one leaves nothing behind`, async () => {
  const statuses = new Map<number, number>();
  const done = new Set<string>();
  const moods: readonly Mood[] = ["good", "hostile", "hostile", "nearly", "hostile", "hostile", "hostile"];
  const arbitraries = new Map<string, fc.Arbitrary<Sent>>();
  for (let i = 0; i < REQUESTS; i++) {
    if (i % TOKEN_EVERY === 0) await renew();
    operator.clock.moveTo(operator.clock.nowMs() + STEP_MS);
    const round = Math.floor(i / operations.length);
    const operation = operations[i % operations.length]!;
    const mood = moods[round % moods.length]!;
    const key = `${operation.operationId} ${mood}`;
    const arbitrary = arbitraries.get(key) ?? requests(operation, mood);
    arbitraries.set(key, arbitrary);
    const [sent] = fc.sample(arbitrary, { numRuns: 1, seed: Math.imul(SEED + i, 0x9e37_79b1) });
    const { path, query } = sent!;
    const payload = withoutWaiting(operation, sent!.payload);
    const decided = operator.decisions.length;
    const url = `/api${path}${query === "" ? "" : `?${query}`}`;
    const answer = await operator.server.inject({
      ...{ method: operation.method, url },
      headers: {
        authorization: `Bearer ${token}`,
        ...(payload === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(payload === undefined ? {} : { payload }),
    });
    const { statusCode: status } = answer;
    const what = `${SEED + i}: ${operation.method} ${url} ${payload}: ${status} ${answer.body.slice(0, 500)}`;
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    if (status < 300) done.add(operation.operationId);
    assert.ok(status < 500, what);
    assert.ok(status !== 401 && status !== 429, what);
    assert.match(String(answer.headers["content-type"]), /^application\/json/, what);
    const body = answer.json() as Answer["body"];
    if (status < 300) learn(body.content);
    else {
      if (status !== 403) assert.ok(Array.isArray(body.errors), what);
      if (status !== 403)
        assert.deepEqual([body.isValid, body.content, body.errors.length > 0], [false, null, true], what);
      assert.equal(operator.decisions.length, decided, what);
    }
  }
  // What nobody may do here is not done; and a few things need a name that chance must hit upon.
  const undone = operations.filter(({ operationId }) => !done.has(operationId)).map(each => each.operationId);
  const gated = fleetOperations.filter(each => each.gated).map(each => each.operationId);
  const missed = undone.filter(id => !gated.includes(id));
  assert.ok(missed.length <= 6, `never carried out: ${missed.join(", ")}`);
  const refusals = [...statuses].reduce((sum, [status, times]) => sum + (status >= 400 ? times : 0), 0);
  assert.ok(refusals > REQUESTS / 2, JSON.stringify([...statuses]));
});

test("what is in memory is what is in the records, and every name in it leads somewhere", async () => {
  const { db, authority } = operator;
  const { book } = authority;
  const stored = await loadBook(db);
  for (const kind of [
    "party",
    "account",
    "address",
    "contact",
    "serviceLine",
    "terminal",
    "custody",
  ] as const) {
    const sorted = (records: Iterable<{ readonly id: string }>) =>
      [...records].toSorted((a, b) => (a.id < b.id ? -1 : 1));
    assert.deepEqual(sorted(book.all(kind)), sorted(stored.all(kind)), kind);
  }
  for (const line of book.all("serviceLine")) {
    assert.ok(book.get("account", line.accountId) !== undefined, line.id);
    if (line.addressId !== undefined)
      assert.equal(book.get("address", line.addressId)?.accountId, line.accountId);
    if (line.terminalId !== null) assert.equal(book.get("terminal", line.terminalId)?.serviceLineId, line.id);
  }
  for (const terminal of book.all("terminal")) {
    if (terminal.serviceLineId === null) continue;
    const line = book.get("serviceLine", terminal.serviceLineId);
    assert.deepEqual([line?.terminalId, line?.accountId], [terminal.id, terminal.accountId], terminal.id);
  }
  const rows = await db.selectFrom("decision").select("ledger_index").orderBy("ledger_index").execute();
  assert.deepEqual(
    rows.map(row => Number(row.ledger_index)),
    rows.map((_, i) => i),
    "one entry for each decision, none missing",
  );
  assert.ok(operator.decisions.every(({ id }) => id !== ""));
  const lines = (await ask("GET", "/service-lines")).body.content.totalCount;
  assert.equal(
    lines,
    book.about("serviceLine", ownAccount).filter(line => line.accountId === ownAccount).length,
  );
});
