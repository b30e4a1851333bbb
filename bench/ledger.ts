// SPDX-License-Identifier: MIT
// The ledger by itself and through the embedded PostgreSQL: appending, proving, and how both grow with the log.
import { createHash } from "node:crypto";
import { decisionOf } from "@perigee/authority";
import {
  Frontier,
  generateLedgerKey,
  inclusionProof,
  leafHash,
  planInclusion,
  proofFromTiles,
  TileEdge,
  toHex,
  verifyInclusion,
} from "@perigee/ledger";
import {
  appendEntries,
  LedgerTiles,
  logDecisions,
  newestHead,
  openDatabase,
  verifyStoredLog,
} from "@perigee/operator";
import { type Bench, round } from "./result.ts";

/** Sizes of the growing log. */
const SIZES = [10_000, 100_000, 1_000_000] as const;
/** Decisions of one transaction, and of all. */
const BATCH = 1_000;
const DECISIONS = 100_000;
/** Proofs timed at each size. */
const PROOFS = 2_000;

const cpuSeconds = (since?: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1e6;
};

/** An entry of the length that a decision has. */
const entryOf = (i: number): Uint8Array =>
  Buffer.from(
    `{"decision":{"atMs":${1_790_000_000_000 + i},"subject":"UT-${i}"},"text":"${"x".repeat(400)}"}`,
  );

export const bench: Bench = async progress => {
  const checksum = createHash("sha256");
  const figures: Record<string, number> = {};
  const memory = inMemory(progress, figures);
  checksum.update(memory);
  checksum.update(await throughDatabase(progress, figures));
  return {
    workload: `${SIZES.at(-1)} entries of 470 bytes appended and ${PROOFS} proven at each of three sizes in memory; ${DECISIONS} decisions in batches of ${BATCH} through embedded PostgreSQL in memory`,
    checksum: checksum.digest("hex"),
    figures,
    peers: {},
    ratios: {
      proofTimeAtMillionToTenThousand: round(figures["proofMsAt1000000"]! / figures["proofMsAt10000"]!),
      proofWithoutTilesToWith: round(figures["proofWithoutTilesMsAt100000"]! / figures["proofMsAt100000"]!),
      databaseAppendLastToFirst: round(
        figures["decisionsPerSecondLastTenth"]! / figures["decisionsPerSecondFirstTenth"]!,
      ),
    },
  };
};

function inMemory(progress: (line: string) => void, figures: Record<string, number>): string {
  const plain = process.cpuUsage();
  const frontier = new Frontier();
  for (let i = 0; i < SIZES[1]; i++) frontier.append(leafHash(entryOf(i)));
  frontier.root();
  figures["frontierAppendsPerSecond"] = Math.round(SIZES[1] / cpuSeconds(plain));

  // What a proof costs without tiles: every leaf hash read and hashed again.
  const leaves = Array.from({ length: SIZES[1] }, (_, i) => leafHash(entryOf(i)));
  const hashing = process.cpuUsage();
  for (let i = 0; i < 5; i++) inclusionProof(leaves, i * 7_919, SIZES[1]);
  figures[`proofWithoutTilesMsAt${SIZES[1]}`] = round((cpuSeconds(hashing) * 1000) / 5);

  const edge = new TileEdge();
  const tiles = new Map<string, Uint8Array>();
  let seconds = 0;
  for (const size of SIZES) {
    const from = edge.size;
    const began = process.cpuUsage();
    for (let i = from; i < size; i++) edge.append(leafHash(entryOf(i)));
    for (const { level, index, nodes } of edge.takeFull()) tiles.set(`${level}/${index}`, nodes);
    seconds = cpuSeconds(began);
    figures[`appendsPerSecondTo${size}`] = Math.round((size - from) / seconds);
    figures[`proofMsAt${size}`] = proofMs(edge, tiles, size);
    progress(`${size} entries`);
  }
  if (toHex(edge.root()) === toHex(frontier.root())) throw new Error("two sizes with one root");
  return toHex(edge.root());
}

