// SPDX-License-Identifier: MIT
import {
  BUNDLE_FORMAT,
  type BundleEntry,
  type LedgerBundle,
  type LogBundle,
  leafHash,
  MAX_BUNDLE_ENTRIES,
  parseTilePath,
  type SignedHead,
  TILE_WIDTH,
  toHex,
  unpackEntries,
} from "@perigee/ledger";
import { CliError } from "../command.ts";
import type { OperatorClient } from "../operator-client.ts";
import { fetchCheckpoint, fetchLogKey, fetchTree, must } from "./fetch-log.ts";

/** Heads asked for at once. */
const PAGE = 1000;

/** Which entries go into a bundle: all of the log when neither is given. */
export interface BundleChoice {
  readonly subject?: string;
  readonly index?: number;
}

/** Fetches a bundle from a running operator. */
export async function fetchBundle(
  client: OperatorClient,
  { subject, index }: BundleChoice,
): Promise<LedgerBundle> {
  if (subject !== undefined)
    return await client.get(`/v1/ledger/bundle?subject=${encodeURIComponent(subject)}`);
  if (index !== undefined) return await client.get(`/v1/ledger/bundle?index=${index}`);
  return await wholeLog(client);
}

async function wholeLog(client: OperatorClient): Promise<LogBundle> {
  const key = await fetchLogKey(client);
  const log = await fetchCheckpoint(client, key);
  const { size } = log.checkpoint;
  if (size > MAX_BUNDLE_ENTRIES) {
    throw new CliError(
      `the log has ${size} entries and a bundle at most ${MAX_BUNDLE_ENTRIES}; take \`perigee ledger export\``,
    );
  }
  const entries: BundleEntry[] = [];
  await fetchTree(client, log, (path, bytes) => {
    const bundle = parseTilePath(path);
    if (bundle?.level !== "entries") return;
    for (const [i, entry] of must(unpackEntries(bytes, bundle.width)).entries()) {
      entries.push({
        index: bundle.index * TILE_WIDTH + i,
        body: Buffer.from(entry).toString("utf8"),
        leafHash: toHex(leafHash(entry)),
      });
    }
  });
  const heads: SignedHead[] = [];
  while ((heads.at(-1)?.size ?? 0) < size) {
    const next = await client.get<SignedHead[]>(
      `/v1/ledger/heads?above=${heads.at(-1)?.size ?? 0}&limit=${PAGE}`,
    );
    if (next.length === 0) break;
    heads.push(...next.filter(head => head.size <= size));
    if (next.at(-1)!.size >= size) break;
  }
  return {
    format: BUNDLE_FORMAT,
    kind: "log",
    publicKey: key.publicKey.export({ type: "spki", format: "der" }).toString("base64"),
    checkpoint: log.note,
    cosigned: null,
    entries,
    heads,
  };
}
