// SPDX-License-Identifier: MIT
// The README's test command: types, lint, unit and property tests, end-to-end stories in a real Chromium.
//
//   pnpm test                 everything
//   pnpm test <pattern> …     only the node:test files that match
import { spawnSync } from "node:child_process";
import { existsSync, globSync } from "node:fs";
import { availableParallelism } from "node:os";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";

process.chdir(resolve(dirname(fileURLToPath(import.meta.url)), ".."));

/** Commands that a step may need, and the Debian package that brings each. */
const wanted = [{ command: "chromium", package: "chromium", for: "the console's stories" }];

const skipped: string[] = [];
const failed: string[] = [];

function run(title: string, command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): void {
  const started = performance.now();
  console.log(`\n── ${title}`);
  const { status, error } = spawnSync(command, args, { stdio: "inherit", env: { ...process.env, ...env } });
  if (error) console.error(error.message);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`── ${title}: ${status === 0 ? "ok" : "FAILED"} in ${seconds} s`);
  if (status !== 0) failed.push(title);
}

const has = (command: string): boolean =>
  (process.env["PATH"] ?? "").split(":").some(folder => existsSync(`${folder}/${command}`));

/** Installs what is missing where that is possible; says what will be skipped where it is not. */
function provide(): void {
  for (const item of wanted.filter(w => !has(w.command))) {
    if (process.getuid?.() === 0 && has("apt-get")) {
      console.log(`── installing ${item.package} from Debian, for ${item.for}`);
      const quiet = { stdio: ["ignore", "ignore", "inherit"] as ("ignore" | "inherit")[] };
      const apt = ["-o", "DPkg::Lock::Timeout=300", "-y", "-qq"];
      const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
      spawnSync("apt-get", [...apt, "update"], { ...quiet, env });
      spawnSync("apt-get", [...apt, "install", "--no-install-recommends", item.package], { ...quiet, env });
    }
    if (!has(item.command)) {
      skipped.push(
        `${item.for}: there is no ${item.command} here; \`apt-get install ${item.package}\` as root brings it`,
      );
    }
  }
}

const bin = (name: string): string => `node_modules/.bin/${name}`;
const exclude = ["**/node_modules/**", "**/dist*/**"];
const patterns = process.argv.slice(2);
const select = (files: string[]): string[] =>
  patterns.length === 0 ? files : files.filter(f => patterns.some(p => f.includes(p)));

const unit = select(
  globSync(["packages/**/*.test.ts", "scripts/**/*.test.ts", "bench/**/*.test.ts"], { exclude }),
).sort();
const stories = select(globSync("e2e/**/*.test.ts", { exclude })).sort();

provide();
run("kernels", process.execPath, ["scripts/build-kernels.ts"]);
if (patterns.length === 0) {
  run("types", bin("tsc"), ["-b"]);
  run("lint", bin("biome"), ["check", "--error-on-warnings"]);
}
run("console build", process.execPath, ["packages/console/build.ts"]);
const reporter = ["--test-reporter", "spec"];
if (unit.length > 0)
  run("unit and property tests", process.execPath, ["--test", ...reporter, "--test-isolation=none", ...unit]);
if (stories.length > 0) {
  // Stories start whole operators: each file has its own process, as many at a time as there are cores for.
  const atATime = String(Math.max(1, Math.min(2, availableParallelism() - 1)));
  run("stories", process.execPath, ["--test", ...reporter, `--test-concurrency=${atATime}`, ...stories]);
}

console.log(`\n${failed.length === 0 ? "All steps passed" : `FAILED: ${failed.join(", ")}`}.`);
for (const line of skipped) console.log(`Skipped, ${line}.`);
process.exitCode = failed.length === 0 ? 0 : 1;
