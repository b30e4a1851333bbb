// SPDX-License-Identifier: MIT
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { keyIdOf } from "@perigee/ledger";

/** An Ed25519 key pair of this operator. */
export interface SigningKey {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  /** Hex SHA-256 of the public key; names the key in what it signed. */
  readonly keyId: string;
}

/**
 * Reads a signing key of the operator, or makes it on the first start. Readable by the owner only.
 *
 * @param directory - The data directory; `null` makes a key that lives as long as the process.
 * @param name - What the key signs: `ledger` or `authority`.
 */
export function signingKey(directory: string | null, name: "ledger" | "authority"): SigningKey {
  if (directory === null) return named(generateKeyPairSync("ed25519"));
  const folder = join(directory, "keys");
  const path = join(folder, `${name}.pem`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  try {
    const privateKey = createPrivateKey(readFileSync(path));
    return named({ privateKey, publicKey: createPublicKey(privateKey) });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") {
      throw new Error(`${path} is not a readable Ed25519 key (${(error as Error).message}).`, {
        cause: error,
      });
    }
  }
  const pair = generateKeyPairSync("ed25519");
  writeFileSync(path, pair.privateKey.export({ type: "pkcs8", format: "pem" }), { mode: 0o600, flag: "wx" });
  return named(pair);
}

const named = (pair: { privateKey: KeyObject; publicKey: KeyObject }): SigningKey => ({
  ...pair,
  keyId: keyIdOf(pair.publicKey),
});
