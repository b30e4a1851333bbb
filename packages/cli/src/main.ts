#!/usr/bin/env node
// SPDX-License-Identifier: MIT
import { CliError, type Command } from "./command.ts";
import { backup, restore } from "./commands/backup.ts";
import { capacity } from "./commands/capacity.ts";
import { config } from "./commands/config.ts";
import { coverage } from "./commands/coverage.ts";
import { elements } from "./commands/elements.ts";
import { explain } from "./commands/explain.ts";
import { latency } from "./commands/latency.ts";
import { ledger } from "./commands/ledger.ts";
import { link } from "./commands/link.ts";
import { outage } from "./commands/outage.ts";
import { person } from "./commands/person.ts";
import { plan } from "./commands/plan.ts";
import { sim } from "./commands/sim.ts";
import { terminal } from "./commands/terminal.ts";
import { up } from "./commands/up.ts";
import { validate } from "./commands/validate.ts";

const commands: readonly Command[] = [
  up,
  terminal,
  link,
  explain,
  elements,
  ledger,
  backup,
  restore,
  person,
  sim,
  latency,
  coverage,
  capacity,
  plan,
  outage,
  validate,
  config,
];

const help = (): string =>
  [
    "perigee: an open satellite-internet operator",
    "",
    ...commands.flatMap(c => c.usage.map(([form, meaning]) => `  perigee ${form.padEnd(70)} ${meaning}`)),
    "",
    "latency, coverage, capacity, plan and outage need no operator. They share --at t, --elements f (TLE or OMM),",
    "--constellation code, --ground f, --policy default|calm|f, --lasers threeLasers|plusGrid|rings|f, --seed n and",
    "--out f, again and again: .csv, .parquet, .json, .svg or .png.",
    "Commands that talk to a running operator find it through its data directory (--data) or --url. They act as the",
    "command line of this machine, or with --key (PERIGEE_KEY); where signing in is open, as anyone with --as <person>.",
    "--json prints one JSON value where a command prints a table.",
  ].join("\n");

const [name, ...rest] = process.argv.slice(2).filter(argument => argument !== "--");
const command = commands.find(c => c.name === name);
if (command === undefined) {
  const asked = name === undefined || name === "help" || name === "--help";
  if (!asked) console.error(`perigee: there is no command "${name}"\n`);
  (asked ? console.log : console.error)(help());
  process.exitCode = asked ? 0 : 2;
} else {
  try {
    await command.run(rest);
  } catch (error) {
    if (error instanceof CliError) {
      console.error(`perigee: ${error.message}`);
      process.exitCode = error.exitCode;
    } else {
      throw error;
    }
  }
}
