// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { gunzipSync, gzipSync } from "node:zlib";
import { CliError, type Command } from "../command.ts";
import { coverage } from "./coverage.ts";
import { latency } from "./latency.ts";
import { merge } from "./merge.ts";

const folder = mkdtempSync(join(tmpdir(), "perigee-merge-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string): string => join(folder, name);

/** Runs a command and gives what it printed. */
async function printed(command: Command, args: readonly string[]): Promise<string> {
  const lines: string[] = [];
  const { log, error } = console;
  console.log = (...values: unknown[]) => void lines.push(values.join(" "));
  console.error = () => undefined;
  try {
    await command.run(args);
  } finally {
    console.log = log;
    console.error = error;
  }
  return lines.join("\n");
}

const refused = (command: Command, args: readonly string[], message: RegExp): Promise<void> =>
  assert.rejects(printed(command, args), (error: Error) => {
    assert.ok(error instanceof CliError, error.stack ?? error.message);
    assert.match(error.message, message);
    return true;
  });

/** Parts of a run, in an order that is not theirs. */
async function partsOf(
  command: Command,
  args: readonly string[],
  of: number,
  tag: string,
): Promise<string[]> {
  const files: string[] = [];
  for (let k = of; k >= 1; k--) {
    files.push(at(`${tag}-${of}-${k}.part`));
    await printed(command, [...args, "--part", `${k}/${of}`, "--lead", "6", "--out", files.at(-1)!]);
  }
  return files;
}

/** The same bytes in every form, and the same words on the screen. */
async function assertSame(
  command: Command,
  args: readonly string[],
  endings: readonly string[],
  counts: readonly number[],
): Promise<void> {
  const { name } = command;
  const outs = (tag: string) => endings.map(ending => `--out=${at(`${tag}.${ending}`)}`);
  const words = await printed(command, [...args, ...outs(`${name}-whole`)]);
  for (const of of counts) {
    const files = await partsOf(command, args, of, name);
    assert.equal(await printed(merge, [...files, ...outs(`${name}-${of}`)]), words);
    for (const ending of endings) {
      const [whole, merged] = [`${name}-whole`, `${name}-${of}`].map(tag =>
        readFileSync(at(`${tag}.${ending}`)),
      );
      assert.ok(whole!.equals(merged!), `${name}, ${of} parts, ${ending}`);
    }
  }
}

const PATTERN = ["--constellation", "D:550:53:1584/72/17", "--at", "2026-05-21T12:00Z"];
const SERVICE = ["Kyiv", "Lisbon", ...PATTERN, "--over", "150s", "--paths", "2"];

test("latency in 1, 2 and 3 parts gives the bytes of the undivided run", async () => {
  const endings = ["csv", "parquet", "paths.json", "cdf.svg"];
  await assertSame(latency, SERVICE, endings, [1, 2, 3]);
  const files = [1, 2, 3].map(k => at(`latency-3-${k}.part`));
  const json = await printed(latency, [...SERVICE, "--json"]);
  assert.equal(await printed(merge, [...files, "--json"]), json);
  // Few satellites: many instants without a way, which JSON has no number for.
  const sparse = ["Kyiv", "Lisbon", "--mode", "direct", "--constellation", "D:550:53:120/12/1"];
  await assertSame(latency, [...sparse, "--over", "20min", "--step", "10s"], endings, [1, 2, 3]);
});

test("coverage in parts gives the bytes of the undivided run", async () => {
  const args = [...PATTERN, "--region", "Kyiv,60", "--around", "0", "--over", "150s"];
  await assertSame(coverage, args, ["csv", "latitudes.parquet", "gap.svg"], [2]);
});

test("parts that do not belong together are refused, by the file's name", async () => {
  const elements = at("pattern.txt");
  writeFileSync(elements, "D:550:53:1584/72/17");
  const args = ["Kyiv", "Lisbon", "--elements", elements, "--over", "45s", "--mode", "direct"];
  const of3 = await partsOf(latency, args, 3, "a");
  const of2 = await partsOf(latency, args, 2, "a");
  const others = await partsOf(latency, [...args, "--step", "5s"], 2, "b");
  await refused(merge, [of3[0]!, of3[2]!], /part 2 of 3 is missing/);
  copyFileSync(of3[0]!, at("copy.part"));
  await refused(merge, [...of3, at("copy.part")], /copy\.part: part 3 of 3, and so is .*a-3-3\.part/);
  await refused(merge, [of3[0]!, of2[0]!], /a-2-2\.part: one of 2 parts, and .*a-3-3\.part is one of 3/);
  await refused(merge, [of2[0]!, others[1]!], /b-2-1\.part: part of another run: .*--step=5s/);
  await refused(merge, [at("nothing.part")], /nothing\.part: ENOENT/);
  writeFileSync(at("text.part"), "part");
  await refused(merge, [at("text.part")], /text\.part: not a part file/);
  const bytes = readFileSync(of2[0]!);
  writeFileSync(at("cut.part"), bytes.subarray(0, bytes.length - 20));
  await refused(merge, [at("cut.part")], /cut\.part: not a part file, or cut off/);
  writeFileSync(
    at("bent.part"),
    gzipSync(
      gunzipSync(bytes)
        .toString()
        .replace(/"laserHops":\d/, '"laserHops":9'),
    ),
  );
  await refused(merge, [of2[1]!, at("bent.part")], /bent\.part: damaged/);

  // Other satellites under the same name: between the parts, and after them.
  writeFileSync(elements, "D:550:53:1584/72/18");
  await refused(merge, of2, /computed from other inputs/);
  const [late] = await partsOf(latency, args, 2, "c");
  await refused(merge, [of2[1]!, late!], /c-2-2\.part: computed from other inputs.*a-2-1\.part/);
});

test("a part that cannot be made is refused before any work", async () => {
  const out = ["--out", at("x.part")];
  for (const [flags, message] of [
    [["--part", "4/3", ...out], /--part takes k\/n/],
    [["--part", "0/3", ...out], /--part takes k\/n/],
    [["--part", "1/3"], /--part takes one --out/],
    [["--part", "1/3", "--out", at("x.csv")], /a file ends in one of \.part/],
    [["--part", "1/3", "--json", ...out], /perigee merge/],
    [["--lead", "3"], /--lead is for --part/],
    [["--part", "1/3", ...out], /there are 1 looks to divide/],
  ] as const)
    await refused(latency, ["Kyiv", "Lisbon", ...PATTERN, ...flags], message);
});
