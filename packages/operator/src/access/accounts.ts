// SPDX-License-Identifier: MIT
import { createHash, randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Database } from "../storage/database.ts";
import { LONGEST_PASSWORD, passwordFault, SHORTEST_PASSWORD } from "./password-rules.ts";
import { type AccessResult, type People, type Person, refused, unknownPerson } from "./people.ts";
import { perAccount, perAddress, SignInLimit } from "./sign-in-limit.ts";

/** A session ends this long after it was last used; each use within the last hours moves the end. */
const SESSION_SECONDS = 12 * 3600;
const REFRESH_SECONDS = 3600;
const CODE_SECONDS = 24 * 3600;

/** A code with which a person sets a password, once. */
export interface PasswordCode {
  readonly code: string;
  readonly expiresAtMs: number;
}

/** Who has signed in, and the `Set-Cookie` lines that say so to the browser. */
export interface SignedIn {
  readonly person: Person;
  readonly cookies: readonly string[];
}

/** A request as far as signing in is concerned. */
export interface Caller {
  /** The `Cookie` header. */
  readonly cookie: string;
  /** The `User-Agent` header. */
  readonly agent: string;
  /** Network address. */
  readonly address: string;
}

/**
 * Passwords and sessions, kept by better-auth in the operator's own database. The library is loaded when somebody
 * first needs it: an operator that nobody signs in to starts without it.
 *
 * Its HTTP handler is not exposed; the operator's own addresses call it.
 */
export class Accounts {
  readonly #db: Database;
  readonly #people: People;
  readonly #secret: string;
  readonly #cookiePrefix: string;
  readonly #byAccount = new SignInLimit(perAccount);
  readonly #byAddress = new SignInLimit(perAddress);
  /** Codes on their way from the library to the caller, by person. */
  readonly #codes = new Map<string, string>();
  #library: ReturnType<Accounts["load"]> | null = null;

  /** @param directory - The data directory, which keeps the secret that cookies are signed with. */
  constructor(db: Database, people: People, directory: string) {
    this.#db = db;
    this.#people = people;
    this.#secret = cookieSecret(directory);
    // Cookies know no ports: two operators on one machine must not take each other's.
    this.#cookiePrefix = `perigee-${createHash("sha256").update(`name ${this.#secret}`).digest("hex").slice(0, 8)}`;
  }

  /**
   * Signs in with e-mail address and password.
   *
   * @returns `SIGN_IN_FAILED`, which does not tell what was wrong, or `TOO_MANY_ATTEMPTS`.
   */
  async signIn(
    email: string,
    password: string,
    caller: Caller,
    nowMs: number,
  ): Promise<AccessResult<SignedIn>> {
    const account = email.trim().toLowerCase();
    const waitMs = Math.max(
      this.#byAccount.begin(account, nowMs),
      this.#byAddress.begin(caller.address, nowMs),
    );
    if (waitMs > 0) {
      const minutes = Math.ceil(waitMs / 60_000);
      return refused(
        "TOO_MANY_ATTEMPTS",
        "email",
        `Too many attempts failed. Wait ${minutes} min and try again.`,
      );
    }
    const { api } = await this.#loaded();
    const answer = await api.signInEmail({
      body: { email: account, password },
      headers: headersOf(caller),
      asResponse: true,
    });
    const person = this.#people.byEmail(account);
    if (!answer.ok || person === null) {
      return refused("SIGN_IN_FAILED", "password", "The e-mail address or the password is wrong.");
    }
    this.#byAccount.takeBack(account);
    this.#byAddress.takeBack(caller.address);
    return { ok: true, value: { person, cookies: answer.headers.getSetCookie() } };
  }

  /** Whose session a cookie is of, and cookies that prolong it; `null` for none that is in force. */
  async session(caller: Caller): Promise<SignedIn | null> {
    if (!caller.cookie.includes(`${this.#cookiePrefix}.`)) return null;
    const { api } = await this.#loaded();
    const { response, headers } = await api.getSession({ headers: headersOf(caller), returnHeaders: true });
    const person = response === null ? null : this.#people.active(response.user.id);
    return person === null ? null : { person, cookies: headers?.getSetCookie() ?? [] };
  }

  /** Ends the session that a cookie is of. @returns cookies that make the browser forget it. */
  async signOut(caller: Caller): Promise<readonly string[]> {
    if (!caller.cookie.includes(`${this.#cookiePrefix}.`)) return [];
    const { api } = await this.#loaded();
    const answer = await api.signOut({ headers: headersOf(caller), asResponse: true });
    return answer.headers.getSetCookie();
  }

  /** Makes a code with which a person sets a password; any earlier one is void. */
  async makeCode(personId: string, nowMs: number): Promise<AccessResult<PasswordCode>> {
    const person = this.#people.active(personId);
    if (person === null) return unknownPerson(personId);
    const { api } = await this.#loaded();
    await this.#db.deleteFrom("person_verification").where("value", "=", personId).execute();
    await api.requestPasswordReset({ body: { email: person.email } });
    const code = this.#codes.get(personId);
    this.#codes.delete(personId);
    if (code === undefined) throw new Error(`no code was made for ${personId}`);
    return { ok: true, value: { code, expiresAtMs: nowMs + CODE_SECONDS * 1000 } };
  }

