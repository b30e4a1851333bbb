// SPDX-License-Identifier: MIT
// pnpm bench <name> [--json]: runs one benchmark and prints its result.
import { globSync } from "node:fs";
import { basename, dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type { Bench, BenchResult } from "./result.ts";

const folder = dirname(fileURLToPath(import.meta.url));
const names = globSync("*.ts", { cwd: folder })
  .map(f => basename(f, ".ts"))
  .filter(n => !["main", "result", "process-figures"].includes(n) && !n.endsWith(".test"))
  .sort();

const [name, ...rest] = process.argv.slice(2).filter(a => a !== "--");
if (name === undefined || !names.includes(name)) {
  console.error(
    `${name === undefined ? "Which benchmark?" : `There is no benchmark "${name}".`} Choose: ${names.join(", ")}.`,
  );
  process.exitCode = 2;
} else {
  const { bench } = (await import(`./${name}.ts`)) as { bench: Bench };
  const result: BenchResult = { name, ...(await bench(line => console.error(line))) };
  console.log(rest.includes("--json") ? JSON.stringify(result) : table(result));
}

function table({ name: title, workload, checksum, figures, peers, ratios }: BenchResult): string {
  const rows = (heading: string, values: Record<string, unknown>): string[] =>
    Object.keys(values).length === 0
      ? []
      : [
          heading,
          ...Object.entries(values).map(([key, value]) => `  ${key.padEnd(34)} ${JSON.stringify(value)}`),
        ];
  return [
    `${title}: ${workload}`,
    `checksum ${checksum}`,
    ...rows("figures", figures),
    ...rows("peers", peers),
    ...rows("ratios", ratios),
  ].join("\n");
}
