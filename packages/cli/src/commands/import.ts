// SPDX-License-Identifier: MIT
import { basename } from "node:path";
import { carryOut, readFileText } from "../authority/carry-out.ts";
import { CliError, type Command, printTable, readArguments } from "../command.ts";
import { clientFlags, connect } from "../operator-client.ts";

const flagsOf = {
  ...clientFlags,
  programme: { type: "string" },
  holder: { type: "string" },
  source: { type: "string" },
  "skip-bad": { type: "boolean" },
  check: { type: "boolean" },
} as const;

/** Twenty thousand terminals are twenty thousand decisions in one transaction: seconds, and more on a busy machine. */
const LONGEST_MS = 180_000;

/** A file as the operator read it. */
interface Checked {
  readonly rows: number;
  readonly good: number;
  readonly broken: string | null;
  readonly faults: readonly Fault[];
}

interface Fault {
  readonly line: number;
  readonly column: string;
  readonly rule: string;
  readonly message: string;
}

/** `perigee import donations …`: a file of donated terminals, in one command, with a report of every bad row. */
export const imports: Command = {
  name: "import",
  usage: [
    ["import donations <file.csv> --programme id [--holder id]", "take in donated terminals, all or none"],
    ["import donations … [--skip-bad] [--source text]", "leave bad rows out; where the file comes from"],
    ["import donations … --check", "report every bad row; nothing is taken in"],
  ],
  async run(args) {
    const { words, flags } = readArguments(args, flagsOf);
    const [what, path] = words;
    if (what !== "donations" || path === undefined)
      throw new CliError("say: perigee import donations <file.csv> --programme <id>", 2);
    const csv = readFileText(path);
    const holder = flags.holder ?? null;
    const operator = connect(flags, LONGEST_MS);
    const checked = await operator.post<Checked>("/v1/imports/donations/check", { csv, holder });
    if (flags.check && flags.json) return void console.log(JSON.stringify(checked));
    if (!flags.json) printFaults(path, checked);
    if (flags.check) return;
    if (flags.programme === undefined)
      throw new CliError("under which programme? --programme takes its id; `perigee list programmes`", 2);
    const isRefused = checked.broken !== null || (checked.faults.length > 0 && !flags["skip-bad"]);
    if (isRefused) {
      if (flags.json) console.log(JSON.stringify({ imported: 0, ...checked }));
      const hint = checked.broken ?? "--skip-bad takes in the rest";
      throw new CliError(`${path}: nothing was taken in. ${hint}`);
    }
    const done = await carryOut(operator, "donation.import", {
      programmeId: flags.programme,
      holder,
      csv,
      skipBad: flags["skip-bad"] === true,
      source: flags.source ?? `File ${basename(path)}`,
    });
    const imported = done.records.filter(({ kind }) => kind === "donation").length;
    if (flags.json) return void console.log(JSON.stringify({ imported, ...checked }));
    const [first] = done.decisions;
    console.log(`${imported} terminals are taken in; ledger entry ${first!.ledgerIndex} and those after it.`);
  },
};

function printFaults(path: string, { rows, good, faults }: Checked): void {
  console.log(`${path}: ${rows} rows, ${good} good, ${faults.length} faults`);
  if (faults.length === 0) return;
  printTable(
    ["line", "column", "rule", "what is wrong"],
    faults.map(({ line, column, rule, message }) => [String(line), column, rule, message]),
  );
}
