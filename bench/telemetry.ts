// SPDX-License-Identifier: MIT
// Rows appended per second of CPU, and what is read out of 100 million of them: one terminal's week, and who was in some
// cells in some hours.
//
//   pnpm bench telemetry                     100 million rows: 2,480 terminals over a week; needs 12 GB in the folder of
//                                            temporary files, and some minutes
//   pnpm bench telemetry --rows 2000000      fewer terminals, and less than a week of them
import { createHash } from "node:crypto";
import { mkdtemp, readdir, rm, stat, statfs } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { cellAt } from "@perigee/earth";
import { slotStartMs } from "@perigee/network";
import { type CellVisit, type TelemetryRow, TelemetryStore } from "@perigee/operator";
import { type Bench, quantile, round } from "./result.ts";

const WEEK_SLOTS = (7 * 86_400) / 15;
/** A Sunday's first slot, so that a week is seven whole days, all of them in files. */
const FIRST_SLOT = Math.ceil((Date.UTC(2026, 4, 31) - slotStartMs(0)) / 15_000);
const rowsAsked = Number(process.argv[process.argv.indexOf("--rows") + 1] || Number.NaN);
const ROWS = process.argv.includes("--rows") && rowsAsked > 0 ? rowsAsked : 100_000_000;
/** A slot costs something however few its rows are: a small run has fewer slots, and no fewer terminals than this. */
const TERMINALS = Math.max(250, Math.round(ROWS / WEEK_SLOTS));
const SLOTS = Math.min(WEEK_SLOTS, Math.ceil(ROWS / TERMINALS));
const BYTES_PER_ROW = 110;

async function cpuMs<T>(work: () => Promise<T>): Promise<{ ms: number; value: T }> {
  const before = process.cpuUsage();
  const value = await work();
  const { user, system } = process.cpuUsage(before);
  return { ms: (user + system) / 1000, value };
}

/** A fleet whose week is known without keeping it: most stand still, some sail, a few fly. */
class Fleet {
  readonly count: number;
  readonly #ids: readonly string[];
  readonly #accounts: readonly string[];
  readonly #routes: readonly (readonly bigint[])[];
  #state = 0x9e3779b9;

