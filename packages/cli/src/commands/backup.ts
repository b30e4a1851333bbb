// SPDX-License-Identifier: MIT
import { createPublicKey, type KeyObject } from "node:crypto";
import {
  closeSync,
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { basename, join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import { exportPublicPem, importPublicPem, logOrigin } from "@perigee/ledger";
import {
  type BackupSummary,
  connectDatabase,
  type Database,
  lockDatabase,
  lockDirectory,
  openDatabase,
  restoreBackup,
  verifyStoredLog,
  writeBackup,
} from "@perigee/operator";
import { CliError, type Command, readArguments } from "../command.ts";
import { readConfig } from "../read-config.ts";

const flagsOf = {
  data: { type: "string" },
  database: { type: "string" },
  config: { type: "string" },
  out: { type: "string" },
  from: { type: "string" },
  keys: { type: "boolean" },
  json: { type: "boolean" },
} as const;

/** Keys of an operator, by file name without its ending. */
const KEY_NAMES = ["ledger", "authority"] as const;

/** Where the records are. */
interface Place {
  readonly data: string;
  /** `postgres://` URL, or "" for the embedded database in `data`. */
  readonly database: string;
}

/**
 * `perigee backup`: all records, as they are at one moment, in one file. The embedded database belongs to its operator,
 * which has to be stopped for it; a PostgreSQL server is read while the operator runs.
 */
export const backup: Command = {
  name: "backup",
  usage: [
    ["backup --out f.gz [--keys] [--database url]", "all records in one file; --keys: with the signing keys"],
  ],
  async run(args) {
    const { flags, place } = read(args);
    const { out } = flags;
    if (out === undefined) throw new CliError("say where to: --out file.gz", 2);
    if (existsSync(out)) throw new CliError(`${out} exists already; a backup overwrites nothing`);
    const keys = flags.keys ? readKeys(place.data) : undefined;
    const summary = await withOwned(place, place.database === "", async () => {
      const db = await openDatabase(where(place), Date.now());
      try {
        return await save(db, out, {
          atMs: Date.now(),
          ledgerPublicKey: publicKeyIn(place.data),
          ...(keys === undefined ? {} : { keys }),
        });
      } finally {
        await db.destroy();
      }
    });
    print(flags.json, out, summary, "written");
  },
};

/** `perigee restore`: fills an empty place from a backup, of either kind of database, and verifies the ledger in it. */
export const restore: Command = {
  name: "restore",
  usage: [
    ["restore --from f.gz [--database url]", "fill an empty data directory or database; verifies the ledger"],
  ],
  async run(args) {
    const { flags, place } = read(args);
    const { from } = flags;
    if (from === undefined) throw new CliError("say what from: --from file.gz", 2);
    if (!existsSync(from)) throw new CliError(`there is no ${from}`);
    const report = await withOwned(place, true, () => load(place, from));
    print(flags.json, from, report.summary, "restored");
    const key = report.publicKey;
    if (!flags.json && key !== null)
      console.log(`ledger ${logOrigin(key)}: ${report.entries} entries, all intact`);
    if (!flags.json && key === null)
      console.log("the backup names no ledger key: the ledger was not verified");
  },
};

function read(args: readonly string[]) {
  const { flags, words } = readArguments(args, flagsOf);
  if (words.length > 0) throw new CliError(`"${words[0]}" is not understood`, 2);
  const given = (["data", "database", "config"] as const).flatMap(name =>
    flags[name] === undefined ? [] : [`--${name}`, flags[name]],
  );
  const { data, database } = readConfig(given).config;
  return { flags, place: { data, database } };
}

const where = ({ data, database }: Place): string => (database === "" ? data : database);

/** Runs while no operator does, where that is needed. */
async function withOwned<T>(place: Place, needed: boolean, body: () => Promise<T>): Promise<T> {
  if (!needed) return await body();
  await using stack = new AsyncDisposableStack();
  if (place.database === "") {
    const lock = lockDirectory(place.data);
    if (!lock.ok) throw new CliError(`${lock.error.message} [${lock.error.code}]`);
    stack.use(lock.value);
  } else {
    const lock = await lockDatabase(place.database, error => {
      throw error;
    });
    if (!lock.ok) throw new CliError(`${lock.error.message} [${lock.error.code}]`);
    stack.use(lock.value);
  }
  return await body();
}

async function save(
  db: Database,
  out: string,
  about: Parameters<typeof writeBackup>[1],
): Promise<BackupSummary> {
  // Under its own name only when it is whole: a backup cut short must not look like one.
  const unfinished = `${out}.${process.pid}.part`;
  const gzip = createGzip();
  const file = pipeline(gzip, createWriteStream(unfinished, { mode: 0o600, flags: "wx", flush: true }));
  try {
    const summary = await writeBackup(db, about, async line => {
      if (!gzip.write(`${line}\n`)) await new Promise(resolve => gzip.once("drain", resolve));
    });
    gzip.end();
    await file;
    renameSync(unfinished, out);
    return summary;
  } catch (error) {
    gzip.destroy();
    await file.catch(() => undefined);
    rmSync(unfinished, { force: true });
    throw error;
  }
}

interface Restored {
  readonly summary: BackupSummary;
  readonly publicKey: KeyObject | null;
  readonly entries: number;
}

async function load(place: Place, from: string): Promise<Restored> {
  const db = await connectDatabase(where(place));
  try {
    const restored = await restoreBackup(db, linesOf(from), Date.now());
    if (!restored.ok) {
      const { code, message, place: at } = restored.error;
      throw new CliError(`${basename(from)}, ${at}: ${message} [${code}]`);
    }
    const summary = restored.value;
    writeKeys(place.data, summary.header.keys ?? {});
    const publicKey = keyOf(summary.header.ledgerPublicKey);
    if (publicKey === null) return { summary, publicKey, entries: 0 };
    const report = await verifyStoredLog(db, { publicKey });
    if (!report.ok) {
      for (const finding of report.findings.slice(0, 20))
        console.error(`${finding.code}: ${finding.message}`);
      throw new CliError("the records were restored, but the ledger among them is not intact");
    }
    return { summary, publicKey, entries: report.entryCount };
  } finally {
    await db.destroy();
  }
}

/** Lines of a backup, unpacked when it is packed. */
async function* linesOf(path: string): AsyncGenerator<string> {
  const file = createReadStream(path);
  const source: Readable = isPacked(path) ? file.pipe(createGunzip()) : file;
  file.on("error", error => source.destroy(error));
  try {
    yield* createInterface({ input: source, crlfDelay: Number.POSITIVE_INFINITY });
  } catch (error) {
    throw new CliError(`${path} cannot be read to its end: ${(error as Error).message}`);
  } finally {
    file.destroy();
  }
}

/** Whether a file begins as gzip does (RFC 1952 §2.3.1). */
function isPacked(path: string): boolean {
  const file = openSync(path, "r");
  try {
    const magic = Buffer.alloc(2);
    readSync(file, magic);
    return magic.equals(Buffer.of(0x1f, 0x8b));
  } finally {
    closeSync(file);
  }
}

function readKeys(data: string): Record<string, string> {
  return Object.fromEntries(
    KEY_NAMES.flatMap(name => {
      const path = join(data, "keys", `${name}.pem`);
      return existsSync(path) ? [[name, readFileSync(path, "utf8")]] : [];
    }),
  );
}

/** Puts keys where an operator looks for them; one that is there already must be the same. */
function writeKeys(data: string, keys: Readonly<Record<string, string>>): void {
  for (const name of KEY_NAMES) {
    const pem = keys[name];
    if (pem === undefined) continue;
    const path = join(data, "keys", `${name}.pem`);
    mkdirSync(join(data, "keys"), { recursive: true, mode: 0o700 });
    if (!existsSync(path)) writeFileSync(path, pem, { mode: 0o600, flag: "wx" });
    else if (readFileSync(path, "utf8") !== pem) {
      throw new CliError(
        `${path} is another key than the backup's; the records were restored, the key was not`,
      );
    }
  }
}

function publicKeyIn(data: string): string | null {
  const path = join(data, "keys", "ledger.pem");
  return existsSync(path) ? exportPublicPem(createPublicKey(readFileSync(path))) : null;
}

function keyOf(pem: string | null): KeyObject | null {
  const key = pem === null ? null : importPublicPem(pem);
  return key?.ok ? key.value : null;
}

function print(json: boolean | undefined, file: string, { header, rows }: BackupSummary, done: string): void {
  const count = Object.values(rows).reduce((sum, n) => sum + n, 0);
  if (json) console.log(JSON.stringify({ file, at: new Date(header.atMs).toISOString(), rows }));
  else console.log(`${file}: ${count} rows of ${header.tables.length} tables ${done}`);
}
