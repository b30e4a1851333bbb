// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import {
  checkCosignature,
  consistencyProof,
  entriesPath,
  formatVerifierKey,
  generateLedgerKey,
  leafHash,
  logNoteKey,
  noteKey,
  packEntries,
  parseCheckpoint,
  parseSignature,
  signCheckpoint,
  signHead,
  TileEdge,
  tilePath,
  tilesOf,
  toHex,
  treeRoot,
  verifyBundle,
} from "@perigee/ledger";
import { CliError } from "../command.ts";
import type { OperatorClient } from "../operator-client.ts";
import { fetchBundle } from "./bundle-log.ts";
import { exportLog } from "./export-log.ts";
import { LogBroken, witnessOnce } from "./witness-log.ts";

const folder = mkdtempSync(join(tmpdir(), "perigee-witness-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const key = generateLedgerKey();
const logKey = logNoteKey(key.publicKey);
const own = generateLedgerKey();
const name = "witness.example/one";

/** An operator's ledger, as far as the command line sees it; `size` and `entries` may be changed under it. */
class TestLog implements Pick<OperatorClient, "get" | "post" | "bytes"> {
  entries = Array.from({ length: 600 }, (_, i) => `{"number":${i}}`);
  size = 100;
  readonly handed: { size: number; line: string }[] = [];
  readonly fetched: string[] = [];

  get leaves(): Uint8Array[] {
    return this.entries.slice(0, this.size).map(entry => leafHash(Buffer.from(entry)));
  }

  async get<T>(path: string): Promise<T> {
    if (path === "/v1/ledger/key") return { verifierKey: formatVerifierKey(logKey) } as T;
    if (path === "/v1/ledger/heads?above=0&limit=1000") {
      const head = { size: this.size, root: toHex(treeRoot(this.leaves)), atMs: 1 };
      return [signHead(head, key.privateKey)] as T;
    }
    const match = /consistency\?from=(\d+)&to=(\d+)$/.exec(path)!;
    const proof = consistencyProof(this.leaves, Number(match[1]), Number(match[2]));
    assert.ok(proof.ok);
    return { proof: proof.value.map(toHex) } as T;
  }

  async post<T>(_path: string, body: unknown): Promise<T> {
    this.handed.push(body as { size: number; line: string });
    return {} as T;
  }

  async bytes(path: string): Promise<Uint8Array> {
    const wanted = path.slice("/v1/ledger/".length);
    this.fetched.push(wanted);
    if (wanted === "checkpoint") {
      const content = { origin: logKey.name, size: this.size, root: treeRoot(this.leaves) };
      return Buffer.from(signCheckpoint(content, key.privateKey));
    }
    const edge = new TileEdge();
    for (const leaf of this.leaves) edge.append(leaf);
    const full = edge.takeFull();
    for (const tile of tilesOf(this.size)) {
      const from = tile.index * 256;
      if (tilePath(tile) === wanted) {
        const known = full.find(f => f.level === tile.level && f.index === tile.index);
        return known?.nodes.slice(0, 8192) ?? edge.partialTile(tile.level);
      }
      if (tile.level === 0 && entriesPath(tile.index, tile.width) === wanted)
        return packEntries(this.entries.slice(from, from + tile.width).map(entry => Buffer.from(entry)));
    }
    throw new CliError(`there is no ${wanted}`);
  }
}

const clientOf = (log: TestLog): OperatorClient => log as unknown as OperatorClient;

test("F21: a witness co-signs a log that grows, and refuses one that was cut, forked or rewritten", async () => {
  const log = new TestLog();
  const stateFile = join(folder, "state.json");
  const look = () => witnessOnce({ client: clientOf(log), stateFile, name, key: own, logKey: null }, 5_000);
  assert.deepEqual(await look(), { origin: logKey.name, size: 100, grownBy: 100 });
  log.size = 150;
  assert.deepEqual(await look(), { origin: logKey.name, size: 150, grownBy: 50 });
  assert.deepEqual(await look(), { origin: logKey.name, size: 150, grownBy: 0 });
  const note = parseCheckpoint(Buffer.from(await log.bytes("/v1/ledger/checkpoint")).toString());
  const line = parseSignature(log.handed.at(-1)!.line);
  const witness = noteKey(name, "cosignature/v1", own.publicKey);
  assert.ok(note.ok && line.ok);
  assert.deepEqual(checkCosignature(note.value.note.text, line.value, witness), { ok: true, value: 5_000 });

  const kept = readFileSync(stateFile, "utf8");
  const handed = log.handed.length;
  const refused = async (code: string, change: () => void, back: () => void): Promise<void> => {
    change();
    await assert.rejects(look(), error => error instanceof LogBroken && error.message.includes(`[${code}]`));
    assert.equal(readFileSync(stateFile, "utf8"), kept, "nothing is forgotten");
    assert.equal(log.handed.length, handed, "nothing is signed");
    back();
  };
  const rewrite = () => {
    log.entries[3] = "another";
  };
  const undo = () => {
    log.entries[3] = '{"number":3}';
    log.size = 150;
  };
  await refused("log-shrank", () => (log.size = 149), undo);
  await refused("log-forked", rewrite, undo);
  await refused(
    "log-rewritten",
    () => {
      rewrite();
      log.size = 200;
    },
    undo,
  );
  log.size = 200;
  assert.equal((await look()).grownBy, 50, "and goes on with the log that it knows");

  writeFileSync(stateFile, "{}");
  await assert.rejects(look(), /no state of a witness/);
});

test("a witness that was given the log's key believes no other", async () => {
  const stranger = logNoteKey(generateLedgerKey().publicKey);
  const client = clientOf(new TestLog());
  const stateFile = join(folder, "given.json");
  await assert.rejects(witnessOnce({ client, stateFile, name, key: own, logKey: stranger }, 0), LogBroken);
  await witnessOnce({ client, stateFile, name, key: own, logKey }, 0);
  await assert.rejects(
    witnessOnce({ client, stateFile, name, key: own, logKey: stranger }, 0),
    /another key/,
  );
});

test("F21: an export is continued, and a log whose parts do not fit is not written", async () => {
  const log = new TestLog();
  log.size = 300;
  const directory = join(folder, "static");
  assert.deepEqual(await exportLog(clientOf(log), directory), {
    origin: logKey.name,
    size: 300,
    newFiles: 5,
  });
  log.size = 600;
  log.fetched.length = 0;
  assert.equal((await exportLog(clientOf(log), directory)).newFiles, 5);
  assert.ok(!log.fetched.includes("tile/0/000"), "what is there is not fetched again");
  assert.equal(readFileSync(join(directory, "tile/0/001")).byteLength, 8192);
  assert.match(readFileSync(join(directory, "checkpoint"), "utf8"), /\n600\n/);

  const written = readFileSync(join(directory, "checkpoint"), "utf8");
  const file = join(directory, "tile/entries/001");
  const entries = readFileSync(file);
  writeFileSync(file, Buffer.from(entries.toString().replace('"number":300', '"number":301')));
  await assert.rejects(exportLog(clientOf(log), directory), /entry 300 is not the one in the tree/);
  assert.equal(readFileSync(join(directory, "checkpoint"), "utf8"), written);
});

test("F21: a whole log goes into one file that holds offline", async () => {
  const log = new TestLog();
  log.size = 300;
  const bundle = await fetchBundle(clientOf(log), {});
  const report = verifyBundle(bundle, { publicKey: key.publicKey, witnesses: [] });
  assert.deepEqual(report.findings, []);
  assert.deepEqual([report.kind, report.size, report.entryCount], ["log", 300, 300]);
});