/** Mean CPU time of an inclusion proof out of tiles; each proof is then verified, outside the measurement. */
function proofMs(edge: TileEdge, tiles: Map<string, Uint8Array>, size: number): number {
  const partial = new Map<number, Uint8Array>();
  const whole = edge.clone();
  const nodesOf = (level: number, index: number): Uint8Array => {
    const full = tiles.get(`${level}/${index}`);
    if (full !== undefined) return full;
    const known = partial.get(level) ?? whole.partialNodes(level);
    partial.set(level, known);
    return known;
  };
  const indices = Array.from({ length: PROOFS }, (_, i) => (i * 7_919 * 131) % size);
  const began = process.cpuUsage();
  const proofs = indices.map(index => {
    const plan = planInclusion(index, size);
    if (!plan.ok) throw new Error(plan.error.message);
    return proofFromTiles(plan.value, nodesOf);
  });
  const spent = cpuSeconds(began);
  const root = edge.root();
  for (const [i, proof] of proofs.entries()) {
    const index = indices[i]!;
    if (!verifyInclusion({ leafHash: leafHash(entryOf(index)), index, size, proof, root }))
      throw new Error(`the proof of entry ${index} does not hold`);
  }
  return round((spent * 1000) / PROOFS);
}

async function throughDatabase(
  progress: (line: string) => void,
  figures: Record<string, number>,
): Promise<string> {
  const key = generateLedgerKey();
  const db = await openDatabase(null, 0);
  const decisions = Array.from({ length: DECISIONS }, (_, i) =>
    decisionOf({
      atMs: 1_790_000_000_000 + i,
      subject: `UT-${i % 5_000}`,
      action: "admission",
      outcome: i % 3 === 0 ? "deny" : "allow",
      reasons: [i % 3 === 0 ? "LEGAL_REGIME" : "ALLOW"],
      text: `Terminal ${i % 5_000} is ${i % 3 === 0 ? "refused where it is" : "served where it is"}, as of ${i}.`,
      inputs: { policyVersion: "sha256:5f0c", boundaryView: "un" },
    }),
  );
  const spent: number[] = [];
  for (let from = 0; from < DECISIONS; from += BATCH) {
    const began = process.cpuUsage();
    await db.transaction().execute(tx => logDecisions(tx, key, decisions.slice(from, from + BATCH)));
    spent.push(cpuSeconds(began));
  }
  const sum = (part: readonly number[]): number => part.reduce((a, b) => a + b, 0);
  const tenth = spent.length / 10;
  figures["decisionsPerSecond"] = Math.round(DECISIONS / sum(spent));
  figures["decisionsPerSecondFirstTenth"] = Math.round((tenth * BATCH) / sum(spent.slice(0, tenth)));
  figures["decisionsPerSecondLastTenth"] = Math.round((tenth * BATCH) / sum(spent.slice(-tenth)));
  progress(`${DECISIONS} decisions in the database`);

  const began = process.cpuUsage();
  for (let i = 0; i < 200; i++) {
    await db
      .transaction()
      .execute(tx => appendEntries(tx, key, [{ kind: "single", i }], 1_790_000_100_000 + i));
  }
  figures["singleAppendsPerSecond"] = Math.round(200 / cpuSeconds(began));

  const size = DECISIONS + 200;
  const tiles = new LedgerTiles(db);
  for (const name of ["proofFromDatabaseColdMs", "proofFromDatabaseWarmMs"]) {
    const proving = process.cpuUsage();
    for (let i = 0; i < 500; i++) await tiles.inclusionProof((i * 7_919) % size, size);
    figures[name] = round((cpuSeconds(proving) * 1000) / 500);
  }
  const auditing = process.cpuUsage();
  const report = await verifyStoredLog(db, key);
  if (!report.ok) throw new Error(JSON.stringify(report.findings[0]));
  figures["entriesAuditedPerSecond"] = Math.round(size / cpuSeconds(auditing));
  const root = (await newestHead(db))?.root;
  await db.destroy();
  return `${report.entryCount} entries under ${root}`;
}
