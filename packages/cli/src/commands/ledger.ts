// SPDX-License-Identifier: MIT

import { writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { formatVerifierKey, MAX_BUNDLE_BYTES, noteKey, verifyBundle } from "@perigee/ledger";
import { CliError, type Command, type FlagValues, printTable, readArguments } from "../command.ts";
import { fetchBundle } from "../ledger/bundle-log.ts";
import { exportLog } from "../ledger/export-log.ts";
import { readNamed, readPrivateKey, readPublicKey, readVerifierKey } from "../ledger/read-file.ts";
import { LogBroken, type Witness, type Witnessed, witnessOnce } from "../ledger/witness-log.ts";
import { clientFlags, connect } from "../operator-client.ts";

interface Verification {
  readonly ok: boolean;
  readonly size: number;
  readonly root: string;
  readonly findings: readonly { readonly code: string; readonly message: string }[];
}

interface Replayed {
  readonly rulings: number;
  readonly decisions: number;
  readonly admissions: number;
  readonly notKept: number;
  readonly differences: readonly { readonly index: number; readonly message: string }[];
}

const flagsOf = {
  ...clientFlags,
  bundle: { type: "string" },
  out: { type: "string" },
  subject: { type: "string" },
  index: { type: "string" },
  dir: { type: "string" },
  state: { type: "string" },
  name: { type: "string" },
  "log-key": { type: "string" },
  "api-key": { type: "string" },
  every: { type: "string" },
  witness: { type: "string", multiple: true },
} as const;

type Flags = FlagValues<typeof flagsOf>;

/** The ledger from outside: verified, carried away, watched. */
export const ledger: Command = {
  name: "ledger",
  usage: [
    ["ledger verify", "recompute the log from its bytes; names a tampered entry"],
    ["ledger verify --bundle f [--key pub.pem] [--witness key]", "verify a bundle without a network"],
    ["ledger replay", "make every decision again from what is kept, and compare"],
    ["ledger bundle --out f [--subject id | --index n]", "entries with their proofs, or the whole log"],
    ["ledger export --dir d", "the log as static tiles (C2SP tlog-tiles)"],
    [
      "ledger witness --state f --key k.pem --name n [--every 10s] [url]",
      "watch the log grow, and co-sign it",
    ],
  ],
  async run(args) {
    const { words, flags } = readArguments(args, flagsOf);
    const [what, ...rest] = words;
    if (what === "verify" && flags.bundle !== undefined) return verifyFile(flags.bundle, flags);
    if (what === "verify") return await verifyRunning(flags);
    if (what === "replay") return await replayRunning(flags);
    if (what === "bundle") return await writeBundle(flags);
    if (what === "export") return await exportTo(flags);
    if (what === "witness") return await watch(flags, rest[0]);
    throw new CliError("say: perigee ledger verify | replay | bundle | export | witness", 2);
  },
};

async function verifyRunning(flags: Flags): Promise<void> {
  const report = await connect(flags).get<Verification>("/v1/ledger/verify");
  if (flags.json) console.log(JSON.stringify(report));
  else if (report.ok) console.log(`${report.size} entries, all intact; root ${report.root}`);
  else for (const finding of report.findings) console.log(`${finding.code}: ${finding.message}`);
  if (!report.ok) throw new CliError(`the ledger is not intact: ${report.findings.length} finding(s)`);
}

async function replayRunning(flags: Flags): Promise<void> {
  const report = await connect(flags).get<Replayed>("/v1/ledger/replay");
  const { rulings, decisions, admissions, notKept, differences } = report;
  if (flags.json) console.log(JSON.stringify(report));
  else {
    for (const { index, message } of differences) console.log(`entry ${index}: ${message}`);
    const kept = notKept === 0 ? "" : `; the facts of ${notKept} admissions are not kept any more`;
    console.log(
      `${rulings} commands with ${decisions} decisions and ${admissions} admissions made again${kept}: ` +
        (differences.length === 0 ? "all as they were" : `${differences.length} otherwise`),
    );
  }
  if (differences.length > 0) throw new CliError(`${differences.length} decision(s) come out otherwise`);
}

function verifyFile(path: string, flags: Flags): void {
  let value: unknown;
  try {
    value = JSON.parse(readNamed(path, MAX_BUNDLE_BYTES));
  } catch (error) {
    if (error instanceof CliError) throw error;
    throw new CliError(`${path} is no JSON: ${(error as Error).message}`);
  }
  const publicKey = flags.key === undefined ? null : readPublicKey(flags.key);
  const report = verifyBundle(value, { publicKey, witnesses: (flags.witness ?? []).map(readVerifierKey) });
  if (flags.json) console.log(JSON.stringify(report));
  else {
    for (const { code, message, place } of report.findings) console.log(`${place}: ${message} [${code}]`);
    if (report.ok) {
      const what = report.kind === "log" ? "the whole log" : `of ${report.size}`;
      console.log(`${report.entryCount} entries, ${what}, all intact; root ${report.root}`);
      console.log(`log ${report.origin}`);
      for (const { witness, size, atMs } of report.cosignatures)
        console.log(`co-signed by ${witness} over ${size} entries at ${new Date(atMs).toISOString()}`);
      if (publicKey === null)
        console.log(
          "The key is the bundle's own: this shows damage, not forgery. Give the log's key with --key.",
        );
    }
  }
  if (!report.ok) throw new CliError(`${path} does not hold: ${report.findings.length} finding(s)`);
}

async function writeBundle(flags: Flags): Promise<void> {
  const { out, subject, index } = flags;
  if (out === undefined) throw new CliError("say where to: --out file.json", 2);
  if (subject !== undefined && index !== undefined) throw new CliError("--subject or --index, not both", 2);
  if (index !== undefined && !/^\d{1,15}$/.test(index)) throw new CliError("--index is a whole number", 2);
  const bundle = await fetchBundle(connect(flags), {
    ...(subject === undefined ? {} : { subject }),
    ...(index === undefined ? {} : { index: Number(index) }),
  });
  writeFileSync(out, `${JSON.stringify(bundle)}\n`);
  const summary = { file: out, kind: bundle.kind, entries: bundle.entries.length };
  console.log(flags.json ? JSON.stringify(summary) : `${out}: ${summary.entries} entries`);
}

async function exportTo(flags: Flags): Promise<void> {
  if (flags.dir === undefined) throw new CliError("say where to: --dir directory", 2);
  const done = await exportLog(connect(flags), flags.dir);
  if (flags.json) console.log(JSON.stringify({ directory: flags.dir, ...done }));
  else console.log(`${flags.dir}: ${done.size} entries of ${done.origin}, ${done.newFiles} new files`);
}

async function watch(flags: Flags, url: string | undefined): Promise<void> {
  const { state, key, name, every, "log-key": log, "api-key": apiKey } = flags;
  if (state === undefined || key === undefined || name === undefined) {
    throw new CliError("say: perigee ledger witness --state file --key private.pem --name name [url]", 2);
  }
  if (name.length > 255 || !/^[^\s+]+$/.test(name))
    throw new CliError("--name has neither spaces nor plus signs", 2);
  const everyMs = every === undefined ? null : durationMs(every);
  const own = readPrivateKey(key);
  const where = url ?? flags.url;
  const witness = {
    client: connect({
      ...(where === undefined ? {} : { url: where }),
      ...(flags.data === undefined ? {} : { data: flags.data }),
      ...(apiKey === undefined ? {} : { key: apiKey }),
      ...(flags.as === undefined ? {} : { as: flags.as }),
    }),
    stateFile: state,
    name,
    key: own,
    logKey: log === undefined ? null : readVerifierKey(log),
  };
  if (!flags.json)
    console.log(`witness ${formatVerifierKey(noteKey(name, "cosignature/v1", own.publicKey))}`);
  for (;;) {
    const seen = await look(witness, everyMs !== null);
    if (flags.json && seen !== null) console.log(JSON.stringify(seen));
    else if (seen !== null)
      printTable(["log", "entries", "new"], [[seen.origin, String(seen.size), String(seen.grownBy)]]);
    if (everyMs === null) return;
    await sleep(everyMs);
  }
}

/** One look; `null` where it failed for a reason that may pass, and there will be another. */
async function look(witness: Witness, again: boolean): Promise<Witnessed | null> {
  try {
    return await witnessOnce(witness, Date.now());
  } catch (error) {
    if (!again || error instanceof LogBroken || !(error instanceof CliError) || error.exitCode === 2)
      throw error;
    console.error(`perigee: ${error.message}; trying again`);
    return null;
  }
}

/** `10s`, `5m`, `1h`. */
function durationMs(text: string): number {
  const match = /^(\d{1,5})(s|m|h)$/.exec(text);
  if (!match || Number(match[1]) === 0) throw new CliError("--every is a time like 10s, 5m or 1h", 2);
  return Number(match[1]) * { s: 1_000, m: 60_000, h: 3_600_000 }[match[2] as "s" | "m" | "h"];
}
