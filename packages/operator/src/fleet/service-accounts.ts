// SPDX-License-Identifier: MIT
import { createHash, randomBytes, randomUUID, timingSafeEqual } from "node:crypto";
import { type Actor, type Book, decisionOf } from "@perigee/authority";
import { type AccessResult, type LogDecision, refused } from "../access/people.ts";
import type { Database, Queryable } from "../storage/database.ts";
import type { FleetPermissions } from "./feature.ts";

/** A program that speaks for an account. */
export interface ServiceAccount {
  /** The `client_id` of its tokens. */
  readonly clientId: string;
  readonly accountId: string;
  readonly name: string;
  readonly permissions: FleetPermissions;
  readonly madeAtMs: number;
  /** Since when it gets no tokens. It can be disabled, never deleted: the log names it. */
  readonly disabledAtMs: number | null;
}

/** A secret as it may be shown: everything but what it is. */
export interface ServiceSecret {
  readonly id: string;
  readonly clientId: string;
  readonly madeAtMs: number;
  /** `null`: it does not end by itself. */
  readonly expiresAtMs: number | null;
  readonly revokedAtMs: number | null;
}

/** A service account as somebody asks for it. */
export interface NewServiceAccount extends Pick<ServiceAccount, "accountId" | "name" | "permissions"> {
  /** Absent: made here. */
  readonly clientId?: string | undefined;
}

/** A service account that comes with a scenario, its secrets in the open: for demonstrations and tests. */
export interface SeededServiceAccount extends NewServiceAccount {
  readonly clientId: string;
  readonly secrets: readonly string[];
}

/** Service accounts of one account, and secrets of one service account that are in force at once. */
const MOST_CLIENTS = 20;
const MOST_SECRETS = 20;

interface StoredSecret extends ServiceSecret {
  readonly hash: Buffer;
}

/** The programs that may use the operator API V2. Only hashes of their secrets are kept; a secret is shown once. */
export class ServiceAccounts {
  readonly #log: LogDecision;
  readonly #book: Book;
  readonly #clients = new Map<string, ServiceAccount>();
  /** By service account, then by id. */
  readonly #secrets = new Map<string, Map<string, StoredSecret>>();

  private constructor(log: LogDecision, book: Book) {
    this.#log = log;
    this.#book = book;
  }

