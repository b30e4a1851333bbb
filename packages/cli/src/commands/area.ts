// SPDX-License-Identifier: MIT
import type { AreaHistory, AreaStatus } from "@perigee/operator/contract";
import { queryText } from "../authority/records.ts";
import { CliError, type Command, readArguments } from "../command.ts";
import { clientFlags, connect } from "../operator-client.ts";
import { instant } from "./list.ts";

const flagsOf = {
  ...clientFlags,
  at: { type: "string" },
  "known-at": { type: "string" },
  history: { type: "boolean" },
} as const;

/** `perigee area …`: the state of an area at one time, as it was known at another, by whose account. */
export const area: Command = {
  name: "area",
  usage: [
    ["area <id> [--at t] [--known-at t]", "five axes of an area: who says what, and what follows"],
    ["area <id> --history", "everything on record about it, in the order it came to be known"],
  ],
  async run(args) {
    const { words, flags } = readArguments(args, flagsOf);
    const [id] = words;
    if (id === undefined) throw new CliError("which area? perigee area <id>, e.g. perigee area UA", 2);
    const operator = connect(flags);
    const address = `/v1/areas/${encodeURIComponent(id)}`;
    if (flags.history) {
      const history = await operator.get<AreaHistory>(`${address}/history`);
      return flags.json ? void console.log(JSON.stringify(history)) : showHistory(history);
    }
    const query = { validAt: instant("at", flags.at), knownAt: instant("known-at", flags["known-at"]) };
    const status = await operator.get<AreaStatus>(`${address}/status${queryText(query)}`);
    return flags.json ? void console.log(JSON.stringify(status)) : showStatus(status);
  },
};

function showStatus({ area: id, name, validAt, knownAt, axes }: AreaStatus): void {
  console.log(`${name} (${id}) at ${validAt}, as known at ${knownAt}`);
  for (const { axis, question, verdict, statements, conflicts } of axes) {
    console.log(`\n${axis}: ${verdictText(statements.length, verdict)}\n  ${question}`);
    for (const { value, asserter, source, validFrom, validTo, versions } of statements) {
      const term = `${validFrom}${validTo === null ? "" : ` to ${validTo}`}`;
      console.log(`  ${value.padEnd(14)} ${asserter}, since ${term} (${source})`);
      for (const before of versions) console.log(`    before: ${before.value} (${before.source})`);
    }
    if (conflicts.length > 0) console.log(`  ${conflicts.length} of these contradict each other`);
  }
}

function verdictText(said: number, { silence, permits }: AreaStatus["axes"][number]["verdict"]): string {
  if (said === 0) return "nobody says anything";
  if (silence) return "nothing that is said decides";
  return permits ? "permits service" : "denies service";
}

function showHistory({ area: id, name, firstActive, events }: AreaHistory): void {
  const first = firstActive === null ? "it never had service" : `in service first ${firstActive.since}`;
  console.log(`${name} (${id}): ${first}`);
  for (const event of events) console.log(`  ${event.at}  ${event.text}`);
}
