// SPDX-License-Identifier: MIT
import type { Actor } from "@perigee/authority";
import type { Database } from "../storage/database.ts";
import { Accounts, type Caller, type PasswordCode } from "./accounts.ts";
import { ApiKeys } from "./api-keys.ts";
import { LocalToken, theCommandLine } from "./local-token.ts";
import { LocationReads, type Via } from "./location-reads.ts";
import {
  type AccessResult,
  type LogDecision,
  type NewPerson,
  People,
  type Person,
  refused,
} from "./people.ts";

/** `local`: people sign in. `open`: whoever reaches the port acts as any of the people, for demonstrations. */
export type SignInMode = "local" | "open";

/** Who a request is by, and how that is known. */
export interface Identity {
  readonly actor: Actor;
  readonly via: Via;
  /** `Set-Cookie` lines for the answer. */
  readonly cookies: readonly string[];
}

/** What a request brings along to say who it is by. */
export interface Credentials extends Caller {
  /** The `Authorization` header; empty where there is none. */
  readonly authorization: string;
  /** The person named by `x-perigee-as`; empty where none is. */
  readonly as: string;
}

export interface AccessOptions {
  readonly mode: SignInMode;
  readonly db: Database;
  /** The data directory. */
  readonly directory: string;
  /** People of the scenario, entered once. */
  readonly people: readonly NewPerson[];
  readonly log: LogDecision;
  readonly nowMs: number;
}

/** Entered where a scenario names nobody who could give roles. */
const FIRST_ADMIN: NewPerson = {
  id: "admin",
  name: "Administrator",
  email: "admin@operator.invalid",
  roles: ["admin"],
};

/** Who may do what here: people, passwords, keys, and the record of who read where terminals are. */
export class Access implements AsyncDisposable {
  readonly mode: SignInMode;
  readonly people: People;
  readonly keys: ApiKeys;
  readonly accounts: Accounts;
  readonly reads: LocationReads;
  readonly #token: LocalToken;

  private constructor(
    mode: SignInMode,
    parts: Pick<Access, "people" | "keys" | "accounts" | "reads">,
    token: LocalToken,
  ) {
    this.mode = mode;
    this.people = parts.people;
    this.keys = parts.keys;
    this.accounts = parts.accounts;
    this.reads = parts.reads;
    this.#token = token;
  }

  static async open({ mode, db, directory, people: named, log, nowMs }: AccessOptions): Promise<Access> {
    const first = named.some(p => p.roles.includes("admin")) ? named : [...named, FIRST_ADMIN];
    const people = await People.open(db, log, first, nowMs);
    const keys = await ApiKeys.open(db, log, people);
    const accounts = new Accounts(db, people, directory);
    const reads = new LocationReads(db, log);
    return new Access(mode, { people, keys, accounts, reads }, new LocalToken(directory));
  }

  /**
   * Who a request is by: the holder of a key or of the local token; in `open`, whoever it names, else the scenario's
   * first person; else the person whose session its cookie is of.
   *
   * @returns `value: null` for nobody; an error for a credential that was offered and is wrong.
   */
  async identify(credentials: Credentials, nowMs: number): Promise<AccessResult<Identity | null>> {
    const { authorization, as } = credentials;
    if (as !== "" && this.mode !== "open") {
      return refused(
        "AS_NOT_OPEN",
        "x-perigee-as",
        "Acting as somebody by name is possible only where signing in is open.",
      );
    }
    if (authorization !== "") {
      const [scheme = "", secret = ""] = authorization.split(" ");
      if (scheme.toLowerCase() !== "bearer") return wrongKey();
      if (secret.startsWith("pt_") && this.#token.is(secret)) {
        if (this.mode === "local") return identified(theCommandLine, "token");
      } else {
        const actor = this.keys.actorOf(secret, nowMs);
        return actor === null ? wrongKey() : identified(actor, "key");
      }
    }
    if (this.mode === "open") {
      if (as !== "") {
        const named = this.people.active(as);
        return named === null
          ? refused("PERSON_UNKNOWN", "x-perigee-as", `Nobody "${as.slice(0, 100)}" works here.`)
          : identified(named, "open");
      }
      const person = this.people.active(personInCookie(credentials.cookie)) ?? this.choices()[0];
      return person === undefined ? { ok: true, value: null } : identified(person, "open");
    }
    const signedIn = await this.accounts.session(credentials);
    if (signedIn === null) return { ok: true, value: null };
    return identified(signedIn.person, "session", signedIn.cookies);
  }

  /** Whom `open` offers to act as, the one first who acts when nobody is named. */
  choices(): Person[] {
    return this.mode === "open" ? this.people.list().filter(p => p.endedAtMs === null) : [];
  }

  /**
   * A code for an admin to set the first password with; `null` where that is done, or nothing needs it.
   */
  async firstCode(nowMs: number): Promise<(PasswordCode & { readonly person: Person }) | null> {
    if (this.mode === "open") return null;
    const admins = this.people.list().filter(p => p.endedAtMs === null && p.roles.includes("admin"));
    const [first] = admins;
    if (first === undefined || (await this.accounts.anyoneHasPassword(admins.map(p => p.id)))) return null;
    const made = await this.accounts.makeCode(first.id, nowMs);
    return made.ok ? { ...made.value, person: first } : null;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#token[Symbol.dispose]();
    await this.reads[Symbol.asyncDispose]();
  }
}

/** The cookie that names the person in `open`. It proves nothing, and in `open` nothing needs proof. */
const OPEN_COOKIE = "perigee-open-person";

export const openCookie = (personId: string | null): string =>
  `${OPEN_COOKIE}=${personId ?? ""}; Path=/; HttpOnly; SameSite=Strict${personId === null ? "; Max-Age=0" : ""}`;

function personInCookie(header: string): string {
  const found = header.split(";").find(part => part.trim().startsWith(`${OPEN_COOKIE}=`));
  return found === undefined ? "" : found.slice(found.indexOf("=") + 1).trim();
}

const identified = (actor: Actor, via: Via, cookies: readonly string[] = []): AccessResult<Identity> => ({
  ok: true,
  value: { actor: { id: actor.id, name: actor.name, roles: actor.roles }, via, cookies },
});

const wrongKey = (): AccessResult<never> =>
  refused("KEY_WRONG", "authorization", "The key is wrong, revoked, or past its end.");
