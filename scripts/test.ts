// SPDX-License-Identifier: MIT
// The README's test command: types, lint, unit and property tests, end-to-end stories in a real Chromium.
//
//   pnpm test                 everything
//   pnpm test <pattern> …     only the node:test files that match
import { spawn, spawnSync } from "node:child_process";
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { FileTime } from "./file-times.ts";
import { endJobs, type Finished, type Job, runJob, runLane } from "./job-pool.ts";
import { type Postgres, postgresCommands, start as startPostgres } from "./postgres.ts";
import { type Company, companyOf, secondsOf, shards, standsAlone } from "./test-plan.ts";

process.chdir(resolve(dirname(fileURLToPath(import.meta.url)), ".."));
// Hundreds of processes read the same modules: compiled code is kept between them.
process.env["NODE_COMPILE_CACHE"] ??= resolve("node_modules/.cache/compiled");

const has = (command: string): boolean =>
  (process.env["PATH"] ?? "").split(":").some(folder => existsSync(`${folder}/${command}`));

interface Wanted {
  readonly name: string;
  readonly here: () => boolean;
  /** The Debian package that brings it. */
  readonly package: string;
  readonly for: string;
}

/** What tests want of the machine beyond Node. */
const wanted: readonly Wanted[] = [
  {
    name: "chromium",
    here: () => has("chromium"),
    package: "chromium",
    for: "the console's stories",
  },
  {
    name: "PostgreSQL",
    here: () => postgresCommands() !== null,
    package: "postgresql-15",
    for: "the tests of records on PostgreSQL",
  },
  {
    name: "gRPC for Python",
    here: () => spawnSync("/usr/bin/python3", ["-c", "import grpc, google.protobuf"]).status === 0,
    // It brings python3-protobuf along.
    package: "python3-grpcio",
    for: "the conformance client of terminals' local APIs",
  },
];

const skipped: string[] = [];
const failed: string[] = [];
const note = ({ title, ok }: Finished): void => {
  if (!ok) failed.push(title);
};

/** A step that everything after it needs: it has the machine and the terminal to itself. */
async function step(title: string, command: string, args: readonly string[]): Promise<void> {
  note(await runJob({ title, command, args, seconds: 0 }, { live: true }));
}

/** Installs what is missing where that is possible; says what will be skipped where it is not. Never rejects. */
async function provide(): Promise<void> {
  const missing = wanted.filter(item => !item.here());
  if (missing.length > 0 && process.getuid?.() === 0 && has("apt-get")) {
    const packages = missing.map(item => item.package);
    console.log(`── installing ${packages.join(" and ")} from Debian`);
    await apt("update");
    // One by one: that one is not to be had must not cost the others.
    for (const name of packages) await apt("install", "--no-install-recommends", name);
  }
  for (const item of missing.filter(m => !m.here())) {
    skipped.push(
      `${item.for}: there is no ${item.name} here; \`apt-get install ${item.package}\` as root brings it`,
    );
  }
}

async function apt(...args: readonly string[]): Promise<void> {
  const child = spawn("apt-get", ["-o", "DPkg::Lock::Timeout=300", "-y", "-qq", ...args], {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  });
  child.on("error", error => console.error(error.message));
  await new Promise(done => child.on("close", done));
}

/** Gives the tests a database of their own in `PERIGEE_TEST_DATABASE_URL`, where that is possible. Never rejects. */
async function providePostgres(): Promise<Postgres | null> {
  if (process.env["PERIGEE_TEST_DATABASE_URL"] !== undefined || postgresCommands() === null) return null;
  try {
    const postgres = await startPostgres();
    process.env["PERIGEE_TEST_DATABASE_URL"] = postgres.url;
    return postgres;
  } catch (error) {
    skipped.push(`the tests of records on PostgreSQL: ${(error as Error).message}`);
    return null;
  }
}

const bin = (name: string): string => `node_modules/.bin/${name}`;
const exclude = ["**/node_modules/**", "**/dist*/**"];
const patterns = process.argv.slice(2);
const select = (files: string[]): string[] =>
  files.filter(f => patterns.length === 0 || patterns.some(p => f.includes(p))).sort();

const beside = select(
  globSync(["packages/**/*.test.ts", "scripts/**/*.test.ts", "bench/**/*.test.ts"], { exclude }),
);
const unit = beside.filter(file => !standsAlone(file));
const stories = [...beside.filter(standsAlone), ...select(globSync("e2e/**/*.test.ts", { exclude }))];

const times = mkdtempSync(join(tmpdir(), "perigee-test-"));
/** Where each job writes its times. */
const timesOf = new Map<string, string>();

