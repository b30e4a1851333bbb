// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import {
  cosign,
  formatSignature,
  formatVerifierKey,
  generateLedgerKey,
  hashesOfTile,
  hashFromHex,
  leafHash,
  noteKey,
  openCheckpoint,
  parseVerifierKey,
  treeRoot,
  unpackEntries,
  verifyBundle,
  verifyConsistency,
  verifyInclusion,
} from "@perigee/ledger";
import Fastify, { type FastifyInstance } from "fastify";
import type { OperatorContext } from "../context.ts";
import type { Database } from "../storage/database.ts";
import { logDecisions } from "../storage/decisions.ts";
import { testOnEach } from "../storage/testing.ts";
import { serveLedger } from "./ledger.ts";
import { answerProblems } from "./problem.ts";
import { useContract } from "./zod-contract.ts";

const key = generateLedgerKey();
const own = generateLedgerKey();
const witness = noteKey("witness.example/one", "cosignature/v1", own.publicKey);
const NOW_MS = 1_790_000_000_000;

/** The ledger's addresses alone; who may use them is another test's. */
async function serve(db: Database): Promise<FastifyInstance> {
  const server = Fastify();
  answerProblems(server);
  await useContract(server, "test");
  const context: Pick<OperatorContext, "db" | "ledgerKey" | "clock"> & {
    config: Pick<OperatorContext["config"], "witnesses">;
  } = {
    db,
    ledgerKey: key,
    clock: { nowMs: () => NOW_MS } as OperatorContext["clock"],
    config: { witnesses: formatVerifierKey(witness) },
  };
  serveLedger(server, context as OperatorContext);
  return server;
}

async function decide(db: Database, from: number, count: number): Promise<void> {
  const decisions = Array.from({ length: count }, (_, i) => ({
    id: `dec-${from + i}`,
    atMs: NOW_MS,
    subject: `t${(from + i) % 50}`,
    action: "admission",
    outcome: "allow",
    reasons: [],
    text: `${from + i}`,
    inputs: {},
  }));
  await db.transaction().execute(tx => logDecisions(tx, key, decisions));
}

testOnEach(
  "F21: a stranger with the log's key verifies everything from the static addresses",
  async engine => {
    await using made = await engine.open();
    const server = await serve(made.db);
    const get = (url: string) => server.inject({ url });
    assert.equal((await get("/v1/ledger/checkpoint")).statusCode, 404, "an empty log has no checkpoint");
    await decide(made.db, 0, 200);
    await decide(made.db, 200, 100);

    const logKey = parseVerifierKey((await get("/v1/ledger/key")).json().verifierKey);
    assert.ok(logKey.ok);
    const sent = await get("/v1/ledger/checkpoint");
    assert.match(sent.headers["content-type"] as string, /^text\/plain; charset=utf-8$/);
    const opened = openCheckpoint(sent.body, logKey.value);
    assert.ok(opened.ok && opened.value.size === 300);
    const { root, size } = opened.value;
    const leaves: Uint8Array[] = [];
    for (const [path, width] of [
      ["000", 256],
      ["001.p/44", 44],
    ] as const) {
      const tile = await get(`/v1/ledger/tile/0/${path}`);
      assert.equal(tile.headers["content-type"], "application/octet-stream");
      assert.match(tile.headers["cache-control"] as string, /^private.*immutable$/, "entries name people");
      const hashes = hashesOfTile(tile.rawPayload, width);
      const entries = unpackEntries((await get(`/v1/ledger/tile/entries/${path}`)).rawPayload, width);
      assert.ok(hashes.ok && entries.ok);
      assert.deepEqual(entries.value.map(leafHash), hashes.value);
      leaves.push(...hashes.value);
    }
    assert.deepEqual(treeRoot(leaves), root);
    for (const path of [
      "0/001",
      "0/001.p/45",
      "0/002.p/1",
      "1/001",
      "entries/001",
      "0/0",
      "..%2f..%2fkeys",
    ]) {
      assert.equal((await get(`/v1/ledger/tile/${path}`)).statusCode, 404, path);
    }

    const proof = async (query: string) =>
      (await get(`/v1/ledger/proof/${query}`)).json().proof.map((hash: string) => hashFromHex(hash)!);
    const path = await proof("inclusion?index=17&size=300");
    assert.ok(verifyInclusion({ leafHash: leaves[17]!, index: 17, size, proof: path, root }));
    const oldRoot = treeRoot(leaves.slice(0, 200));
    const grew = await proof("consistency?from=200&to=300");
    assert.ok(verifyConsistency({ oldSize: 200, oldRoot, newSize: 300, newRoot: root, proof: grew }));
    for (const beyond of [
      "inclusion?index=0&size=301",
      "inclusion?index=300&size=300",
      "consistency?from=9&to=301",
    ]) {
      const refused = await get(`/v1/ledger/proof/${beyond}`);
      assert.deepEqual([refused.statusCode, refused.json().code], [400, "OUTSIDE_THE_LOG"], beyond);
    }

    const bundle = (await get("/v1/ledger/bundle?subject=t7")).json();
    assert.ok(verifyBundle(bundle, { publicKey: key.publicKey, witnesses: [] }).ok);
    assert.equal(bundle.entries.length, 6);
    const about = (await get("/v1/ledger/entries?subject=t7&from=58")).json();
    assert.deepEqual(
      about.map((e: { index: number }) => e.index),
      [107, 157, 207, 257],
    );
    assert.equal((await get("/v1/ledger/bundle?subject=t7&index=1")).statusCode, 400, "one or the other");
    assert.equal((await get("/v1/ledger/bundle?index=300")).statusCode, 404);
    const heads = (await get("/v1/ledger/heads?above=200")).json();
    assert.deepEqual(
      heads.map((head: { size: number }) => head.size),
      [300],
    );
    await server.close();
  },
);

testOnEach("F21: a witness hands in its cosignature; nobody else does", async engine => {
  await using made = await engine.open();
  await decide(made.db, 0, 3);
  const server = await serve(made.db);
  const { body } = await server.inject({ url: "/v1/ledger/checkpoint" });
  const text = body.slice(0, body.lastIndexOf("\n\n") + 1);
  const hand = (line: string, size = 3) =>
    server.inject({ method: "POST", url: "/v1/ledger/cosignatures", payload: { size, line } });
  const stranger = generateLedgerKey();
  const impostor = await hand(formatSignature(cosign(text, witness.name, stranger.privateKey, NOW_MS)));
  assert.deepEqual([impostor.statusCode, impostor.json().code], [403, "WITNESS_UNKNOWN"]);
  assert.equal((await hand("no line")).statusCode, 400);
  assert.equal((await server.inject({ url: "/v1/ledger/cosigned" })).statusCode, 404);
  const line = formatSignature(cosign(text, witness.name, own.privateKey, NOW_MS));
  const at = new Date(NOW_MS).toISOString();
  assert.deepEqual((await hand(line)).json(), { witness: witness.name, size: 3, at });
  assert.ok((await server.inject({ url: "/v1/ledger/cosigned" })).body.endsWith(`${line}\n`));
  assert.deepEqual((await server.inject({ url: "/v1/ledger/cosignatures" })).json(), [
    { witness: witness.name, size: 3, at },
  ]);
  await server.close();
});
