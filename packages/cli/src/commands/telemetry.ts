// SPDX-License-Identifier: MIT
import { writeFileSync } from "node:fs";
import type {
  CellVisits,
  TelemetryHistory,
  TelemetryRowView,
  TelemetryStatusView,
} from "@perigee/operator/contract";
import { CliError, type Command, printTable, readArguments } from "../command.ts";
import { clientFlags, connect, type OperatorClient } from "../operator-client.ts";
import { instant } from "./list.ts";

const flagsOf = {
  ...clientFlags,
  from: { type: "string" },
  until: { type: "string" },
  out: { type: "string" },
  verify: { type: "boolean" },
} as const;

/** A file of a month is written before it is sent. */
const TIMEOUT_MS = 300_000;

/** `perigee telemetry …`: a row per terminal per slot, and who was where. */
export const telemetry: Command = {
  name: "telemetry",
  usage: [
    ["telemetry [--verify]", "what telemetry is kept; --verify reads every file"],
    ["telemetry terminal <id> [--from t] [--until t] [--out f]", "a terminal's slots; f: .csv or .parquet"],
    ["telemetry cells <cell,cell…> [--from t] [--until t] [--out f]", "who was in these cells; f: every row"],
  ],
  async run(args) {
    const { words, flags } = readArguments(args, flagsOf);
    const [what, which] = words;
    const operator = connect(flags, TIMEOUT_MS);
    if (what === undefined) {
      const status = await operator.get<TelemetryStatusView>(
        addressWith("/v1/telemetry", { verify: flags.verify ? "true" : undefined }),
      );
      return flags.json ? void console.log(JSON.stringify(status)) : showStatus(status);
    }
    if ((what !== "terminal" && what !== "cells") || which === undefined) {
      throw new CliError("say perigee telemetry terminal <id>, or perigee telemetry cells <cell,cell…>", 2);
    }
    const times = { from: instant("from", flags.from), until: instant("until", flags.until) };
    const [address, query]: [string, Query] =
      what === "terminal"
        ? [`/v1/telemetry/terminals/${encodeURIComponent(which)}`, times]
        : ["/v1/telemetry/cells", { ...times, cells: which }];
    if (flags.out !== undefined) return await writeRows(operator, address, query, flags.out);
    const answer = await operator.get<TelemetryHistory | CellVisits>(addressWith(address, query));
    if (flags.json) console.log(JSON.stringify(answer));
    else if ("rows" in answer) showHistory(answer);
    else showVisits(answer);
  },
};

type Query = Readonly<Record<string, string | undefined>>;

function addressWith(address: string, query: Query): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return given.length === 0 ? address : `${address}?${new URLSearchParams(given)}`;
}

async function writeRows(
  operator: OperatorClient,
  address: string,
  query: Query,
  out: string,
): Promise<void> {
  const format = /\.(csv|parquet)$/.exec(out)?.[1];
  if (format === undefined) throw new CliError(`--out ${out}: say a name that ends in .csv or .parquet`, 2);
  const bytes = await operator.bytes(addressWith(address, { ...query, format }));
  writeFileSync(out, bytes);
  console.log(`${out}: ${bytes.length} bytes`);
}

function showStatus({ lastAt, openRows, files, damaged, retentionDays }: TelemetryStatusView): void {
  console.log(
    lastAt === null
      ? "No slot is on record yet."
      : `The newest slot began ${lastAt}; ${openRows} rows are not in a file yet; rows are kept for ${retentionDays} days.`,
  );
  if (files.length > 0) {
    printTable(
      ["file", "rows", "bytes", "SHA-256"],
      files.map(({ file, rows, bytes, digest }) => [file, String(rows), String(bytes), digest]),
    );
  }
  for (const day of damaged) console.log(`A file of ${day} was damaged: the rows of that day are missing.`);
}

function showHistory({ terminal, from, until, downBytes, upBytes, rows }: TelemetryHistory): void {
  console.log(
    `${terminal}, ${from} to ${until}: ${rows.length} slots, ${downBytes} bytes down, ${upBytes} up`,
  );
  if (rows.length === 0) return;
  const number = (value: number | null, digits: number): string => value?.toFixed(digits) ?? "";
  printTable(
    ["at", "satellite", "pop", "ping ms", "lost", "Mbit/s down", "up", "code", "reason", "alerts"],
    rows.map((row: TelemetryRowView) => [
      row.at,
      String(row.satellite ?? ""),
      row.pop ?? "",
      number(row.pingLatencyMs, 1),
      number(row.pingDropRate, 2),
      mbps(row.downBytes),
      mbps(row.upBytes),
      String(row.wireCode ?? ""),
      row.reason,
      row.alerts.join(" "),
    ]),
  );
}

/** Bytes of a slot of 15 seconds as a mean rate. */
const mbps = (bytes: number): string => ((bytes * 8) / 15e6).toFixed(2);

function showVisits({ visits, from, until }: CellVisits): void {
  console.log(`${visits.length} stays in these cells, ${from} to ${until}`);
  if (visits.length === 0) return;
  printTable(
    ["terminal", "account", "cell", "from", "until"],
    visits.map(visit => [visit.terminal, visit.account ?? "", visit.cell, visit.from, visit.until]),
  );
}
