// SPDX-License-Identifier: MIT
import { existsSync } from "node:fs";
import {
  continueLog,
  cosign,
  formatSignature,
  formatVerifierKey,
  hashFromHex,
  type LedgerKey,
  MAX_NOTE_LENGTH,
  type NoteKey,
  parseCheckpoint,
  parseVerifierKey,
} from "@perigee/ledger";
import { CliError } from "../command.ts";
import type { OperatorClient } from "../operator-client.ts";
import { fetchLogKey, must } from "./fetch-log.ts";
import { readNamed, replaceFile } from "./read-file.ts";

/** What a witness keeps between two looks at a log. */
interface WitnessState {
  /** The log's key: from the person who set the witness up, or the one that the log gave at the first look. */
  readonly logKey: string;
  /** The newest checkpoint that was checked and co-signed. */
  readonly checkpoint: string;
}

/** The log is not what it was: somebody must look, and nothing is signed until then. */
export class LogBroken extends CliError {}

/** Who the witness is, and what it watches. */
export interface Witness {
  readonly client: OperatorClient;
  readonly stateFile: string;
  /** The name that its signatures carry. */
  readonly name: string;
  readonly key: LedgerKey;
  /** The log's key, where it is known from elsewhere; `null` trusts the log's own word at the first look. */
  readonly logKey: NoteKey | null;
}

/** What one look came to. */
export interface Witnessed {
  readonly origin: string;
  readonly size: number;
  /** Entries since the last look. */
  readonly grownBy: number;
}

/**
 * Looks at a log once: fetches the newest checkpoint and the proof that it continues the one seen before, checks both,
 * keeps the checkpoint, and only then co-signs it. A witness that forgot what it signed could sign a fork.
 *
 * @throws LogBroken when the log shrank, forked or was rewritten: nothing is signed and nothing is forgotten.
 */
export async function witnessOnce(
  { client, stateFile, name, key, logKey }: Witness,
  nowMs: number,
): Promise<Witnessed> {
  const state = readState(stateFile);
  const known =
    state === null ? (logKey ?? (await fetchLogKey(client))) : must(parseVerifierKey(state.logKey));
  if (logKey !== null && formatVerifierKey(logKey) !== formatVerifierKey(known)) {
    throw new CliError(`${stateFile} watches the log ${known.name} under another key`, 2);
  }
  const newest = Buffer.from(await client.bytes("/v1/ledger/checkpoint")).toString("utf8");
  const seenSize = state === null ? 0 : must(parseCheckpoint(state.checkpoint)).size;
  const newSize = must(parseCheckpoint(newest)).size;
  const proof =
    seenSize === 0 || newSize <= seenSize
      ? []
      : (
          await client.get<{ proof: string[] }>(`/v1/ledger/proof/consistency?from=${seenSize}&to=${newSize}`)
        ).proof.map(hash => hashFromHex(hash) ?? new Uint8Array());
  const next = continueLog(state?.checkpoint ?? null, newest, proof, known);
  if (!next.ok) throw new LogBroken(`${next.error.message} [${next.error.code}]`);
  replaceFile(
    stateFile,
    `${JSON.stringify({ logKey: formatVerifierKey(known), checkpoint: newest })}\n`,
    0o600,
  );
  const line = formatSignature(cosign(next.value.note.text, name, key.privateKey, nowMs));
  await client.post("/v1/ledger/cosignatures", { size: next.value.size, line });
  const { origin, size } = next.value;
  return { origin, size, grownBy: size - seenSize };
}

function readState(path: string): WitnessState | null {
  if (!existsSync(path)) return null;
  try {
    const state: unknown = JSON.parse(readNamed(path, 2 * MAX_NOTE_LENGTH));
    const { logKey, checkpoint } = state as Partial<WitnessState>;
    if (typeof logKey === "string" && typeof checkpoint === "string") return { logKey, checkpoint };
  } catch {
    // What cannot be read is named below; guessing would forget what was signed.
  }
  throw new CliError(`${path} is no state of a witness; restore it, or begin a new witness under a new name`);
}
