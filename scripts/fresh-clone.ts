// SPDX-License-Identifier: MIT
// Does what a stranger does: clones HEAD into an empty folder, with empty caches, and runs the README's two commands.
//
//   pnpm test:fresh-clone
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const home = mkdtempSync(join(tmpdir(), "perigee-fresh-"));
const clone = join(home, "perigee");
const PNPM = ["-y", "pnpm@12.21.0"];

/** Only what a new machine has: no pinned Node on the path, no caches, no settings of this checkout. */
const env: NodeJS.ProcessEnv = Object.fromEntries(
  Object.entries(process.env).filter(
    ([key]) => !/^(npm_|pnpm_|PNPM_|NODE_OPTIONS|NODE_PATH|INIT_CWD|PERIGEE_)/.test(key),
  ),
);
env["HOME"] = home;
env["XDG_CACHE_HOME"] = join(home, "cache");
env["XDG_DATA_HOME"] = join(home, "share");
env["npm_config_cache"] = join(home, "npm");
env["PATH"] = (process.env["PATH"] ?? "")
  .split(":")
  .filter(folder => !folder.includes("node_modules"))
  .join(":");

const log = (line: string): void => console.log(`[fresh-clone] ${line}`);

function sizeMb(folder: string): number {
  return Number(execFileSync("du", ["-sm", folder], { encoding: "utf8" }).split("\t")[0]);
}

async function until(child: ChildProcess, text: string, seconds: number): Promise<number> {
  const started = performance.now();
  return await new Promise((done, fail) => {
    const timer = setTimeout(() => fail(new Error(`no "${text}" within ${seconds} s`)), seconds * 1000);
    let seen = "";
    child.stdout!.on("data", (chunk: Buffer) => {
      process.stdout.write(chunk);
      seen += chunk.toString("utf8");
      if (seen.includes(text)) {
        clearTimeout(timer);
        done((performance.now() - started) / 1000);
      }
    });
    child.on("exit", code => {
      clearTimeout(timer);
      fail(new Error(`ended with code ${code} before "${text}"`));
    });
  });
}

async function start(title: string): Promise<void> {
  const args = [
    ...PNPM,
    "start",
    "--port",
    "0",
    "--proxy-port",
    "0",
    "--dish-port",
    "0",
    "--data",
    join(home, "data"),
  ];
  log(`npx ${args.join(" ")}`);
  const child = spawn("npx", args, { cwd: clone, env, stdio: ["ignore", "pipe", "inherit"], detached: true });
  const seconds = await until(child, "Ready in", 600);
  log(`${title}: ready after ${seconds.toFixed(1)} s`);
  await new Promise<void>(done => {
    child.removeAllListeners("exit");
    child.on("exit", () => done());
    process.kill(-child.pid!, "SIGINT");
  });
}

async function testCommand(): Promise<number> {
  const args = [...PNPM, "test"];
  log(`npx ${args.join(" ")}`);
  const started = performance.now();
  const child = spawn("npx", args, { cwd: clone, env, stdio: "inherit" });
  const code = await new Promise<number | null>(done => child.on("exit", done));
  log(`test: exit ${code} after ${((performance.now() - started) / 1000).toFixed(0)} s`);
  return code ?? 1;
}

try {
  execFileSync("git", ["clone", "--quiet", "--no-hardlinks", root, clone], { stdio: "inherit" });
  log(
    `cloned ${execFileSync("git", ["rev-parse", "--short", "HEAD"], { cwd: clone, encoding: "utf8" }).trim()}; node ${execFileSync("node", ["--version"], { env, encoding: "utf8" }).trim()}`,
  );
  await start("first start (nothing installed)");
  rmSync(join(home, "data"), { recursive: true, force: true });
  await start("cold start (installed, empty data directory)");
  await start("warm start");
  log(
    `install: node_modules ${sizeMb(join(clone, "node_modules"))} MB, data directory ${sizeMb(join(home, "data"))} MB`,
  );
  process.exitCode = await testCommand();
  log(
    `left in the clone: ${readdirSync(clone)
      .filter(f => statSync(join(clone, f)).isDirectory())
      .join(" ")}`,
  );
} finally {
  rmSync(home, { recursive: true, force: true });
}
