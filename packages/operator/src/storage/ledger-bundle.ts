// SPDX-License-Identifier: MIT
import { BUNDLE_FORMAT, type EntriesBundle, parseCheckpoint, toHex } from "@perigee/ledger";
import { newestCheckpoint, newestCosigned } from "./cosignatures.ts";
import type { Queryable } from "./database.ts";
import type { SigningKey } from "./keys.ts";
import { readEntries, readEntriesAbout, readEntriesAt, type StoredEntry } from "./ledger-store.ts";
import type { LedgerTiles } from "./ledger-tiles.ts";

/** Which entries: all about a subject, one, or some. */
export type BundleOf =
  | { readonly subject: string }
  | { readonly index: number }
  | { readonly indexes: readonly number[] };

/** Most entries of a bundle that is made at one request. */
export const MOST_BUNDLED = 1_000;

/**
 * Entries with the proofs that they are in the log, for somebody who trusts neither the operator nor this program.
 *
 * @returns `null` where there are no such entries. The newest {@link MOST_BUNDLED} would be a choice; the first ones are
 *   given, and `index` reaches every other. Of `indexes` all are given.
 */
export async function makeBundle(
  db: Queryable,
  key: SigningKey,
  tiles: LedgerTiles,
  of: BundleOf,
): Promise<EntriesBundle | null> {
  const checkpoint = await newestCheckpoint(db, key);
  const parsed = checkpoint === null ? null : parseCheckpoint(checkpoint);
  if (checkpoint === null || !parsed?.ok) return null;
  const { size } = parsed.value;
  const entries = (await chosen(db, of)).filter(({ index }) => index < size);
  if (entries.length === 0) return null;
  const cosigned = await newestCosigned(db, key);
  return {
    format: BUNDLE_FORMAT,
    kind: "entries",
    publicKey: key.publicKey.export({ type: "spki", format: "der" }).toString("base64"),
    checkpoint,
    cosigned:
      cosigned === null || cosigned.size >= size
        ? null
        : {
            checkpoint: cosigned.checkpoint,
            consistency: hex(await tiles.consistencyProof(cosigned.size, size)),
          },
    entries: await Promise.all(
      entries.map(async entry => ({ ...entry, proof: hex(await tiles.inclusionProof(entry.index, size)) })),
    ),
  };
}

async function chosen(db: Queryable, of: BundleOf): Promise<StoredEntry[]> {
  if ("indexes" in of) return await readEntriesAt(db, of.indexes);
  if ("subject" in of) return await readEntriesAbout(db, of.subject, 0, MOST_BUNDLED);
  return (await readEntries(db, of.index, 1)).filter(({ index }) => index === of.index);
}

function hex(proof: Awaited<ReturnType<LedgerTiles["inclusionProof"]>>): string[] {
  if (!proof.ok) throw new RangeError(proof.error.message);
  return proof.value.map(toHex);
}
