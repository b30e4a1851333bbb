// SPDX-License-Identifier: MIT
import type { LedgerEntry, LedgerHead } from "@perigee/operator/contract";
import type { Result } from "../data/failure.ts";
import { shortHash } from "../format/words.ts";
import { decodeBytes, sameBytes, toHex } from "./bytes.ts";
import { canonicalJson, type Json } from "./canonical-json.ts";
import { leafHash, TreeHasher } from "./merkle.ts";

/** One thing that was checked here, in this browser, and how it came out. */
export interface Check {
  readonly name: "entries" | "root" | "signature";
  readonly state: "right" | "wrong" | "unchecked";
  readonly text: string;
}

const PAGE = 500;

/**
 * Recomputes the ledger from its entries and compares with what the operator signed: every leaf hash, the root, and the
 * head's Ed25519 signature over the canonical JSON of {size, root, atMs, keyId}. Trusts nothing but WebCrypto; the key
 * is the operator's own statement, so a right signature says "the holder of this key", not "the right holder".
 * @param page fetches entries from an index; may give fewer than asked for
 * @param progress is told how many entries are done
 */
export async function verifyLedger(
  head: LedgerHead,
  page: (from: number, limit: number) => Promise<Result<LedgerEntry[]>>,
  progress: (done: number) => void,
): Promise<Result<Check[]>> {
  const tree = new TreeHasher();
  const wrong: number[] = [];
  let done = 0;
  while (done < head.size) {
    const answer = await page(done, Math.min(PAGE, head.size - done));
    if (!answer.ok) return answer;
    if (answer.value.length === 0) break;
    for (const { index, leafHash: claimed, entry } of answer.value.slice(0, head.size - done)) {
      const computed = await leafHash(entry as Json);
      const told = decodeBytes(claimed, 32);
      if (index !== done || !told || !sameBytes(told, computed)) wrong.push(done);
      await tree.add(computed);
      done += 1;
    }
    progress(done);
  }
  const root = await tree.root();
  return {
    ok: true,
    value: [entriesCheck(head, done, wrong), rootCheck(head, root), await signatureCheck(head)],
  };
}

function entriesCheck(head: LedgerHead, done: number, wrong: readonly number[]): Check {
  if (done < head.size)
    return {
      name: "entries",
      state: "wrong",
      text: `The head counts ${head.size} entries, the operator gave ${done}.`,
    };
  if (wrong.length > 0)
    return {
      name: "entries",
      state: "wrong",
      text: `${wrong.length} of ${done} entries do not match their hash, the first is number ${wrong[0]}.`,
    };
  return { name: "entries", state: "right", text: `All ${done} entries match their hashes.` };
}

function rootCheck(head: LedgerHead, root: Uint8Array): Check {
  const told = decodeBytes(head.root, 32);
  if (told && sameBytes(told, root))
    return { name: "root", state: "right", text: "The root computed here is the root in the head." };
  return {
    name: "root",
    state: "wrong",
    text: `The root computed here is ${toHex(root)}, the head says ${head.root}.`,
  };
}

async function signatureCheck(head: LedgerHead): Promise<Check> {
  const unchecked = (text: string): Check => ({ name: "signature", state: "unchecked", text });
  const spki = decodeBytes(head.publicKey);
  const signature = decodeBytes(head.signature, 64);
  if (!spki || !signature) return unchecked("The head carries no readable signature and key.");
  let key: CryptoKey;
  try {
    key = await crypto.subtle.importKey("spki", spki, "Ed25519", false, ["verify"]);
  } catch {
    return unchecked("This browser cannot check Ed25519 signatures.");
  }
  const { size, root, keyId } = head;
  const signed = new TextEncoder().encode(canonicalJson({ size, root, atMs: Date.parse(head.at), keyId }));
  const right = await crypto.subtle.verify("Ed25519", key, signature, signed);
  return right
    ? { name: "signature", state: "right", text: `Key ${shortHash(keyId)} signed this head.` }
    : { name: "signature", state: "wrong", text: `The signature does not fit key ${keyId} and this head.` };
}
