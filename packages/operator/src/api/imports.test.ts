// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import Fastify, { type FastifyInstance } from "fastify";
import type { OperatorContext } from "../context.ts";
import { type TestAuthority, testAuthority } from "../testing.ts";
import { serveImports } from "./imports.ts";
import { useContract } from "./zod-contract.ts";

let bed: TestAuthority;
let server: FastifyInstance;

before(async () => {
  bed = await testAuthority();
  server = Fastify({ bodyLimit: 64 * 1024 });
  await useContract(server, "test");
  const { authority } = bed;
  serveImports(server, { authority, clock: { nowMs: () => bed.scenario.startMs } } as OperatorContext);
});
after(async () => {
  await server.close();
  await bed[Symbol.asyncDispose]();
});

const check = async (body: object) => {
  const { statusCode, payload } = await server.inject({
    ...{ method: "POST", url: "/v1/imports/donations/check", payload: body },
  });
  return { statusCode, body: JSON.parse(payload) };
};

test("every bad row of twenty thousand is reported, against the records too, and nothing is kept", async () => {
  const rows = Array.from({ length: 20_000 }, (_, i) => {
    const serial = i % 100 === 7 ? "no" : `BLK-${String(i).padStart(7, "0")}`;
    const holder = i % 1_000 === 9 ? "nobody" : "";
    return `KITBULK${String(i).padStart(6, "0")},${serial},${holder}`;
  });
  const csv = `kitNumber,serial,holder\n${rows.join("\n")}\n`;
  const found = await check({ csv, holder: "mlima-schools-trust" });
  assert.equal(found.statusCode, 200);
  assert.deepEqual([found.body.rows, found.body.good, found.body.broken], [20_000, 19_780, null]);
  const faults: { line: number; rule: string }[] = found.body.faults;
  assert.equal(faults.filter(({ rule }) => rule === "serialForm").length, 200);
  assert.equal(faults.filter(({ rule }) => rule === "partyUnknown").length, 20);
  assert.deepEqual(
    faults.slice(0, 2).map(({ line, rule }) => [line, rule]),
    [
      [9, "serialForm"],
      [11, "partyUnknown"],
    ],
  );
  assert.equal([...bed.authority.book.all("donation")].length, 0);
});

test("a file that nobody can read row by row is broken, and one without text is refused", async () => {
  const open = await check({ csv: 'kitNumber,serial\nKIT000001,"AB\nKIT000002,ABCDEF\n' });
  assert.match(open.body.broken, /may have swallowed others/);
  assert.equal(open.body.good, 0);
  assert.equal((await check({ csv: "" })).statusCode, 400);
  assert.equal((await check({ csv: "a", more: 1 })).statusCode, 400);
});