  /**
   * Sets the password of whoever holds a code, ends all their sessions, and signs them in.
   *
   * @returns `CODE_WRONG` for one that is unknown, used or too old; `PASSWORD_WEAK` with the reason.
   */
  async setPassword(
    email: string,
    code: string,
    password: string,
    caller: Caller,
    nowMs: number,
  ): Promise<AccessResult<SignedIn>> {
    const waitMs = this.#byAddress.begin(caller.address, nowMs);
    if (waitMs > 0)
      return refused("TOO_MANY_ATTEMPTS", "code", "Too many attempts failed. Wait and try again.");
    const person = this.#people.byEmail(email);
    const fault = passwordFault(password, person ?? { name: "", email });
    if (fault !== null) return refused("PASSWORD_WEAK", "password", fault);
    const { api } = await this.#loaded();
    const holder = await this.#holderOf(code);
    const wrong = refused(
      "CODE_WRONG",
      "code",
      "The code is not that of this person, was used, or is too old.",
    );
    if (person === null || holder !== person.id) return wrong;
    const set = await api.resetPassword({ body: { newPassword: password, token: code }, asResponse: true });
    if (!set.ok) return wrong;
    this.#byAddress.takeBack(caller.address);
    return await this.signIn(person.email, password, caller, nowMs);
  }

  /** Changes one's own password; every other session of that person ends. */
  async changePassword(
    person: Person,
    current: string,
    password: string,
    caller: Caller,
    nowMs: number,
  ): Promise<AccessResult<readonly string[]>> {
    const fault = passwordFault(password, person);
    if (fault !== null) return refused("PASSWORD_WEAK", "password", fault);
    if (this.#byAccount.begin(person.email, nowMs) > 0) {
      return refused("TOO_MANY_ATTEMPTS", "current", "Too many attempts failed. Wait and try again.");
    }
    const { api } = await this.#loaded();
    const answer = await api.changePassword({
      body: { currentPassword: current, newPassword: password, revokeOtherSessions: true },
      headers: headersOf(caller),
      asResponse: true,
    });
    if (!answer.ok) return refused("SIGN_IN_FAILED", "current", "The current password is wrong.");
    this.#byAccount.takeBack(person.email);
    return { ok: true, value: answer.headers.getSetCookie() };
  }

  /** Whether somebody who works here with a role can sign in with a password. */
  async anyoneHasPassword(ids: readonly string[]): Promise<boolean> {
    if (ids.length === 0) return false;
    const found = await this.#db
      .selectFrom("person_account")
      .select("id")
      .where("person_id", "in", [...ids])
      .where("password", "is not", null)
      .limit(1)
      .execute();
    return found.length > 0;
  }

  async #holderOf(code: string): Promise<string | null> {
    const { $context } = await this.#loaded();
    const { internalAdapter } = await $context;
    const found = await internalAdapter.findVerificationValue(`reset-password:${code}`);
    return found === null || found.expiresAt.getTime() <= Date.now() ? null : found.value;
  }

  #loaded(): ReturnType<Accounts["load"]> {
    this.#library ??= this.load();
    return this.#library;
  }

  /** Loads better-auth. Not for callers: it is public only for its type to be named. */
  async load() {
    const { betterAuth } = await import("better-auth");
    return betterAuth({
      // Never reached from outside; it only has to be an address.
      baseURL: "http://operator.invalid",
      secret: this.#secret,
      database: { db: this.#db, type: "postgres" },
      telemetry: { enabled: false },
      logger: { disabled: true },
      // Attempts are counted per account as well, which the library's own limit does not do.
      rateLimit: { enabled: false },
      emailAndPassword: {
        enabled: true,
        disableSignUp: true,
        minPasswordLength: SHORTEST_PASSWORD,
        // The library counts UTF-16 units, the rules count characters.
        maxPasswordLength: 2 * LONGEST_PASSWORD,
        resetPasswordTokenExpiresIn: CODE_SECONDS,
        revokeSessionsOnPasswordReset: true,
        sendResetPassword: async ({ user, token }) => void this.#codes.set(user.id, token),
      },
      session: {
        modelName: "person_session",
        expiresIn: SESSION_SECONDS,
        updateAge: REFRESH_SECONDS,
        fields: {
          userId: "person_id",
          expiresAt: "expires_at",
          ipAddress: "address",
          userAgent: "agent",
          createdAt: "created_at",
          updatedAt: "updated_at",
        },
      },
      user: {
        modelName: "person",
        fields: { emailVerified: "email_verified", createdAt: "created_at", updatedAt: "updated_at" },
      },
      account: {
        modelName: "person_account",
        fields: {
          userId: "person_id",
          accountId: "account_id",
          providerId: "provider_id",
          accessToken: "access_token",
          refreshToken: "refresh_token",
          idToken: "id_token",
          accessTokenExpiresAt: "access_token_expires_at",
          refreshTokenExpiresAt: "refresh_token_expires_at",
          createdAt: "created_at",
          updatedAt: "updated_at",
        },
      },
      verification: {
        modelName: "person_verification",
        storeIdentifier: "hashed",
        fields: { expiresAt: "expires_at", createdAt: "created_at", updatedAt: "updated_at" },
      },
      advanced: {
        cookiePrefix: this.#cookiePrefix,
        // The operator speaks plain HTTP on loopback, where a browser would not send back a Secure cookie.
        useSecureCookies: false,
        defaultCookieAttributes: { httpOnly: true, sameSite: "strict" },
        ipAddress: { ipAddressHeaders: ["x-perigee-address"] },
      },
    });
  }
}

function headersOf({ cookie, agent, address }: Caller): Headers {
  return new Headers({ cookie, "user-agent": agent, "x-perigee-address": address });
}

function cookieSecret(directory: string): string {
  const folder = join(directory, "keys");
  const path = join(folder, "session.secret");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  try {
    const text = readFileSync(path, "utf8").trim();
    if (text.length < 43)
      throw new Error(`${path} is too short to be the secret that cookies are signed with.`);
    return text;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  const secret = randomBytes(32).toString("base64url");
  writeFileSync(path, secret, { mode: 0o600, flag: "wx" });
  return secret;
}
