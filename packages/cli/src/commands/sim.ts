// SPDX-License-Identifier: MIT
import { writeFileSync } from "node:fs";
import { loadScenario, runScenario } from "@perigee/operator";
import { CliError, type Command, printTable, readArguments } from "../command.ts";
import { demoScenario } from "../demo.ts";

/** `perigee sim`: a scenario in simulated time, as fast as the machine allows. */
export const sim: Command = {
  name: "sim",
  usage: [
    [
      "sim [scenario.json] [--hours n] [--out summary.json]",
      "run a scenario in simulated time; the demo when unnamed",
    ],
  ],
  async run(args) {
    const { words, flags } = readArguments(args, {
      hours: { type: "string" },
      out: { type: "string" },
      json: { type: "boolean" },
    } as const);
    const scenario = loadScenario(words[0] ?? demoScenario);
    if (!scenario.ok)
      throw new CliError(`${scenario.error.place}: ${scenario.error.message} [${scenario.error.code}]`);
    const hours = flags.hours === undefined ? undefined : Number(flags.hours);
    if (hours !== undefined && !(hours > 0 && hours <= 8784))
      throw new CliError("--hours takes a number up to 8784", 2);
    const summary = await runScenario(scenario.value, {
      ...(hours === undefined ? {} : { hours }),
      progress: (done, of) =>
        process.stderr.write(`\r${done} of ${of} simulated hours${done >= of ? "\n" : ""}`),
    });
    const text = `${JSON.stringify(summary, null, 2)}\n`;
    if (flags.out !== undefined) writeFileSync(flags.out, text);
    if (flags.json) return void console.log(JSON.stringify(summary));
    printTable(
      ["terminal", "served", "refused", "handovers", "rtt ms p5/p50/p95", "pops"],
      Object.entries(summary.terminals).map(([id, t]) => [
        id,
        `${(t.served * 100).toFixed(1)} %`,
        Object.keys(t.slotsByReason)
          .filter(r => r !== "ALLOW")
          .join(" ") || "-",
        String(t.handovers),
        t.rttMs === null ? "-" : `${t.rttMs.p5} / ${t.rttMs.p50} / ${t.rttMs.p95}`,
        t.pops.slice(0, 3).join(" ") || "-",
      ]),
    );
    console.log(
      `\n${summary.slots} slots, ${summary.satellites} satellites, ${summary.ledger.entries} ledger entries (${summary.ledger.intact ? "intact" : "NOT INTACT"})`,
    );
    for (const line of summary.timeline) console.log(line);
  },
};
