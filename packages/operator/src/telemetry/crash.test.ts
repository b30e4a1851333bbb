// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { slotStartMs } from "@perigee/network";
import { TelemetryStore } from "./store.ts";
import { FIRST_SLOT, folder, rowOf, someCells } from "./testing.ts";

const DAY_SLOTS = 5760;

/** Three days and a slot: two files, and a table. */
async function twoFiles(path: string): Promise<void> {
  await using store = await TelemetryStore.open({ folder: path, retentionDays: 30 });
  for (const slot of [0, 1, DAY_SLOTS, DAY_SLOTS + 1, 2 * DAY_SLOTS])
    await store.take([rowOf(FIRST_SLOT + slot, "a", { downBytes: slot })]);
  await store.settled();
  assert.equal(store.status().files.length, 2);
}

const wholeTime = [0, slotStartMs(FIRST_SLOT + 4 * DAY_SLOTS)] as const;

describe("telemetry after a bad end", () => {
  test("a process that is killed loses at most the slot that it was writing", async () => {
    using place = folder();
    // Takes slots as fast as it can, across a midnight, and says each one that is on disk.
    const program = join(import.meta.dirname, "testing", "take-until-killed.ts");
    const child = spawn(process.execPath, [program, place.path], { stdio: ["ignore", "pipe", "inherit"] });
    let said = "";
    const exited = new Promise(done => child.once("exit", done));
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      if (said.split("\n").length > 60) child.kill("SIGKILL");
    });
    await exited;
    const told = Number(said.slice(0, said.lastIndexOf("\n")).split("\n").at(-1));
    await using store = await TelemetryStore.open({ folder: place.path, retentionDays: 30 });
    const slots = (await store.history("t7", ...wholeTime)).map(row => row.slot);
    const last = slots.at(-1)!;
    assert.ok(last >= told, `slot ${told} was on disk, ${last} is there`);
    assert.deepEqual(
      slots,
      Array.from({ length: slots.length }, (_, k) => slots[0]! + k),
    );
    // A slot is there with all of its terminals, or not at all.
    const here = await store.whoWas(someCells, slotStartMs(last), slotStartMs(last + 1));
    assert.equal(here.length, 40);
    await store.take([rowOf(last + 1, "t7")]);
    assert.equal(store.newest("t7")!.slot, last + 1);
  });

  test("a day's file that was cut short is noticed and set aside; the other days answer", async () => {
    using place = folder();
    await twoFiles(place.path);
    const path = join(place.path, "2026-05-21", "0.parquet");
    truncateSync(path, readFileSync(path).length - 20);
    const troubles: string[] = [];
    await using store = await TelemetryStore.open({
      folder: place.path,
      retentionDays: 30,
      onTrouble: message => troubles.push(message),
    });
    assert.deepEqual(store.status().damaged, ["2026-05-21"]);
    assert.match(troubles[0]!, /2026-05-21 was cut short/);
    assert.ok(existsSync(join(place.path, "2026-05-21.damaged", "0.parquet")));
    assert.equal((await store.history("a", ...wholeTime)).length, 3);
  });

  test("a file that was changed without becoming shorter is noticed when files are verified", async () => {
    using place = folder();
    await twoFiles(place.path);
    const path = join(place.path, "2026-05-22", "0.parquet");
    const bytes = readFileSync(path);
    bytes[40]! ^= 1;
    writeFileSync(path, bytes);
    const troubles: string[] = [];
    const onTrouble = (message: string): void => void troubles.push(message);
    await using store = await TelemetryStore.open({ folder: place.path, retentionDays: 30, onTrouble });
    assert.deepEqual(store.status().damaged, []);
    assert.deepEqual((await store.verify()).damaged, ["2026-05-22"]);
    assert.match(troubles[0]!, /2026-05-22 is not what was written/);
  });

  test("a day whose file has its name but is not on record yet is taken over, not doubled", async () => {
    using place = folder();
    await twoFiles(place.path);
    // As after a crash between the two: the file of the first day is there, the database has never heard of it.
    const [day, aside] = [join(place.path, "2026-05-21"), join(place.path, "aside")];
    renameSync(day, aside);
    {
      await using store = await TelemetryStore.open({
        folder: place.path,
        retentionDays: 30,
        onTrouble: () => {},
      });
      assert.deepEqual(store.status().damaged, ["2026-05-21"]);
    }
    renameSync(aside, day);
    const half = join(place.path, "2026-05-23.new");
    mkdirSync(half);
    writeFileSync(join(half, "0.parquet"), "half a file");
    await using store = await TelemetryStore.open({ folder: place.path, retentionDays: 30 });
    assert.equal((await store.history("a", ...wholeTime)).length, 5);
    assert.equal(
      (await store.usage("a", ...wholeTime)).downBytes,
      1 + DAY_SLOTS + DAY_SLOTS + 1 + 2 * DAY_SLOTS,
    );
    assert.ok(!existsSync(half));
  });

  test("a folder that is no good does not cost a day that is still in its table", async () => {
    using place = folder();
    {
      await using store = await TelemetryStore.open({ folder: place.path, retentionDays: 30 });
      await store.take([rowOf(FIRST_SLOT, "a")]);
    }
    mkdirSync(join(place.path, "2026-05-21"));
    writeFileSync(join(place.path, "2026-05-21", "0.parquet"), "not what a store writes");
    const onTrouble = (): void => {};
    await using store = await TelemetryStore.open({ folder: place.path, retentionDays: 30, onTrouble });
    assert.deepEqual(store.status().damaged, ["2026-05-21"]);
    assert.equal((await store.history("a", ...wholeTime)).length, 1);
    await store.take([rowOf(FIRST_SLOT + DAY_SLOTS, "a")]);
    await store.settled();
    assert.deepEqual([store.status().damaged, store.status().files.length], [[], 1]);
    assert.equal((await store.history("a", ...wholeTime)).length, 2);
  });

  test("a day of which a file is gone is set aside as a whole, known to the database or not", async () => {
    for (const isKnown of [true, false]) {
      using place = folder();
      {
        await using store = await TelemetryStore.open({
          folder: place.path,
          retentionDays: 30,
          rowGroup: 2048,
        });
        for (let k = 0; k < 20; k++)
          await store.take(Array.from({ length: 2000 }, (_, i) => rowOf(FIRST_SLOT + k, `t${i}`)));
        await store.take([rowOf(FIRST_SLOT + DAY_SLOTS, "t7")]);
        await store.settled();
        assert.equal(store.status().files.length, 2);
      }
      if (!isKnown) rmSync(join(place.path, "telemetry.duckdb"));
      rmSync(join(place.path, "2026-05-21", "0.parquet"));
      const troubles: string[] = [];
      const onTrouble = (message: string): void => void troubles.push(message);
      await using store = await TelemetryStore.open({ folder: place.path, retentionDays: 30, onTrouble });
      assert.deepEqual(store.status().damaged, ["2026-05-21"]);
      assert.match(troubles[0]!, /2026-05-21 is gone/);
      assert.ok(existsSync(join(place.path, "2026-05-21.damaged", "1.parquet")));
      assert.equal((await store.history("t1999", ...wholeTime)).length, 0);
    }
  });

  test("a database that is lost is made again from the files", async () => {
    using place = folder();
    await twoFiles(place.path);
    rmSync(join(place.path, "telemetry.duckdb"));
    rmSync(join(place.path, "telemetry.duckdb.wal"), { force: true });
    await using store = await TelemetryStore.open({ folder: place.path, retentionDays: 30 });
    assert.equal((await store.history("a", ...wholeTime)).length, 4);
    assert.equal((await store.whoWas([someCells[0]!], ...wholeTime)).length, 2);
    await store.take([rowOf(FIRST_SLOT + 2 * DAY_SLOTS, "a")]);
    assert.equal((await store.history("a", ...wholeTime)).length, 5);
  });

  test("a database that is no database is set aside, and said", async () => {
    using place = folder();
    await twoFiles(place.path);
    writeFileSync(join(place.path, "telemetry.duckdb"), "x".repeat(20_000));
    const troubles: string[] = [];
    const onTrouble = (message: string): void => void troubles.push(message);
    await using store = await TelemetryStore.open({ folder: place.path, retentionDays: 30, onTrouble });
    assert.match(troubles[0]!, /could not be opened and is set aside/);
    assert.equal((await store.history("a", ...wholeTime)).length, 4);
  });
});
