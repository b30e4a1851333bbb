// SPDX-License-Identifier: MIT
import { readFile } from "node:fs/promises";
import { CliError, type Command, readArguments } from "../command.ts";
import { clientFlags, connect } from "../operator-client.ts";

const MAX_BYTES = 64 * 1024 * 1024;

/** `perigee elements update <file or address>`: replaces the constellation, wholly or not at all. */
export const elements: Command = {
  name: "elements",
  usage: [
    [
      "elements update <file or http address>",
      "load TLE, OMM or a constellation code; a bad file changes nothing",
    ],
  ],
  async run(args) {
    const { words, flags } = readArguments(args, clientFlags);
    const [verb, source] = words;
    if (verb !== "update" || source === undefined)
      throw new CliError("say: perigee elements update <file or address>", 2);
    const text = /^https?:\/\//.test(source) ? await download(source) : await read(source);
    const loaded = await connect(flags).post<{
      satellites: number;
      epoch: string;
      ageDays: number;
      ageWarning: string | null;
      ledgerIndex: number;
    }>(`/v1/elements?source=${encodeURIComponent(source)}`, text, "text/plain");
    if (flags.json) return void console.log(JSON.stringify(loaded));
    console.log(
      `${loaded.satellites} satellites, epoch ${loaded.epoch} (${loaded.ageDays.toFixed(1)} days old); ledger entry ${loaded.ledgerIndex}`,
    );
    if (loaded.ageWarning !== null) console.log(loaded.ageWarning);
  },
};

async function read(path: string): Promise<string> {
  try {
    const bytes = await readFile(path);
    if (bytes.length > MAX_BYTES) throw new Error(`larger than ${MAX_BYTES} bytes`);
    return bytes.toString("utf8");
  } catch (error) {
    throw new CliError(`${path}: ${(error as Error).message}`);
  }
}

async function download(address: string): Promise<string> {
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(60_000) });
    if (!response.ok) throw new Error(`the server answered ${response.status}`);
    const parts: Uint8Array[] = [];
    let size = 0;
    for await (const part of response.body ?? []) {
      size += part.length;
      if (size > MAX_BYTES) throw new Error(`larger than ${MAX_BYTES} bytes`);
      parts.push(part);
    }
    return Buffer.concat(parts).toString("utf8");
  } catch (error) {
    throw new CliError(`${address}: ${(error as Error).message}`);
  }
}
