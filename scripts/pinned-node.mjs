#!/usr/bin/env node
// SPDX-License-Identifier: MIT
// Runs a TypeScript file on the Node that the project pins, whichever Node started this one.
//
//   node scripts/pinned-node.mjs <file.ts> [arguments]
//
// Plain JavaScript on purpose: an older Node must be able to read it and hand over.
import { spawn } from "node:child_process";
import module, { createRequire } from "node:module";
import { resolve } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";

const WANTED = [24, 11];
const [major, minor] = process.versions.node.split(".").map(Number);
/** Compiled code is kept between starts: some 200 modules take a second otherwise. */
const COMPILED = resolve(import.meta.dirname, "../node_modules/.cache/compiled");
const newEnough = major > WANTED[0] || (major === WANTED[0] && minor >= WANTED[1]);

function pinnedNode() {
  const packageName = `node-${process.platform}-${process.arch}`;
  try {
    return createRequire(import.meta.url).resolve(`${packageName}/bin/node`);
  } catch {
    console.error(
      `Perigee needs Node ${WANTED.join(".")} or newer. This is ${process.versions.node}, and the package ` +
        `${packageName} that would bring a newer one is not installed. Install Node 24, or run ` +
        "`npx -y pnpm@12.21.0 install` on Linux.",
    );
    process.exit(1);
  }
}

if (newEnough) {
  // This very process is the right one: the script takes its place.
  module.enableCompileCache(COMPILED);
  const [, , script, ...rest] = process.argv;
  process.argv = [process.execPath, resolve(script), ...rest];
  await import(pathToFileURL(resolve(script)).href);
} else {
  const child = spawn(pinnedNode(), process.argv.slice(2), {
    stdio: "inherit",
    env: { NODE_COMPILE_CACHE: COMPILED, ...process.env },
  });
  // The child owns the shutdown; this process only passes the request on and waits.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("exit", (code, signal) => {
    process.exitCode = code ?? (signal === "SIGINT" ? 130 : 143);
  });
}
