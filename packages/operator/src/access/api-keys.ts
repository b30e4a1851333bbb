// SPDX-License-Identifier: MIT
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { type Actor, decisionOf, type Role } from "@perigee/authority";
import type { Database } from "../storage/database.ts";
import { type AccessResult, type LogDecision, type People, refused, unknownPerson } from "./people.ts";

/** A key as it may be shown: everything but its secret. */
export interface ApiKey {
  readonly id: string;
  readonly personId: string;
  readonly label: string;
  /** What the key may at most do; less when the person has lost a role. */
  readonly roles: readonly Role[];
  readonly madeAtMs: number;
  readonly expiresAtMs: number;
  readonly revokedAtMs: number | null;
  /** Last use, to the hour. */
  readonly usedAtMs: number | null;
}

export interface KeyRequest {
  readonly personId: string;
  readonly label: string;
  /** Left out: all that the person has. */
  readonly roles?: readonly Role[] | undefined;
  readonly days: number;
}

/** Keys of one person that are in force at once. */
const MOST_KEYS = 20;
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const FORM = /^pk_([0-9a-f]{16})_([A-Za-z0-9_-]{43})$/;

interface StoredKey extends ApiKey {
  readonly secretHash: Buffer;
}

/** Keys for programs: `pk_<id>_<secret>`. Only the secret's SHA-256 is kept; the key itself is shown once. */
export class ApiKeys {
  readonly #db: Database;
  readonly #log: LogDecision;
  readonly #people: People;
  readonly #byId = new Map<string, StoredKey>();

  private constructor(db: Database, log: LogDecision, people: People) {
    this.#db = db;
    this.#log = log;
    this.#people = people;
  }

  static async open(db: Database, log: LogDecision, people: People): Promise<ApiKeys> {
    const keys = new ApiKeys(db, log, people);
    for (const row of await db.selectFrom("api_key").selectAll().orderBy("made_at_ms").execute()) {
      keys.#byId.set(row.id, {
        id: row.id,
        personId: row.person_id,
        label: row.label,
        secretHash: Buffer.from(row.secret_hash, "hex"),
        roles: row.roles as Role[],
        madeAtMs: row.made_at_ms,
        expiresAtMs: row.expires_at_ms,
        revokedAtMs: row.revoked_at_ms,
        usedAtMs: row.used_at_ms,
      });
    }
    return keys;
  }

  /** @param personId - Whose; `null` for everyone's. */
  list(personId: string | null): ApiKey[] {
    return [...this.#byId.values()]
      .filter(key => personId === null || key.personId === personId)
      .map(({ secretHash: _, ...key }) => key);
  }

  /** Makes a key. The answer is the only place where it is ever whole. */
  async make(
    request: KeyRequest,
    by: Actor,
    nowMs: number,
  ): Promise<AccessResult<{ key: string; made: ApiKey }>> {
    const person = this.#people.active(request.personId);
    if (person === null) return unknownPerson(request.personId);
    const roles = request.roles ?? person.roles;
    const more = roles.find(role => !person.roles.includes(role));
    if (more !== undefined) {
      return refused(
        "KEY_EXCEEDS_PERSON",
        "roles",
        `${person.name} is not ${more}; a key never may more than its person.`,
      );
    }
    const live = this.list(person.id).filter(k => k.revokedAtMs === null && k.expiresAtMs > nowMs);
    if (live.length >= MOST_KEYS) {
      return refused(
        "TOO_MANY_KEYS",
        "person",
        `${person.name} has ${MOST_KEYS} keys in force; revoke one first.`,
      );
    }
    const secret = randomBytes(32).toString("base64url");
    const stored: StoredKey = {
      id: randomBytes(8).toString("hex"),
      personId: person.id,
      label: request.label,
      secretHash: hashed(secret),
      roles: [...roles],
      madeAtMs: nowMs,
      expiresAtMs: nowMs + request.days * DAY_MS,
      revokedAtMs: null,
      usedAtMs: null,
    };
    const until = new Date(stored.expiresAtMs).toISOString();
    const text = `${by.name} makes the key ${stored.id} for ${person.name} (${person.id}): ${roles.join(", ") || "no role"}, until ${until}.`;
    await this.#log(this.#decision(stored, "makeKey", "inForce", by, text, nowMs), async tx => {
      await tx
        .insertInto("api_key")
        .values({
          id: stored.id,
          person_id: stored.personId,
          label: stored.label,
          secret_hash: stored.secretHash.toString("hex"),
          roles: JSON.stringify(stored.roles),
          made_at_ms: stored.madeAtMs,
          expires_at_ms: stored.expiresAtMs,
        })
        .execute();
    });
    this.#byId.set(stored.id, stored);
    const { secretHash: _, ...made } = stored;
    return { ok: true, value: { key: `pk_${stored.id}_${secret}`, made } };
  }

  async revoke(id: string, by: Actor, nowMs: number): Promise<AccessResult<ApiKey>> {
    const key = this.#byId.get(id);
    if (key === undefined) return refused("KEY_UNKNOWN", "id", `There is no key "${id}".`);
    if (key.revokedAtMs !== null) return refused("KEY_REVOKED", "id", `The key ${id} is revoked already.`);
    const text = `${by.name} revokes the key ${id} of ${key.personId}.`;
    await this.#log(this.#decision(key, "revokeKey", "revoked", by, text, nowMs), async tx => {
      await tx.updateTable("api_key").set({ revoked_at_ms: nowMs }).where("id", "=", id).execute();
    });
    const revoked = { ...key, revokedAtMs: nowMs };
    this.#byId.set(id, revoked);
    const { secretHash: _, ...shown } = revoked;
    return { ok: true, value: shown };
  }

  /**
   * Who a key acts for, with the roles that the key and its person both have.
   *
   * @returns `null` for a key that is wrong, revoked, past its end, or of somebody who left: which, is not told.
   */
  actorOf(text: string, nowMs: number): Actor | null {
    const parts = FORM.exec(text);
    const key = this.#byId.get(parts?.[1] ?? "");
    if (!parts || key === undefined) return null;
    if (!timingSafeEqual(hashed(parts[2]!), key.secretHash)) return null;
    const person = this.#people.active(key.personId);
    if (person === null || key.revokedAtMs !== null || key.expiresAtMs <= nowMs) return null;
    if (key.usedAtMs === null || nowMs - key.usedAtMs >= HOUR_MS) this.#used(key, nowMs);
    return { id: person.id, name: person.name, roles: key.roles.filter(role => person.roles.includes(role)) };
  }

  #used(key: StoredKey, nowMs: number): void {
    this.#byId.set(key.id, { ...key, usedAtMs: nowMs });
    const written = this.#db
      .updateTable("api_key")
      .set({ used_at_ms: nowMs })
      .where("id", "=", key.id)
      .execute();
    written.catch((error: Error) =>
      process.emitWarning(`the use of key ${key.id} is not on record: ${error.message}`),
    );
  }

  #decision(key: ApiKey, action: string, outcome: string, by: Actor, text: string, atMs: number) {
    const actor = { id: by.id, name: by.name };
    return decisionOf({
      atMs,
      subject: key.personId,
      action,
      outcome,
      reasons: [by.id],
      text,
      inputs: { key: key.id },
      actor,
    });
  }
}

const hashed = (secret: string): Buffer => createHash("sha256").update(secret).digest();