  /** @param first those of the scenario, entered where none is on record */
  static async open(
    db: Database,
    log: LogDecision,
    book: Book,
    first: readonly SeededServiceAccount[],
    nowMs: number,
  ): Promise<ServiceAccounts> {
    const all = new ServiceAccounts(log, book);
    for (const row of await db.selectFrom("service_account").selectAll().orderBy("made_at_ms").execute()) {
      all.#clients.set(row.client_id, {
        clientId: row.client_id,
        accountId: row.account_id,
        name: row.name,
        permissions: row.permissions as FleetPermissions,
        madeAtMs: row.made_at_ms,
        disabledAtMs: row.disabled_at_ms,
      });
    }
    for (const row of await db.selectFrom("service_secret").selectAll().orderBy("made_at_ms").execute()) {
      all.#keep({
        id: row.id,
        clientId: row.client_id,
        hash: Buffer.from(row.secret_hash, "hex"),
        madeAtMs: row.made_at_ms,
        expiresAtMs: row.expires_at_ms,
        revokedAtMs: row.revoked_at_ms,
      });
    }
    if (all.#clients.size === 0 && first.length > 0) await all.#seed(first, nowMs);
    return all;
  }

  /** @param accountId whose; `null` for everyone's */
  list(accountId: string | null): ServiceAccount[] {
    return [...this.#clients.values()].filter(each => accountId === null || each.accountId === accountId);
  }

  get(clientId: string): ServiceAccount | null {
    return this.#clients.get(clientId) ?? null;
  }

  secrets(clientId: string): ServiceSecret[] {
    return this.#secretsOf(clientId).map(shown);
  }

  /** Whether a service account gets and uses tokens now: it is not disabled and its account is open. */
  isLive({ disabledAtMs, accountId }: ServiceAccount): boolean {
    return disabledAtMs === null && this.#book.get("account", accountId)?.state === "open";
  }

  /**
   * The service account whose secret this is.
   *
   * @returns `null` for what is wrong, past its end, revoked or disabled: which, is not told
   */
  authenticate(clientId: string, secret: string, nowMs: number): ServiceAccount | null {
    const hash = hashed(secret);
    const client = this.#clients.get(clientId);
    let right = false;
    for (const each of this.#secretsOf(clientId)) {
      if (inForce(each, nowMs) && timingSafeEqual(each.hash, hash)) right = true;
    }
    return client !== undefined && right && this.isLive(client) ? client : null;
  }

  /** Enters a service account with a first secret. The answer is the only place where the secret is ever shown. */
  async add(
    request: NewServiceAccount,
    by: Pick<Actor, "id" | "name">,
    nowMs: number,
    expiresAtMs: number | null = null,
  ): Promise<AccessResult<{ client: ServiceAccount; secret: string; made: ServiceSecret }>> {
    const { accountId, name, permissions } = request;
    const clientId = request.clientId ?? randomUUID();
    if (this.#book.get("account", accountId)?.state !== "open") {
      return refused("ACCOUNT_UNKNOWN", "accountId", `There is no open account ${accountId}.`);
    }
    if (this.#clients.has(clientId)) {
      return refused("CLIENT_EXISTS", "clientId", `There is a service account ${clientId} already.`);
    }
    if (this.list(accountId).length >= MOST_CLIENTS) {
      return refused(
        "TOO_MANY_CLIENTS",
        "accountId",
        `An account has at most ${MOST_CLIENTS} service accounts.`,
      );
    }
    const client: ServiceAccount = {
      clientId,
      accountId,
      name,
      permissions,
      madeAtMs: nowMs,
      disabledAtMs: null,
    };
    const secret = randomBytes(32).toString("base64url");
    const made = newSecret(clientId, secret, nowMs, expiresAtMs);
    const text = `The service account ${clientId} of account ${accountId} is made: ${permissionText(permissions)}.`;
    await this.#log(decided(client, "make service account", "inForce", by, text, nowMs), tx =>
      insert(tx, [client], [made]),
    );
    this.#clients.set(clientId, client);
    this.#keep(made);
    return { ok: true, value: { client, secret, made: shown(made) } };
  }

  /** Gives a service account these permissions and no others. Tokens that it has already change with it. */
  async setPermissions(
    clientId: string,
    permissions: FleetPermissions,
    by: Pick<Actor, "id" | "name">,
    nowMs: number,
  ): Promise<AccessResult<ServiceAccount>> {
    const client = this.#clients.get(clientId);
    if (client === undefined) return unknownClient(clientId);
    const changed = { ...client, permissions };
    const text = `The service account ${clientId} may now: ${permissionText(permissions)}.`;
    await this.#log(decided(client, "change service account", "inForce", by, text, nowMs), async tx => {
      await tx
        .updateTable("service_account")
        .set({ permissions: JSON.stringify(permissions) })
        .where("client_id", "=", clientId)
        .execute();
    });
    this.#clients.set(clientId, changed);
    return { ok: true, value: changed };
  }

  /** Disables a service account, its tokens with it, or enables it again. */
  async setDisabled(
    clientId: string,
    disabled: boolean,
    by: Pick<Actor, "id" | "name">,
    nowMs: number,
  ): Promise<AccessResult<ServiceAccount>> {
    const client = this.#clients.get(clientId);
    if (client === undefined) return unknownClient(clientId);
    if ((client.disabledAtMs !== null) === disabled) {
      const state = disabled ? "disabled" : "enabled";
      return refused("NOTHING_CHANGES", "clientId", `The service account ${clientId} is ${state} already.`);
    }
    const disabledAtMs = disabled ? nowMs : null;
    const outcome = disabled ? "disabled" : "inForce";
    const text = `The service account ${clientId} is ${disabled ? "disabled" : "enabled again"}.`;
    await this.#log(decided(client, "change service account", outcome, by, text, nowMs), async tx => {
      await tx
        .updateTable("service_account")
        .set({ disabled_at_ms: disabledAtMs })
        .where("client_id", "=", clientId)
        .execute();
    });
    const changed = { ...client, disabledAtMs };
    this.#clients.set(clientId, changed);
    return { ok: true, value: changed };
  }

  /** Makes one more secret, so that the old one can be replaced without a gap. */
  async addSecret(
    clientId: string,
    by: Pick<Actor, "id" | "name">,
    nowMs: number,
    expiresAtMs: number | null,
  ): Promise<AccessResult<{ secret: string; made: ServiceSecret }>> {
    const client = this.#clients.get(clientId);
    if (client === undefined) return unknownClient(clientId);
    if (this.#secretsOf(clientId).filter(each => inForce(each, nowMs)).length >= MOST_SECRETS) {
      const message = `The service account ${clientId} has ${MOST_SECRETS} secrets in force; revoke one first.`;
      return refused("TOO_MANY_SECRETS", "clientId", message);
    }
    const secret = randomBytes(32).toString("base64url");
    const made = newSecret(clientId, secret, nowMs, expiresAtMs);
    const text = `The service account ${clientId} gets the secret ${made.id}.`;
    await this.#log(decided(client, "make secret", "inForce", by, text, nowMs), tx => insert(tx, [], [made]));
    this.#keep(made);
    return { ok: true, value: { secret, made: shown(made) } };
  }

  async revokeSecret(
    clientId: string,
    secretId: string,
    by: Pick<Actor, "id" | "name">,
    nowMs: number,
  ): Promise<AccessResult<ServiceSecret>> {
    const client = this.#clients.get(clientId);
    const secret = this.#secrets.get(clientId)?.get(secretId);
    if (client === undefined || secret === undefined) {
      return refused("SECRET_UNKNOWN", "secretId", `The service account has no secret ${secretId}.`);
    }
    if (secret.revokedAtMs !== null) {
      return refused("NOTHING_CHANGES", "secretId", `The secret ${secretId} is revoked already.`);
    }
    const text = `The secret ${secretId} of the service account ${clientId} is revoked.`;
    await this.#log(decided(client, "revoke secret", "revoked", by, text, nowMs), async tx => {
      await tx
        .updateTable("service_secret")
        .set({ revoked_at_ms: nowMs })
        .where("id", "=", secretId)
        .execute();
    });
    const revoked = { ...secret, revokedAtMs: nowMs };
    this.#keep(revoked);
    return { ok: true, value: shown(revoked) };
  }

  async #seed(first: readonly SeededServiceAccount[], nowMs: number): Promise<void> {
    const clients = first.map(({ secrets: _, ...client }, i) => ({
      ...client,
      madeAtMs: nowMs + i,
      disabledAtMs: null,
    }));
    const secrets = first.flatMap(({ clientId, secrets: own }) =>
      own.map(secret => newSecret(clientId, secret, nowMs, null)),
    );
    const text = `${clients.length} service accounts are entered with the scenario: ${clients.map(c => c.clientId).join(", ")}.`;
    const inputs = { clients: String(clients.length) };
    const decision = decisionOf({
      ...{ atMs: nowMs, subject: "serviceAccounts", action: "make service account", outcome: "inForce" },
      ...{ reasons: [], text, inputs },
    });
    await this.#log(decision, tx => insert(tx, clients, secrets));
    for (const client of clients) this.#clients.set(client.clientId, client);
    for (const secret of secrets) this.#keep(secret);
  }

  #secretsOf(clientId: string): StoredSecret[] {
    return [...(this.#secrets.get(clientId)?.values() ?? [])];
  }

  #keep(secret: StoredSecret): void {
    const own = this.#secrets.get(secret.clientId);
    if (own === undefined) this.#secrets.set(secret.clientId, new Map([[secret.id, secret]]));
    else own.set(secret.id, secret);
  }
}

