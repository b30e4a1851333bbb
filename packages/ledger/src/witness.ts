// SPDX-License-Identifier: MIT
import { type CheckpointNote, openCheckpoint } from "./checkpoint.ts";
import { sameHash } from "./hash.ts";
import { fail, type Result, succeed } from "./ledger-error.ts";
import type { NoteKey } from "./note.ts";
import { verifyConsistency } from "./proof.ts";

/**
 * Decides whether a log's newest checkpoint continues what a witness has seen of it.
 *
 * @param seen - The checkpoint that the witness keeps, as it was when it was checked; `null` at the first meeting.
 * @param newest - The checkpoint that the log gives now.
 * @param proof - What the log gives as proof that the one grew into the other.
 * @param logKey - The log's key under the log's name.
 * @returns What may be co-signed, or why not: `log-shrank` (an older state is shown as the newest), `log-forked` (two
 *   trees of one size), `log-rewritten` (the proof does not hold), or what is wrong with the checkpoint itself. Each of
 *   the first three comes with two checkpoints signed by the log that contradict each other, or with its inability to
 *   prove that they do not.
 */
export function continueLog(
  seen: string | null,
  newest: string,
  proof: readonly Uint8Array[],
  logKey: NoteKey,
): Result<CheckpointNote> {
  const next = openCheckpoint(newest, logKey);
  if (!next.ok || seen === null) return next;
  const before = openCheckpoint(seen, logKey);
  if (!before.ok) return before;
  const { size: oldSize, root: oldRoot } = before.value;
  const { size: newSize, root: newRoot } = next.value;
  if (newSize < oldSize) {
    return fail("log-shrank", "size", `The log has ${newSize} entries; it had ${oldSize} when last seen.`);
  }
  if (newSize === oldSize && !sameHash(newRoot, oldRoot)) {
    return fail("log-forked", "root", `The log has signed two different trees of ${newSize} entries.`);
  }
  if (!verifyConsistency({ oldSize, oldRoot, newSize, newRoot, proof })) {
    return fail(
      "log-rewritten",
      "proof",
      `The log's ${newSize} entries do not begin with the ${oldSize} that it had when last seen.`,
    );
  }
  return succeed(next.value);
}
