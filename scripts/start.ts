// SPDX-License-Identifier: MIT
// The README's first command: builds the console when its sources changed, while the operator starts.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { CliError } from "../packages/cli/src/command.ts";
import { runUp } from "../packages/cli/src/commands/up.ts";
import { consoleFolder } from "../packages/cli/src/demo.ts";
import { buildKernels } from "./build-kernels.ts";

async function buildConsole(): Promise<string> {
  // A process of its own: a build would keep the operator's thread busy for seconds.
  const build = spawn(
    process.execPath,
    [fileURLToPath(new URL("../packages/console/build.ts", import.meta.url))],
    {
      stdio: ["ignore", "ignore", "inherit"],
    },
  );
  const [code] = (await once(build, "exit")) as [number | null];
  if (code !== 0) throw new CliError(`the console's build ended with code ${code}`);
  return consoleFolder;
}

try {
  await buildKernels();
  await runUp(
    process.argv.slice(2).filter(argument => argument !== "--"),
    buildConsole(),
  );
} catch (error) {
  if (!(error instanceof CliError)) throw error;
  console.error(`perigee: ${error.message}`);
  process.exitCode = error.exitCode;
}
