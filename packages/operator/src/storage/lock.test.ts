// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { lockDirectory } from "./lock.ts";

const directory = mkdtempSync(join(tmpdir(), "perigee-lock-"));
after(() => rmSync(directory, { recursive: true, force: true }));

test("a live owner keeps others out, and a released directory is free", () => {
  const first = lockDirectory(directory);
  assert.ok(first.ok);
  const second = lockDirectory(directory);
  assert.ok(!second.ok);
  assert.equal(second.error.code, "DATA_DIRECTORY_IN_USE");
  assert.match(second.error.message, new RegExp(`process ${process.pid}`));
  first.value[Symbol.dispose]();
  const third = lockDirectory(directory);
  assert.ok(third.ok);
  third.value[Symbol.dispose]();
});

test("a lock left by a killed process is taken over", async () => {
  const lockFile = new URL("./lock.ts", import.meta.url).href;
  const child = spawn(process.execPath, [
    "--input-type=module",
    "-e",
    `const { lockDirectory } = await import(${JSON.stringify(lockFile)}); lockDirectory(${JSON.stringify(directory)}); console.log("held"); setInterval(() => {}, 1e6);`,
  ]);
  await once(child.stdout, "data");
  assert.ok(!lockDirectory(directory).ok);
  child.kill("SIGKILL");
  await once(child, "exit");
  const taken = lockDirectory(directory);
  assert.ok(taken.ok);
  taken.value[Symbol.dispose]();
});

test("a recycled process id or a torn lock file is not an owner", () => {
  const path = join(directory, "operator.lock");
  for (const torn of [JSON.stringify({ pid: process.pid, started: "1" }), '{"pid":', ""]) {
    writeFileSync(path, torn);
    const taken = lockDirectory(directory);
    assert.ok(taken.ok, torn);
    assert.equal(JSON.parse(readFileSync(path, "utf8")).pid, process.pid);
    taken.value[Symbol.dispose]();
  }
});
