// SPDX-License-Identifier: MIT
import type { TransparencyReport } from "@perigee/operator/contract";
import { CliError, type Command, printTable, readArguments } from "../command.ts";
import { clientFlags, connect } from "../operator-client.ts";
import { replaceFile } from "../study/output.ts";
import { instant } from "./list.ts";

const flagsOf = {
  ...clientFlags,
  from: { type: "string" },
  to: { type: "string" },
  out: { type: "string" },
} as const;

const DAY_MS = 86_400_000;

/** `perigee report transparency`: what the authority did in a span of time, in numbers and sentences. */
export const report: Command = {
  name: "report",
  usage: [
    [
      "report transparency [--from day] [--to day] [--out report.json]",
      "decisions, requests, appeals; the last 30 days",
    ],
  ],
  async run(args) {
    const { words, flags } = readArguments(args, flagsOf);
    if (words[0] !== "transparency") throw new CliError(`report ${words[0] ?? ""}: say transparency`, 2);
    const to = instant("to", flags.to) ?? new Date().toISOString();
    const from = instant("from", flags.from) ?? new Date(Date.parse(to) - 30 * DAY_MS).toISOString();
    const address = `/v1/reports/transparency?${new URLSearchParams({ from, to })}`;
    const found = await connect(flags).get<TransparencyReport>(address);
    if (flags.out !== undefined) await replaceFile(flags.out, [`${JSON.stringify(found, null, 2)}\n`]);
    if (flags.json) return void console.log(JSON.stringify(found));
    console.log(`${found.from} to ${found.to}`);
    for (const sentence of found.sentences) console.log(`  ${sentence}`);
    printTable(
      ["decisions", "count"],
      Object.entries(found.decisions.byAction).map(([action, count]) => [action, String(count)]),
    );
  },
};
