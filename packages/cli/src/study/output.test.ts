// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { linePlot, type Table } from "@perigee/report";
import { CliError } from "../command.ts";
import { outFiles, replaceFile, writeViews } from "./output.ts";
import { openRows } from "./row-stream.ts";

const folder = mkdtempSync(join(tmpdir(), "perigee-output-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string): string => join(folder, name);
const NAMES = { tables: ["cells", "links"], pictures: ["map", "cdf"], files: ["plan"] } as const;
const tableOf = (name: string): Table => ({ columns: [{ name, type: "i32", values: [1, 2] }] });
const drawingOf = (title: string) =>
  linePlot({ title, x: { label: "x" }, y: { label: "y" }, series: [{ name: "s", x: [0, 1], y: [0, 1] }] });

test("a file's endings choose form and view; the first view is meant where none is named", async () => {
  const files = outFiles(
    ["a.csv", "a.links.csv", "my.own.csv", "a.json", "a.svg", "a.cdf.svg", "a.plan"].map(at),
    NAMES,
  );
  assert.deepEqual(
    files.map(({ view }) => view),
    [null, "links", null, null, null, "cdf", null],
  );
  await writeViews(files, {
    tables: { cells: () => tableOf("cell"), links: () => tableOf("link") },
    pictures: { map: () => drawingOf("the map"), cdf: () => drawingOf("the curve") },
    files: { plan: () => Uint8Array.of(1, 2, 3) },
  });
  const read = (name: string): string => readFileSync(at(name), "utf8");
  assert.equal(read("a.csv"), "cell\r\n1\r\n2\r\n");
  assert.equal(read("a.links.csv"), "link\r\n1\r\n2\r\n");
  assert.equal(read("my.own.csv"), "cell\r\n1\r\n2\r\n");
  assert.match(read("a.svg"), /the map/);
  assert.match(read("a.cdf.svg"), /the curve/);
  assert.deepEqual([...readFileSync(at("a.plan"))], [1, 2, 3]);
  assert.ok(readdirSync(folder).every(name => !name.includes(".part-")));
});

test("what cannot be written is refused before any work", () => {
  for (const paths of [
    ["a.txt"],
    ["noending"],
    ["missing/folder/a.csv"],
    ["a.csv", "./a.csv"],
    ["a.plan.zip"],
  ]) {
    assert.throws(
      () =>
        outFiles(
          paths.map(path => join(folder, path)),
          NAMES,
        ),
      CliError,
      paths.join(),
    );
  }
  assert.throws(() => outFiles([at("a.csv")], { tables: [], pictures: ["map"] }), CliError);
});

test("a file that cannot be completed leaves nothing, and the old one as it was", async () => {
  await replaceFile(at("old.csv"), ["whole"]);
  const broken = (function* () {
    yield "half";
    throw new Error("no more");
  })();
  await assert.rejects(replaceFile(at("old.csv"), broken), CliError);
  assert.equal(readFileSync(at("old.csv"), "utf8"), "whole");
  assert.ok(readdirSync(folder).every(name => !name.includes(".part-")));
});

test("rows that come one after the other are there when they are finished, and not before", () => {
  const columns = [{ name: "n", type: "i32" }] as const;
  const batch = (...values: number[]) => [{ name: "n", type: "i32", values }] as const;
  for (const form of ["csv", "parquet"] as const) {
    const rows = openRows(at(`rows.${form}`), form, { columns });
    rows.add(batch(1, 2));
    assert.ok(!readdirSync(folder).includes(`rows.${form}`));
    rows.add(batch(3));
    rows.finish();
  }
  assert.equal(readFileSync(at("rows.csv"), "utf8"), "n\r\n1\r\n2\r\n3\r\n");
  assert.equal(readFileSync(at("rows.parquet")).subarray(-4).toString(), "PAR1");
  const dropped = openRows(at("dropped.csv"), "csv", { columns });
  dropped.add(batch(1));
  dropped.discard();
  assert.ok(readdirSync(folder).every(name => !name.startsWith("dropped")));
  assert.throws(() => openRows(at("no/such.csv"), "csv", { columns }), CliError);
});