  constructor(count: number) {
    this.count = count;
    this.#ids = Array.from({ length: count }, (_, i) => `terminal-${String(i).padStart(6, "0")}`);
    this.#accounts = Array.from({ length: count }, (_, i) => `account-${i % 400}`);
    this.#routes = Array.from({ length: count }, (_, i) => {
      const [latDeg, lonDeg] = [((i * 37) % 110) - 50, ((i * 73) % 340) - 170];
      return Array.from({ length: this.#slotsPerCell(i) === Number.POSITIVE_INFINITY ? 1 : 400 }, (__, k) =>
        BigInt(`0x${cellAt(latDeg + 0.02 * k, lonDeg + 0.02 * k)}`),
      );
    });
  }

  #slotsPerCell(i: number): number {
    return i % 50 === 0 ? 4 : i % 12 === 0 ? 120 : Number.POSITIVE_INFINITY;
  }

  id(i: number): string {
    return this.#ids[i]!;
  }

  cell(i: number, slot: number): bigint {
    const route = this.#routes[i]!;
    return route.length === 1 ? route[0]! : route[Math.floor(slot / this.#slotsPerCell(i)) % route.length]!;
  }

  /** Marsaglia's xorshift32: the rows only have to be uneven, and the same every time. */
  #draw(): number {
    let x = this.#state;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.#state = x;
    return (x >>> 0) / 2 ** 32;
  }

  rows(slot: number): TelemetryRow[] {
    return Array.from({ length: this.count }, (_, i) => {
      const rttMs = 24 + (i % 30) + Math.round(80 * this.#draw()) / 10;
      return {
        slot,
        terminal: this.#ids[i]!,
        account: this.#accounts[i]!,
        cell: this.cell(i, slot),
        country: "XZ",
        inTerritorialWaters: false,
        satellite: 44_000 + ((i * 31 + slot) % 6000),
        gateway: `gateway-${(i + Math.floor(slot / 40)) % 90}`,
        pop: `pop-${i % 30}`,
        rttMs,
        pingLatencyMs: rttMs + Math.round(60 * this.#draw()) / 10,
        pingDropRate: this.#draw() < 0.9 ? 0 : Math.round(15 * this.#draw()) / 15,
        downBytes: Math.floor(4e7 * this.#draw() ** 4),
        upBytes: Math.floor(4e6 * this.#draw() ** 4),
        obstruction: (i % 20) / 1000,
        signalQuality: Math.round(100 * this.#draw()) / 100,
        uptimeS: (slot - FIRST_SLOT) * 15 + i,
        secondsUntilReboot: 259_200,
        software: "2026.20.0",
        wireCode: 1,
        reason: "",
        reporting: true,
        alerts: this.#draw() < 0.999 ? [] : [62],
      };
    });
  }
}

/** CPU that taking slots costs, rows already made; nothing is rolled meanwhile. */
async function appendRate(folder: string, terminals: number, rows: number): Promise<number> {
  const fleet = new Fleet(terminals);
  const slots = Math.ceil(rows / terminals);
  let ms = 0;
  {
    await using store = await TelemetryStore.open({ folder, retentionDays: 30, recentBytes: 64e6 });
    for (let k = 0; k < slots; k++) {
      const taken = fleet.rows(FIRST_SLOT + k);
      ms += (await cpuMs(() => store.take(taken))).ms;
    }
    ms += (await cpuMs(() => store[Symbol.asyncDispose]())).ms;
  }
  return Math.round((slots * terminals * 1000) / ms);
}

/** What a reader of DuckDB's manual would write: value by value. */
async function rowAppenderRate(path: string, terminals: number, slots: number): Promise<number> {
  const instance = await DuckDBInstance.create(path, { memory_limit: "512MB", threads: "1" });
  const connection = await instance.connect();
  const texts = ["terminal", "account", "country", "gateway", "pop", "software", "reason"] as const;
  const doubles = ["rttMs", "pingLatencyMs", "pingDropRate", "obstruction", "signalQuality"] as const;
  const integers = ["slot", "satellite", "uptimeS", "secondsUntilReboot", "wireCode"] as const;
  const bigs = ["downBytes", "upBytes"] as const;
  await connection.run(
    `CREATE TABLE t (${[
      ...texts.map(name => `${name} VARCHAR`),
      ...doubles.map(name => `${name} FLOAT`),
      ...integers.map(name => `${name} INTEGER`),
      ...bigs.map(name => `${name} UBIGINT`),
      "cell UBIGINT",
    ].join(", ")})`,
  );
  const fleet = new Fleet(terminals);
  let ms = 0;
  for (let k = 0; k < slots; k++) {
    const rows = fleet.rows(FIRST_SLOT + k);
    const spent = await cpuMs(async () => {
      const appender = await connection.createAppender("t");
      for (const row of rows) {
        for (const name of texts) appender.appendVarchar(row[name] ?? "");
        for (const name of doubles) appender.appendFloat(row[name]!);
        for (const name of integers) appender.appendInteger(row[name]!);
        for (const name of bigs) appender.appendUBigInt(BigInt(row[name]));
        appender.appendUBigInt(row.cell!);
        appender.endRow();
      }
      appender.closeSync();
    });
    ms += spent.ms;
  }
  connection.closeSync();
  instance.closeSync();
  return Math.round((terminals * slots * 1000) / ms);
}

async function sizeOf(folder: string): Promise<number> {
  const names = await readdir(folder, { recursive: true });
  const sizes = await Promise.all(names.map(async name => (await stat(join(folder, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** Who was where, slot by slot, from the fleet's own account of its week. */
function visitsOf(fleet: Fleet, cells: ReadonlySet<bigint>, from: number, before: number): Set<string> {
  const found = new Set<string>();
  for (let i = 0; i < fleet.count; i++) {
    for (let slot = from; slot < before; slot++) {
      if (cells.has(fleet.cell(i, slot))) found.add(`${fleet.id(i)} ${slot}`);
    }
  }
  return found;
}

function slotsIn(visits: readonly CellVisit[]): Set<string> {
  return new Set(
    visits.flatMap(({ terminal, fromSlot, untilSlot }) =>
      Array.from({ length: untilSlot - fromSlot + 1 }, (_, k) => `${terminal} ${fromSlot + k}`),
    ),
  );
}

export const bench: Bench = async progress => {
  const place = await mkdtemp(join(tmpdir(), "perigee-bench-telemetry-"));
  try {
    const { bavail, bsize } = await statfs(place);
    const needed = ROWS * BYTES_PER_ROW;
    if (bavail * bsize < 2 * needed) {
      throw new Error(`${tmpdir()} has no room for ${Math.ceil(needed / 1e9)} GB; say fewer with --rows.`);
    }
    return await measure(place, progress);
  } finally {
    await rm(place, { recursive: true, force: true });
  }
};

async function measure(place: string, progress: (line: string) => void): ReturnType<Bench> {
  const figures: Record<string, number> = {};
  const appended = Math.min(ROWS, 3_000_000);
  for (const terminals of [1000, 10_000, 100_000]) {
    progress(`appending, ${terminals} terminals`);
    const rate = await appendRate(join(place, `append-${terminals}`), terminals, appended);
    figures[`rowsPerSecond${terminals / 1000}k`] = rate;
    await rm(join(place, `append-${terminals}`), { recursive: true });
  }
  figures["rowsPerSecond"] = figures["rowsPerSecond10k"]!;
  progress("appending, value by value");
  const peers = { duckdbRowAppenderRowsPerSecond: await rowAppenderRate(join(place, "peer"), 10_000, 30) };
  await rm(join(place, "peer"), { force: true });

  const fleet = new Fleet(TERMINALS);
  const folder = join(place, "week");
  await using store = await TelemetryStore.open({
    folder,
    retentionDays: 30,
    memoryLimit: "1500MB",
    recentBytes: 64e6,
  });
  const built = await cpuMs(async () => {
    // A slot more than a week: with it the last day is over.
    for (let k = 0; k <= SLOTS; k++) {
      await store.take(fleet.rows(FIRST_SLOT + k));
      if (k % 5760 !== 0) continue;
      await store.settled();
      progress(`${k / 5760} of 7 days, ${((k * fleet.count) / 1e6).toFixed(0)} M rows`);
    }
    await store.settled();
  });
  const { files, openRows } = store.status();
  const rows = files.reduce((sum, file) => sum + file.rows, openRows);
  figures["rows"] = rows;
  figures["rowsPerSecondRolled"] = Math.round((rows * 1000) / built.ms);
  figures["bytesPerRow"] = round((await sizeOf(folder)) / rows);

  const checksum = createHash("sha256");
  const [fromMs, untilMs] = [slotStartMs(FIRST_SLOT), slotStartMs(FIRST_SLOT + SLOTS)];
  progress("one terminal's week");
  const weeks: number[] = [];
  for (let k = 0; k < 9; k++) {
    const id = fleet.id(Math.floor((k * fleet.count) / 9));
    const week = await cpuMs(() => store.history(id, fromMs, untilMs));
    if (week.value.length !== SLOTS) throw new Error(`${id} has ${week.value.length} rows.`);
    checksum.update(JSON.stringify(week.value.map(row => [row.slot, row.downBytes, String(row.cell)])));
    weeks.push(week.ms);
  }
  figures["weekFirstCpuMs"] = round(weeks[0]!);
  figures["weekCpuMs"] = round(quantile(weeks.slice(1), 0.5));

  progress("who was in these cells in these hours");
  const searches: number[] = [];
  for (let k = 0; k < 9; k++) {
    const from = FIRST_SLOT + Math.floor((k * (SLOTS - 720)) / 8);
    const cells = new Set(
      Array.from({ length: 20 }, (_, j) => fleet.cell((j * 50 + k) % fleet.count, from + 31 * j)),
    );
    const before = from + 720;
    const found = await cpuMs(() => store.whoWas([...cells], slotStartMs(from), slotStartMs(before)));
    const [told, true_] = [slotsIn(found.value), visitsOf(fleet, cells, from, before)];
    if (told.size !== true_.size || [...true_].some(v => !told.has(v)))
      throw new Error(`who was there: ${told.size} slots are told, ${true_.size} are true.`);
    checksum.update([...told].sort().join("\n"));
    searches.push(found.ms);
  }
  figures["cellsFirstCpuMs"] = round(searches[0]!);
  figures["cellsCpuMs"] = round(quantile(searches.slice(1), 0.5));
  progress("usage");
  const usage = await cpuMs(() => store.usage(fleet.id(1), fromMs + 3_600_000, untilMs - 3_600_000));
  figures["usageCpuMs"] = round(usage.ms);
  checksum.update(JSON.stringify(usage.value));
  figures["rssMiB"] = Math.round(process.memoryUsage().rss / 2 ** 20);
  return {
    workload: `${rows} rows: ${fleet.count} terminals, ${SLOTS} slots; appended apart: ${appended} rows by 1,000, 10,000 and 100,000 a slot`,
    checksum: checksum.digest("hex"),
    figures,
    peers,
    ratios: {
      toRowAppender: round(figures["rowsPerSecond"]! / peers.duckdbRowAppenderRowsPerSecond),
      from1kTo100kTerminals: round(figures["rowsPerSecond100k"]! / figures["rowsPerSecond1k"]!),
    },
  };
}
