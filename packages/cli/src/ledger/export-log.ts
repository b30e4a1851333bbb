// SPDX-License-Identifier: MIT
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { OperatorClient } from "../operator-client.ts";
import { fetchCheckpoint, fetchLogKey, fetchTree } from "./fetch-log.ts";
import { replaceFile } from "./read-file.ts";

/**
 * Writes a log as static files (C2SP tlog-tiles): any web server can serve the directory, any verifier of such logs can
 * read it. A directory that holds an older export is continued. Every file fits the others before it is written, and the
 * checkpoint is written last.
 *
 * @returns Entries, and files that were new.
 */
export async function exportLog(
  client: OperatorClient,
  directory: string,
): Promise<{ origin: string; size: number; newFiles: number }> {
  const key = await fetchLogKey(client);
  const log = await fetchCheckpoint(client, key);
  let newFiles = 0;
  await fetchTree(
    client,
    log,
    (path, bytes) => {
      const file = join(directory, path);
      if (existsSync(file)) return;
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, bytes);
      newFiles += 1;
    },
    path => (existsSync(join(directory, path)) ? readFileSync(join(directory, path)) : null),
  );
  mkdirSync(directory, { recursive: true });
  replaceFile(join(directory, "checkpoint"), log.note);
  return { origin: log.checkpoint.origin, size: log.checkpoint.size, newFiles };
}
