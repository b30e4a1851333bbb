// SPDX-License-Identifier: MIT
import { createPrivateKey, createPublicKey, generateKeyPair, type KeyObject } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { calculateJwkThumbprint, exportJWK, type JWK, jwtVerify, SignJWT } from "jose";

/** Seconds that a token is good for. There is no refresh token: a program asks again. */
export const tokenSeconds = 900;

const ALGORITHM = "RS384";
const AUDIENCE = "fleet";
/** RSA modulus: enough until 2030 by NIST SP 800-57 part 1, table 2. */
const MODULUS_BITS = 2_048;

/** What a token says. */
export interface TokenClaims {
  readonly clientId: string;
  /** The number of the account that it is for. */
  readonly accountNumber: string;
}

/** The key that signs tokens of the operator API V2. */
export class OidcKey {
  readonly #privateKey: KeyObject;
  readonly #publicKey: KeyObject;
  /** The public key as programs fetch it (RFC 7517), named by its thumbprint (RFC 7638). */
  readonly jwk: JWK & { readonly kid: string };

  private constructor(privateKey: KeyObject, publicKey: KeyObject, jwk: JWK & { readonly kid: string }) {
    this.#privateKey = privateKey;
    this.#publicKey = publicKey;
    this.jwk = jwk;
  }

  /**
   * Reads the key, or makes it on the first start. Readable by the owner only.
   *
   * @param directory the data directory; `null` makes a key that lives as long as the process
   */
  static async open(directory: string | null): Promise<OidcKey> {
    const privateKey = directory === null ? await newKey() : await storedKey(directory);
    const publicKey = createPublicKey(privateKey);
    const jwk = await exportJWK(publicKey);
    const kid = await calculateJwkThumbprint(jwk);
    return new OidcKey(privateKey, publicKey, { ...jwk, kid, use: "sig", alg: ALGORITHM });
  }

  async sign({ clientId, accountNumber }: TokenClaims, issuer: string, nowMs: number): Promise<string> {
    const nowS = Math.floor(nowMs / 1000);
    return await new SignJWT({ client_id: clientId, account_number: accountNumber })
      .setProtectedHeader({ alg: ALGORITHM, kid: this.jwk.kid, typ: "at+jwt" })
      .setIssuer(issuer)
      .setAudience(AUDIENCE)
      .setSubject(clientId)
      .setJti(crypto.randomUUID())
      .setIssuedAt(nowS)
      .setNotBefore(nowS)
      .setExpirationTime(nowS + tokenSeconds)
      .sign(this.#privateKey);
  }

  /** What a token says, or `null` where it is none of ours or is over. */
  async verify(token: string, nowMs: number): Promise<TokenClaims | null> {
    try {
      const { payload } = await jwtVerify(token, this.#publicKey, {
        algorithms: [ALGORITHM],
        audience: AUDIENCE,
        typ: "at+jwt",
        currentDate: new Date(nowMs),
      });
      const { client_id: clientId, account_number: accountNumber } = payload;
      if (typeof clientId !== "string" || typeof accountNumber !== "string") return null;
      return { clientId, accountNumber };
    } catch {
      return null;
    }
  }
}

const generate = promisify(generateKeyPair);

const newKey = async (): Promise<KeyObject> =>
  (await generate("rsa", { modulusLength: MODULUS_BITS })).privateKey;

async function storedKey(directory: string): Promise<KeyObject> {
  const folder = join(directory, "keys");
  const path = join(folder, "fleet.pem");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  try {
    return createPrivateKey(readFileSync(path));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") {
      throw new Error(`${path} is not a readable RSA key (${(error as Error).message}).`, { cause: error });
    }
  }
  const key = await newKey();
  writeFileSync(path, key.export({ type: "pkcs8", format: "pem" }), { mode: 0o600, flag: "wx" });
  return key;
}
