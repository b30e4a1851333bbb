// SPDX-License-Identifier: MIT
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { PGlite } from "@electric-sql/pglite";

/**
 * The image of a database with nothing in it. To make one takes PostgreSQL's `initdb` some three seconds of computing, and
 * every one is the same: it is made once, when Perigee is installed, and copied from then on.
 */
const image = join(
  fileURLToPath(new URL("../../dist", import.meta.url)),
  `empty-cluster-${versionOf("@electric-sql/pglite")}.tar`,
);

/** Makes the image where there is none yet. Returns whether it had to. */
export async function buildEmptyCluster(): Promise<boolean> {
  if (existsSync(image)) return false;
  const pglite = new PGlite();
  await pglite.waitReady;
  const bytes = await (await pglite.dumpDataDir("none")).bytes();
  await pglite.close();
  mkdirSync(dirname(image), { recursive: true });
  const unfinished = `${image}.${process.pid}`;
  writeFileSync(unfinished, bytes);
  renameSync(unfinished, image);
  return true;
}

/** What a database in memory begins with; `undefined` where the image was not built: then PostgreSQL makes its own. */
export function emptyCluster(): Blob | undefined {
  return existsSync(image) ? new Blob([readFileSync(image)]) : undefined;
}

/** Puts an empty database at `directory`, where nothing is yet: whole or not at all, whenever this process ends. */
export async function layEmptyCluster(directory: string): Promise<void> {
  const loadDataDir = emptyCluster();
  if (existsSync(directory) || loadDataDir === undefined) return;
  const unfinished = `${directory}.new`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(dirname(directory), { recursive: true });
  const pglite = new PGlite({ dataDir: unfinished, loadDataDir });
  await pglite.waitReady;
  await pglite.close();
  renameSync(unfinished, directory);
}

function versionOf(name: string): string {
  // Its manifest is not among its exports.
  let folder = dirname(createRequire(import.meta.url).resolve(name));
  while (!existsSync(join(folder, "package.json"))) folder = dirname(folder);
  return (JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { version: string }).version;
}