function testJob(title: string, files: readonly string[], after?: Promise<unknown>): Job {
  const args = ["--test", "--test-isolation=none"];
  args.push("--test-reporter=spec", "--test-reporter-destination=stdout");
  args.push("--test-reporter=./scripts/file-times.ts");
  const written = join(times, `${timesOf.size}.jsonl`);
  args.push(`--test-reporter-destination=${written}`);
  timesOf.set(title, written);
  const seconds = files.reduce((sum, file) => sum + secondsOf(file), 0);
  // Several such processes live side by side: a leak in one is to fail there.
  args.unshift("--max-old-space-size=3000");
  const job: Job = { title, command: process.execPath, args: [...args, ...files], seconds };
  return after === undefined ? job : { ...job, after };
}

function sayTimes(): void {
  const read = (written: string): FileTime[] =>
    (existsSync(written) ? readFileSync(written, "utf8") : "")
      .split("\n")
      .filter(line => line !== "")
      .map(line => JSON.parse(line) as FileTime);
  const all = [...timesOf].flatMap(([title, written]) => read(written).map(time => ({ title, ...time })));
  const files = all.filter(time => time.cpuSeconds === undefined);
  if (files.length < 2) return;
  const row = (seconds: number, what: string): void =>
    console.log(`${seconds.toFixed(1).padStart(7)}  ${what}`);
  console.log(
    "\nThe slowest files, in seconds beside others; `scripts/test-plan.ts` plans with what they take alone:",
  );
  for (const { file, seconds } of files.toSorted((a, b) => b.seconds - a.seconds).slice(0, 25))
    if (seconds >= 2) row(seconds, file);
  console.log("Seconds of CPU, of each process and what it started:");
  const processes = all.filter(time => time.cpuSeconds !== undefined);
  for (const { title, cpuSeconds } of processes) row(cpuSeconds!, title);
  row(
    processes.reduce((sum, { cpuSeconds }) => sum + cpuSeconds!, 0),
    "together",
  );
}

const started = performance.now();
const provided = provide();
const database = provided.then(providePostgres);
let interrupted = false;
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(signal, () => {
    interrupted = true;
    endJobs();
  });
}

/** More than four at a time gain little, and each may take some GB. */
const cores = Math.min(4, availableParallelism());
const storiesIn = (company: Company): Job[] =>
  stories
    .filter(file => companyOf(file) === company)
    .map(file => testJob(file, [file], /console|planet|conformance/.test(file) ? provided : undefined));

async function everything(): Promise<void> {
  await step("kernels", process.execPath, ["scripts/build-kernels.ts"]);
  await step("empty records", process.execPath, ["scripts/build-records.ts"]);
  if (patterns.length === 0) {
    await step("types", bin("tsc"), ["-b"]);
    await step("lint", bin("biome"), ["check", "--error-on-warnings"]);
  }
  await step("console build", process.execPath, ["packages/console/build.ts"]);
  const seconds = unit.reduce((sum, file) => sum + secondsOf(file), 0);
  const unitJobs = shards(unit, seconds < 20 ? 1 : cores).map((files, i, all) =>
    testJob(
      `unit and property tests${all.length === 1 ? "" : `, ${i + 1} of ${all.length}`}`,
      files,
      database,
    ),
  );
  const lanes = {
    busy: [...unitJobs, ...storiesIn("busy")],
    waiting: storiesIn("waiting"),
    quiet: storiesIn("quiet"),
    quietWaiting: storiesIn("quietWaiting"),
  };
  const live = Object.values(lanes).flat().length === 1;
  await Promise.all([
    runLane(lanes.busy, { atATime: cores, live, finished: note }),
    runLane(lanes.waiting, { atATime: 1, live, finished: note }),
  ]);
  await Promise.all([
    runLane(lanes.quiet, { atATime: 1, live, finished: note }),
    runLane(lanes.quietWaiting, { atATime: 1, live, finished: note }),
  ]);
}

try {
  await everything();
  sayTimes();
} finally {
  await (await database)?.stop();
  rmSync(times, { recursive: true, force: true });
}

const verdict = interrupted
  ? "Interrupted"
  : failed.length === 0
    ? "All steps passed"
    : `FAILED: ${failed.join(", ")}`;
console.log(`\n${verdict}, after ${((performance.now() - started) / 1000).toFixed(0)} s.`);
for (const line of skipped) console.log(`Skipped, ${line}.`);
process.exitCode = failed.length === 0 && !interrupted ? 0 : 1;
