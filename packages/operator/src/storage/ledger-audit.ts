// SPDX-License-Identifier: MIT
import {
  type FullTile,
  hashFromHex,
  LogAudit,
  type LogFinding,
  type LogReport,
  MAX_FINDINGS,
  sameHash,
  TileEdge,
  type TileFinding,
} from "@perigee/ledger";
import { sql } from "kysely";
import type { Queryable } from "./database.ts";
import type { SigningKey } from "./keys.ts";
import { readEntries, readHeads } from "./ledger-store.ts";

/** Entries held in memory at a time. */
const PAGE = 5_000;

/**
 * Recomputes the whole log from its bytes and checks every signed head and every stored tile against it. It reads page
 * by page, up to the newest head at the time of the call, so that appending goes on meanwhile.
 */
export async function verifyStoredLog(db: Queryable, key: Pick<SigningKey, "publicKey">): Promise<LogReport> {
  const heads = await readHeads(db);
  const signedSize = heads.at(-1)?.size ?? 0;
  const audit = new LogAudit(heads, key.publicKey);
  const tree = new TileEdge();
  const found: LogFinding[] = [];
  let next = 0;
  while (next < signedSize) {
    const entries = await readEntries(db, next, Math.min(PAGE, signedSize - next));
    const inside = entries.filter(({ index }) => index < signedSize);
    if (inside.length === 0) break;
    for (const { index, body, leafHash } of inside) {
      // Hashes that are none, and holes, are the audit's to name; beyond them there is no tree to compare with.
      const stored = hashFromHex(leafHash) ?? new Uint8Array();
      audit.add({ index, bytes: Buffer.from(body, "utf8"), leafHash: stored });
      if (index === tree.size && stored.byteLength > 0) tree.append(stored);
    }
    next = inside.at(-1)!.index + 1;
    found.push(...(await tileFindings(db, tree.takeFull())));
  }
  found.push(...(await unsignedEntries(db)));
  const report = audit.report();
  const room = Math.max(0, MAX_FINDINGS - report.findings.length);
  return {
    ...report,
    ok: report.ok && found.length === 0,
    findings: [...report.findings, ...found.slice(0, room)],
    findingsOmitted: report.findingsOmitted + Math.max(0, found.length - room),
  };
}

async function tileFindings(db: Queryable, tiles: readonly FullTile[]): Promise<TileFinding[]> {
  const found: TileFinding[] = [];
  for (const { level, index, nodes, root } of tiles) {
    const row = await db
      .selectFrom("ledger_tile")
      .select(["nodes", "root"])
      .where("level", "=", level)
      .where("index", "=", index)
      .executeTakeFirst();
    if (row !== undefined && sameHash(row.nodes, nodes) && sameHash(row.root, root)) continue;
    const message = `Tile ${level}/${index} is ${row === undefined ? "missing" : "not made of the stored hashes"}.`;
    found.push({
      code: row === undefined ? "tile-missing" : "tile-altered",
      level,
      tileIndex: index,
      message,
    });
  }
  return found;
}

/** Entries that no head covers. One statement sees entries and heads as they are at one moment. */
async function unsignedEntries(db: Queryable): Promise<LogFinding[]> {
  const { rows } = await sql<{ first: number | null; last: number | null }>`
    select min(index) as first, max(index) as last from ledger_entry
    where index >= (select coalesce(max(size), 0) from ledger_head)`.execute(db);
  const { first, last } = rows[0]!;
  if (first === null || last === null) return [];
  const message = `No signed head covers entries ${first} to ${last}.`;
  return [{ code: "entries-unsigned", firstIndex: first, lastIndex: last, message }];
}
