// SPDX-License-Identifier: MIT
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";

/** Another live process owns the records. */
export interface LockHeld {
  readonly code: "DATA_DIRECTORY_IN_USE" | "DATABASE_IN_USE";
  readonly message: string;
  readonly place: string;
}

/** Ownership of a data directory; disposing it gives the directory back. */
export interface DirectoryLock extends Disposable {
  readonly path: string;
}

/**
 * Takes a data directory for this process alone. The embedded database has no lock of its own: two processes on one
 * directory would both write and both lose.
 *
 * A lock whose owner is dead (a crash, `kill -9`) is taken over. The owner is recognised by process id *and* start
 * time, so a process that merely got the same id does not count as the owner.
 *
 * @param directory - Created when missing.
 */
export function lockDirectory(
  directory: string,
): { ok: true; value: DirectoryLock } | { ok: false; error: LockHeld } {
  // The database writes files that its own user alone should read.
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const path = join(directory, "operator.lock");
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      const file = openSync(path, "wx");
      writeSync(file, JSON.stringify({ pid: process.pid, started: startOf(process.pid) }));
      closeSync(file);
      return { ok: true, value: { path, [Symbol.dispose]: () => rmSync(path, { force: true }) } };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const owner = readOwner(path);
    if (owner !== null && startOf(owner.pid) === owner.started && isAlive(owner.pid)) {
      return {
        ok: false,
        error: {
          code: "DATA_DIRECTORY_IN_USE",
          message: `The data directory belongs to a running operator (process ${owner.pid}). Stop it, or choose another with --data.`,
          place: path,
        },
      };
    }
    rmSync(path, { force: true });
  }
  throw new Error(`could not take ${path}: it comes back as soon as it is removed`);
}

function readOwner(path: string): { pid: number; started: string } | null {
  try {
    const owner: unknown = JSON.parse(readFileSync(path, "utf8"));
    if (typeof owner !== "object" || owner === null) return null;
    const { pid, started } = owner as { pid?: unknown; started?: unknown };
    return Number.isInteger(pid) && typeof started === "string" ? { pid: pid as number, started } : null;
  } catch {
    // A half-written or vanished lock has no owner: whoever wrote it died while writing.
    return null;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Start time of a process in clock ticks since boot (field 22 of /proc/pid/stat); "" where there is no /proc. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
  } catch {
    return "";
  }
}
