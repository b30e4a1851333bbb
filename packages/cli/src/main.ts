#!/usr/bin/env node
// SPDX-License-Identifier: MIT
import { CliError, type Command } from "./command.ts";

/** Each word and its command, in the order of the help. Only what is asked for is loaded: most of them start at once. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  up: async () => (await import("./commands/up.ts")).up,
  terminal: async () => (await import("./commands/terminal.ts")).terminal,
  dish: async () => (await import("./commands/dish.ts")).dish,
  link: async () => (await import("./commands/link.ts")).link,
  explain: async () => (await import("./commands/explain.ts")).explain,
  command: async () => (await import("./commands/ask.ts")).ask,
  approvals: async () => (await import("./commands/approvals.ts")).approvals,
  request: async () => (await import("./commands/request.ts")).request,
  area: async () => (await import("./commands/area.ts")).area,
  policy: async () => (await import("./commands/policy.ts")).policy,
  import: async () => (await import("./commands/import.ts")).imports,
  list: async () => (await import("./commands/list.ts")).list,
  fleet: async () => (await import("./commands/fleet.ts")).fleet,
  kit: async () => (await import("./commands/kit.ts")).kit,
  report: async () => (await import("./commands/report.ts")).report,
  telemetry: async () => (await import("./commands/telemetry.ts")).telemetry,
  case: async () => (await import("./commands/case.ts")).caseCommand,
  intake: async () => (await import("./commands/intake.ts")).intake,
  elements: async () => (await import("./commands/elements.ts")).elements,
  ledger: async () => (await import("./commands/ledger.ts")).ledger,
  backup: async () => (await import("./commands/backup.ts")).backup,
  restore: async () => (await import("./commands/backup.ts")).restore,
  person: async () => (await import("./commands/person.ts")).person,
  sim: async () => (await import("./commands/sim.ts")).sim,
  latency: async () => (await import("./commands/latency.ts")).latency,
  coverage: async () => (await import("./commands/coverage.ts")).coverage,
  capacity: async () => (await import("./commands/capacity.ts")).capacity,
  plan: async () => (await import("./commands/plan.ts")).plan,
  outage: async () => (await import("./commands/outage.ts")).outage,
  energy: async () => (await import("./commands/energy.ts")).energy,
  locate: async () => (await import("./commands/locate.ts")).locate,
  merge: async () => (await import("./commands/merge.ts")).merge,
  validate: async () => (await import("./commands/validate.ts")).validate,
  config: async () => (await import("./commands/config.ts")).config,
};

async function help(): Promise<string> {
  const all = await Promise.all(Object.values(commands).map(load => load()));
  return [
    "perigee: an open satellite-internet operator",
    "",
    ...all.flatMap(c => c.usage.map(([form, meaning]) => `  perigee ${form.padEnd(70)} ${meaning}`)),
    "",
    "latency, coverage, capacity, plan, outage and energy need no operator. They share --at t, --elements f (TLE or",
    "OMM), --constellation code, --ground f, --policy default|calm|f, --lasers threeLasers|plusGrid|rings|f, --seed n and",
    "--out f, again and again: .csv, .parquet, .json, .svg or .png.",
    "Commands that talk to a running operator find it through its data directory (--data) or --url. They act as the",
    "command line of this machine, or with --key (PERIGEE_KEY); where signing in is open, as anyone with --as <person>.",
    "--json prints one JSON value where a command prints a table.",
  ].join("\n");
}

const [name, ...rest] = process.argv.slice(2).filter(argument => argument !== "--");
const load = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined;
if (load === undefined) {
  const asked = name === undefined || name === "help" || name === "--help";
  if (!asked) console.error(`perigee: there is no command "${name}"\n`);
  (asked ? console.log : console.error)(await help());
  process.exitCode = asked ? 0 : 2;
} else {
  try {
    await (await load()).run(rest);
  } catch (error) {
    if (error instanceof CliError) {
      console.error(`perigee: ${error.message}`);
      process.exitCode = error.exitCode;
    } else {
      throw error;
    }
  }
}
