// SPDX-License-Identifier: MIT
// `perigee dish` as a process of its own, the way a tool's author starts it.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { DishView } from "@perigee/operator/contract";
import { root } from "./operator-process.ts";

export interface DishProcess extends AsyncDisposable {
  /** URL of its admin API. */
  readonly admin: string;
  readonly dishes: readonly DishView[];
}

const main = join(root, "packages/cli/src/main.ts");

/**
 * Starts `perigee dish --json` with more words, and reads what it says once it is ready.
 *
 * @throws Error with what it printed where it ends before that
 */
export async function startDish(...words: string[]): Promise<DishProcess> {
  const args = [main, "dish", "--json", "--admin-port", "0", ...words];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  let errors = "";
  child.stderr.on("data", chunk => {
    errors += chunk;
  });
  const said = once(createInterface(child.stdout), "line");
  const ended = once(child, "exit").then(() => null);
  const line = await Promise.race([said, ended]);
  if (line === null) throw new Error(errors);
  const { admin, dishes } = JSON.parse(line[0] as string) as { admin: string; dishes: DishView[] };
  return {
    admin,
    dishes,
    async [Symbol.asyncDispose]() {
      child.kill("SIGTERM");
      await ended;
    },
  };
}
