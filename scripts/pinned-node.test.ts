// SPDX-License-Identifier: MIT
// The launcher on an older Node: it hands over to the pinned one, or says what is missing.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

const folder = mkdtempSync(join(tmpdir(), "perigee-launcher-"));
after(() => rmSync(folder, { recursive: true, force: true }));

/** A Node on the path that is too old for the project, if this machine has one. */
const older = (process.env["PATH"] ?? "")
  .split(":")
  .filter(entry => !entry.includes("node_modules"))
  .map(entry => join(entry, "node"))
  .find(
    candidate =>
      existsSync(candidate) &&
      Number(
        spawnSync(candidate, ["-p", "process.versions.node.split('.')[0]"], { encoding: "utf8" }).stdout,
      ) < 24,
  );
const skip = older === undefined ? "there is no older Node on this machine's path" : false;

const script = join(folder, "where.ts");
writeFileSync(
  script,
  "const answer: { version: string; words: string[] } = { version: process.versions.node, words: process.argv.slice(2) };\n" +
    "console.log(JSON.stringify(answer));\nprocess.exitCode = 7;\n",
);

test("an older Node hands over to the pinned one, with the words and the exit code", { skip }, () => {
  const launcher = join(import.meta.dirname, "pinned-node.mjs");
  const { stdout, status } = spawnSync(older!, [launcher, script, "a", "--b"], { encoding: "utf8" });
  const { version, words } = JSON.parse(stdout);
  assert.ok(Number(version.split(".")[0]) >= 24, version);
  assert.deepEqual(words, ["a", "--b"]);
  assert.equal(status, 7);
});

test("a new enough Node runs the script itself", () => {
  const launcher = join(import.meta.dirname, "pinned-node.mjs");
  const { stdout, status } = spawnSync(process.execPath, [launcher, script, "c"], { encoding: "utf8" });
  assert.deepEqual(JSON.parse(stdout), { version: process.versions.node, words: ["c"] });
  assert.equal(status, 7);
});

test("where the pinned Node is not installed, the launcher says so", { skip }, () => {
  const alone = join(folder, "pinned-node.mjs");
  copyFileSync(join(import.meta.dirname, "pinned-node.mjs"), alone);
  const { stderr, status } = spawnSync(older!, [alone, script], { encoding: "utf8" });
  assert.equal(status, 1);
  assert.match(stderr, /Perigee needs Node 24\.11 or newer.*is not installed/s);
});
