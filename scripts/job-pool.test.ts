// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

const folder = mkdtempSync(join(tmpdir(), "perigee-jobs-"));
after(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a program that has the pool at hand, in a process of its own: it prints, and ends what it started. */
function runPool(program: string): { stdout: string; status: number | null } {
  const file = join(folder, "program.ts");
  const pool = join(import.meta.dirname, "job-pool.ts");
  writeFileSync(
    file,
    `import { endJobs, runLane, type Job } from ${JSON.stringify(pool)};
const job = (title: string, code: string, seconds: number, after?: Promise<unknown>): Job => ({
  title, command: process.execPath, args: ["-e", code], seconds, ...(after === undefined ? {} : { after }) });
const done: string[] = [];
const finished = ({ title, ok }: { title: string; ok: boolean }) => void done.push(\`\${title} \${ok}\`);
${program}
console.log(JSON.stringify(done));
`,
  );
  const { stdout, status } = spawnSync(process.execPath, [file], { encoding: "utf8", timeout: 30_000 });
  return { stdout, status };
}
const lastLine = (text: string): unknown => JSON.parse(text.trimEnd().split("\n").at(-1)!);

test("the longest begins, what must wait lets others pass, and each output stays whole", () => {
  const { stdout } = runPool(`
const later = new Promise(done => setTimeout(done, 600));
await runLane([job("short", "", 1), job("waits", "", 9, later), job("long", "console.log('one'); setTimeout(() => console.error('two'), 100)", 5),
  job("bad", "process.exitCode = 3", 2)], { atATime: 1, live: false, finished });`);
  assert.deepEqual(lastLine(stdout), ["long true", "bad false", "short true", "waits true"]);
  assert.match(stdout, /── long\none\ntwo\n── long: ok in/);
  assert.match(stdout, /── bad: FAILED, ended with code 3, in/);
});

test("so many at a time as asked for, and a program that cannot be found is a failure", () => {
  const at = join(folder, "at.txt");
  // Each waits to see a second one beside it: one at a time would wait for ever.
  const beat = `const fs = require("node:fs");
fs.appendFileSync(${JSON.stringify(at)}, "+");
const timer = setInterval(() => {
  if (fs.readFileSync(${JSON.stringify(at)}, "utf8").split("+").length < 3) return;
  fs.appendFileSync(${JSON.stringify(at)}, "-");
  clearInterval(timer);
}, 50);`;
  const { stdout } = runPool(`
await runLane([${["a", "b", "c", "d"].map(n => `job("${n}", ${JSON.stringify(beat)}, 1)`).join(", ")}],
  { atATime: 2, live: false, finished });
await runLane([{ ...job("missing", "", 1), command: "./no-such-program" }], { atATime: 1, live: false, finished });`);
  let together = 0;
  let most = 0;
  for (const beatNow of readFileSync(at, "utf8")) {
    together += beatNow === "+" ? 1 : -1;
    most = Math.max(most, together);
  }
  assert.equal(most, 2);
  assert.ok((lastLine(stdout) as string[]).includes("missing false"));
});

test("what a job leaves running ends with it, and so does everything when it is told to", () => {
  const leaves = `const { spawn } = require("node:child_process");
const child = spawn(process.execPath, ["-e", "setInterval(() => 0, 1000)"], { stdio: "ignore" });
require("node:fs").writeFileSync(process.env.PID_FILE, String(child.pid)); child.unref();`;
  const pidFile = join(folder, "left.pid");
  const { stdout } = runPool(`
process.env["PID_FILE"] = ${JSON.stringify(pidFile)};
await runLane([job("leaves", ${JSON.stringify(leaves)}, 1)], { atATime: 1, live: false, finished });
setTimeout(endJobs, 500);
await runLane([job("hangs", "setInterval(() => 0, 1000)", 2), job("never begins", "", 1)], { atATime: 1, live: false, finished });`);
  assert.deepEqual(lastLine(stdout), ["leaves true", "hangs false"]);
  const pid = readFileSync(pidFile, "utf8");
  // Killed: gone, or waiting for somebody to collect it.
  const status = existsSync(`/proc/${pid}/status`)
    ? readFileSync(`/proc/${pid}/status`, "utf8")
    : "State:\tZ";
  assert.match(status, /State:\s+[ZX]/);
});
