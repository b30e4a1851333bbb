// SPDX-License-Identifier: MIT
import pg from "pg";
import type { LockHeld } from "./lock.ts";

/**
 * Number of the advisory lock that the owner of the records holds: the bytes of "perigee" as one number. A database has
 * its own advisory locks, so that two operators on two databases of a server do not meet.
 */
const OWNER_LOCK = "31636739460654437";

/** Ownership of the records on a PostgreSQL server; disposing it gives them back. */
export interface DatabaseLock extends AsyncDisposable {
  /** Process of the server that holds the lock. */
  readonly backend: number;
}

/**
 * Takes the records on a PostgreSQL server for this process alone. The server gives the lock back when the session ends,
 * however it does: there is no stale lock to take over.
 *
 * @param url - `postgres://…`.
 * @param onLost - Called when the session ends by itself: from then on another process may own the records.
 */
export async function lockDatabase(
  url: string,
  onLost: (error: Error) => void,
): Promise<{ ok: true; value: DatabaseLock } | { ok: false; error: LockHeld }> {
  const client = new pg.Client({ connectionString: url, keepAlive: true });
  let isOpen = true;
  const lost = (error?: Error): void => {
    if (!isOpen) return;
    isOpen = false;
    onLost(error ?? new Error("the session that owns the records has ended"));
  };
  await client.connect();
  client.on("error", lost);
  client.on("end", lost);
  const { rows } = await client.query<{ taken: boolean; backend: number }>(
    "select pg_try_advisory_lock($1::bigint) as taken, pg_backend_pid() as backend",
    [OWNER_LOCK],
  );
  const close = async (): Promise<void> => {
    isOpen = false;
    await client.end();
  };
  if (!rows[0]!.taken) {
    await close();
    return {
      ok: false,
      error: {
        code: "DATABASE_IN_USE",
        message: "The database belongs to a running operator. Stop it, or choose another with --database.",
        place: withoutPassword(url),
      },
    };
  }
  return { ok: true, value: { backend: rows[0]!.backend, [Symbol.asyncDispose]: close } };
}

/** A database's address as it may be shown. */
export function withoutPassword(url: string): string {
  return url.replace(/^(\w+:\/\/[^:/?#@]*):[^/?#]*@/, "$1:…@");
}
