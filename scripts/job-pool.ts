// SPDX-License-Identifier: MIT
// Runs programs side by side, a few at a time, and prints what each said whole when it is done.
import { type ChildProcess, spawn } from "node:child_process";

export interface Job {
  readonly title: string;
  readonly command: string;
  readonly args: readonly string[];
  /** Seconds it is expected to take: a lane begins with the longest. */
  readonly seconds: number;
  /** Comes before it; other jobs of the lane go ahead meanwhile. It never rejects. */
  readonly after?: Promise<unknown>;
}

export interface Finished {
  readonly title: string;
  readonly ok: boolean;
  readonly seconds: number;
}

/** No step takes nearly as long; one that hangs does not take the others with it. */
const LONGEST_MS = 15 * 60_000;
/** What has been asked to end has this long to do so. */
const GRACE_MS = 5_000;

const running = new Set<ChildProcess>();
let ended = false;

/** Ends what runs, and lets nothing more begin. */
export function endJobs(): void {
  ended = true;
  for (const child of running) endGroup(child);
}

/** A job and the operators and browsers that it started: they are a process group. */
function endGroup(child: ChildProcess): void {
  signalGroup(child, "SIGTERM");
  setTimeout(() => signalGroup(child, "SIGKILL"), GRACE_MS).unref();
}

function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // The group is gone, which is what was wanted.
  }
}

export interface LaneOptions {
  readonly atATime: number;
  /** Print what is said when it is said: for a job that is alone. */
  readonly live: boolean;
  readonly finished: (job: Finished) => void;
}

/** Runs jobs, so many at a time. */
export async function runLane(jobs: readonly Job[], { atATime, live, finished }: LaneOptions): Promise<void> {
  const left = jobs.toSorted((a, b) => b.seconds - a.seconds || (a.title < b.title ? -1 : 1));
  const ready = new Set(left.filter(job => job.after === undefined));
  const waits = new Map(
    left.filter(job => !ready.has(job)).map(job => [job, job.after!.then(() => void ready.add(job))]),
  );
  // What is ready already says so first: the longest begins.
  await new Promise(setImmediate);
  const worker = async (): Promise<void> => {
    while (left.length > 0 && !ended) {
      const next = left.findIndex(job => ready.has(job));
      if (next < 0) await Promise.race(left.map(job => waits.get(job)));
      else finished(await runJob(left.splice(next, 1)[0]!, { live }));
    }
  };
  await Promise.all(Array.from({ length: atATime }, worker));
}

/** Runs one program to its end, and whatever it leaves running to theirs. */
export async function runJob({ title, command, args }: Job, { live }: { live: boolean }): Promise<Finished> {
  const started = performance.now();
  console.log(live ? `\n── ${title}` : `── ${title}: started`);
  const child = spawn(command, args, {
    stdio: live ? ["ignore", "inherit", "inherit"] : ["ignore", "pipe", "pipe"],
    env: process.stdout.isTTY ? { FORCE_COLOR: "1", ...process.env } : process.env,
    detached: true,
  });
  running.add(child);
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    endGroup(child);
  }, LONGEST_MS);
  const said: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", chunk => said.push(chunk));
  const why = await new Promise<string | null>(done => {
    child.on("error", error => done(error.message));
    child.on("exit", () => signalGroup(child, "SIGKILL"));
    child.on("close", (code, signal) => {
      if (late) done(`still running after ${LONGEST_MS / 60_000} minutes`);
      else done(code === 0 ? null : `ended with ${signal ?? `code ${code}`}`);
    });
  });
  clearTimeout(timer);
  running.delete(child);
  const seconds = (performance.now() - started) / 1000;
  if (!live) process.stdout.write(Buffer.concat([Buffer.from(`\n── ${title}\n`), ...said]));
  console.log(`── ${title}: ${why === null ? "ok" : `FAILED, ${why},`} in ${seconds.toFixed(1)} s`);
  return { title, ok: why === null, seconds };
}
