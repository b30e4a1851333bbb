// SPDX-License-Identifier: MIT
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { build } from "vite";
import { type LandAtlas, landPolygons } from "./src/geo/land.ts";

const ROOT = dirname(fileURLToPath(import.meta.url));
const OUT_DIR = join(ROOT, "dist-web");
const STAMP = ".content-hash";
const GZIPPED = /\.(js|mjs|css|json|svg|html)$/;

/**
 * Builds the web app into `dist-web`, unless what is there was built from the same sources and the same lock file. A
 * build goes to a directory of its own first and takes the place of the old one only when it is whole.
 * @returns the directory to serve, and whether this call has built it
 */
export async function buildConsole(): Promise<{ outDir: string; fresh: boolean }> {
  const hash = await contentHash();
  const built = await readFile(join(OUT_DIR, STAMP), "utf8").catch(() => null);
  if (built === hash) return { outDir: OUT_DIR, fresh: false };

  const workDir = `${OUT_DIR}-${process.pid}.tmp`;
  const land = await landJson();
  const landUrl = `/assets/land-${digest(land).slice(0, 10)}.json`;
  try {
    await build({
      root: ROOT,
      configFile: false,
      logLevel: "warn",
      define: { __LAND_URL__: JSON.stringify(landUrl) },
      oxc: { jsx: { runtime: "automatic" } },
      build: {
        outDir: workDir,
        emptyOutDir: true,
        target: "es2024",
        modulePreload: { polyfill: false },
        assetsInlineLimit: 0,
        chunkSizeWarningLimit: 1_500,
        // Radix marks its modules for React's server; a browser build has no use for the mark.
        rolldownOptions: { checks: { moduleLevelDirective: false, pluginTimings: false } },
      },
    });
    await writeFile(join(workDir, landUrl), land);
    await compressAll(workDir);
    await writeFile(join(workDir, STAMP), hash);
    await rm(OUT_DIR, { recursive: true, force: true });
    await rename(workDir, OUT_DIR);
  } finally {
    await rm(workDir, { recursive: true, force: true });
  }
  return { outDir: OUT_DIR, fresh: true };
}

/** Land without its antimeridian crossings, cut once here rather than in every browser. */
async function landJson(): Promise<string> {
  const atlas = await readFile(fileURLToPath(import.meta.resolve("world-atlas/land-50m.json")), "utf8");
  return JSON.stringify(landPolygons(JSON.parse(atlas) as LandAtlas, 3));
}

/** A `.gz` beside each text, for servers that send precompressed files. */
async function compressAll(directory: string): Promise<void> {
  for (const path of await filesUnder(directory)) {
    if (!GZIPPED.test(path)) continue;
    await writeFile(`${path}.gz`, await promisify(gzip)(await readFile(path), { level: 9 }));
  }
}

/** Over everything that the result depends on: sources, this script, the versions of all packages. */
async function contentHash(): Promise<string> {
  const lock = join(ROOT, "../../pnpm-lock.yaml");
  const inputs = ["index.html", "build.ts", "package.json", "tsconfig.json"].map(name => join(ROOT, name));
  const sources = (await filesUnder(join(ROOT, "src"))).filter(path => !path.includes(".test."));
  const parts: string[] = [];
  for (const path of [...inputs, ...sources.sort(), ...(existsSync(lock) ? [lock] : [])])
    parts.push(`${relative(ROOT, path)} ${digest(await readFile(path))}`);
  return digest(parts.join("\n"));
}

async function filesUnder(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name));
}

function digest(content: string | Buffer): string {
  return createHash("sha256").update(content).digest("hex");
}

if (import.meta.main) {
  const { outDir, fresh } = await buildConsole();
  console.log(`${fresh ? "Built" : "Unchanged:"} ${outDir}`);
}
