// SPDX-License-Identifier: MIT
// pnpm test:mutants [word …]: breaks each invariant on purpose, in a copy, and sees that a test notices.
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { catalogue } from "./mutants/catalogue.ts";
import type { Mutant } from "./mutants/mutant.ts";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const copy = mkdtempSync(join(tmpdir(), "perigee-mutants-"));
const TIMEOUT_MS = 120_000;

function copyTree(): void {
  for (const folder of ["packages", "demo", "vectors"]) {
    cpSync(join(root, folder), join(copy, folder), {
      recursive: true,
      verbatimSymlinks: true,
      filter: source => !["dist", "dist-types", "dist-web"].includes(basename(source)),
    });
  }
  cpSync(join(root, "package.json"), join(copy, "package.json"));
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
}

const testsPass = (files: readonly string[]): boolean =>
  spawnSync(process.execPath, ["--test", "--test-isolation=none", "--test-reporter=dot", ...files], {
    cwd: copy,
    stdio: "ignore",
    timeout: TIMEOUT_MS,
    // A mutant may loop for ever, and a loop hears no other signal.
    killSignal: "SIGKILL",
  }).status === 0;

/** @returns Why the mutant is not caught, or `null` when it is. */
function survives({ file, find, replace, caughtBy }: Mutant): string | null {
  const path = join(copy, file);
  const original = readFileSync(path, "utf8");
  const times = original.split(find).length - 1;
  if (times !== 1) return `the text to break stands ${times} times in ${file}, not once`;
  writeFileSync(
    path,
    original.replace(find, () => replace),
  );
  try {
    return testsPass(caughtBy) ? "no test noticed" : null;
  } finally {
    writeFileSync(path, original);
  }
}

const words = process.argv.slice(2);
const chosen = catalogue.filter(
  m => words.length === 0 || words.some(w => `${m.breaks} ${m.file}`.includes(w)),
);
let escaped = 0;
try {
  copyTree();
  // A mutant is only caught by a test that passes without it.
  const suites = [...new Set(chosen.flatMap(m => m.caughtBy))];
  if (!testsPass(suites)) {
    console.error("The tests fail before anything is broken; run `pnpm test` first.");
    process.exitCode = 2;
  } else {
    for (const [i, mutant] of chosen.entries()) {
      const why = survives(mutant);
      if (why !== null) escaped++;
      console.log(
        `${why === null ? "caught  " : "ESCAPED "} ${i + 1}/${chosen.length} ${mutant.breaks}${why === null ? "" : `: ${why}`}`,
      );
    }
    console.log(`${chosen.length - escaped} of ${chosen.length} mutants caught.`);
    process.exitCode = escaped === 0 ? 0 : 1;
  }
} finally {
  rmSync(copy, { recursive: true, force: true });
}