const unknownClient = (clientId: string) =>
  refused("CLIENT_UNKNOWN", "clientId", `There is no service account ${clientId}.`);

const hashed = (secret: string): Buffer => createHash("sha256").update(secret).digest();

const inForce = ({ expiresAtMs, revokedAtMs }: ServiceSecret, nowMs: number): boolean =>
  revokedAtMs === null && (expiresAtMs === null || expiresAtMs > nowMs);

const shown = ({ hash: _, ...secret }: StoredSecret): ServiceSecret => secret;

function newSecret(
  clientId: string,
  secret: string,
  madeAtMs: number,
  expiresAtMs: number | null,
): StoredSecret {
  const id = randomBytes(8).toString("hex");
  return { id, clientId, hash: hashed(secret), madeAtMs, expiresAtMs, revokedAtMs: null };
}

function permissionText(permissions: FleetPermissions): string {
  return (
    Object.entries(permissions)
      .map(([feature, level]) => `${feature} ${level}`)
      .join(", ") || "nothing"
  );
}

function decided(
  { clientId, accountId }: ServiceAccount,
  action: string,
  outcome: string,
  by: Pick<Actor, "id" | "name">,
  text: string,
  atMs: number,
) {
  const actor = { id: by.id, name: by.name };
  return decisionOf({
    atMs,
    subject: accountId,
    action,
    outcome,
    reasons: [by.id],
    text,
    inputs: { clientId },
    actor,
  });
}

async function insert(
  tx: Queryable,
  clients: readonly ServiceAccount[],
  secrets: readonly StoredSecret[],
): Promise<void> {
  if (clients.length > 0) {
    await tx
      .insertInto("service_account")
      .values(
        clients.map(each => ({
          client_id: each.clientId,
          account_id: each.accountId,
          name: each.name,
          permissions: JSON.stringify(each.permissions),
          made_at_ms: each.madeAtMs,
        })),
      )
      .execute();
  }
  if (secrets.length > 0) {
    await tx
      .insertInto("service_secret")
      .values(
        secrets.map(each => ({
          id: each.id,
          client_id: each.clientId,
          secret_hash: each.hash.toString("hex"),
          made_at_ms: each.madeAtMs,
          expires_at_ms: each.expiresAtMs,
        })),
      )
      .execute();
  }
}
