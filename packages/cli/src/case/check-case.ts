// SPDX-License-Identifier: MIT
import { checkCaseFile } from "@perigee/casework";
import { MAX_BUNDLE_BYTES, verifyBundle } from "@perigee/ledger";
import { CliError } from "../command.ts";
import { readNamed, readPublicKey, readVerifierKey } from "../ledger/read-file.ts";

/**
 * Verifies a case file without a network: that its parts are what its manifest says, that the ledger's entries in it are
 * proved, and that every step, finding and order has its entry.
 *
 * @throws CliError where it does not hold
 */
export function checkCase(
  path: string,
  { key, witness = [], json = false }: { key?: string; witness?: readonly string[]; json?: boolean },
): void {
  let file: unknown;
  try {
    file = JSON.parse(readNamed(path, MAX_BUNDLE_BYTES));
  } catch (error) {
    if (error instanceof CliError) throw error;
    throw new CliError(`${path} is no JSON: ${(error as Error).message}`);
  }
  const content = checkCaseFile(file);
  const bundle = typeof file === "object" && file !== null && "ledger" in file ? file.ledger : null;
  const proofs =
    bundle === null
      ? null
      : verifyBundle(bundle, {
          publicKey: key === undefined ? null : readPublicKey(key),
          witnesses: witness.map(readVerifierKey),
        });
  const ok = content.ok && proofs?.ok === true;
  if (json) console.log(JSON.stringify({ ok, content, proofs }));
  else {
    const findings = [...content.findings, ...(proofs?.findings ?? [])];
    for (const { code, message, place } of findings) console.log(`${place}: ${message} [${code}]`);
    if (proofs === null)
      console.log("There is no bundle of the ledger in it: nothing was compared with the log.");
    else if (ok) {
      console.log(`${proofs.entryCount} entries of the ledger, all intact; root ${proofs.root}`);
      console.log("Every part is as the manifest says; every step, finding and order has its entry.");
      if (key === undefined)
        console.log(
          "The key is the file's own: this shows damage, not forgery. Give the log's key with --key.",
        );
    }
  }
  if (!ok) throw new CliError(`${path} does not hold`);
}
