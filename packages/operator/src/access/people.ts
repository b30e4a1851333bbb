// SPDX-License-Identifier: MIT
import { type Actor, type Decision, decisionOf, type Role } from "@perigee/authority";
import type { Database, Queryable } from "../storage/database.ts";

/** Somebody, or some program, that may act here. */
export interface Person extends Actor {
  /** Lower case; what one signs in with. Never in a ledger entry. */
  readonly email: string;
  /** When they stopped working here, UTC ms; `null` while they do. */
  readonly endedAtMs: number | null;
  /** The party whose things a customer manages in the portal; `null` for those who work here. */
  readonly party: string | null;
}

/** Why a change of people, keys or passwords was refused. */
export interface AccessError {
  readonly code: string;
  readonly message: string;
  readonly place: string;
}

export type AccessResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: AccessError };

/** Records a decision together with what it decides; see `AuthorityService.log`. */
export type LogDecision = (
  decision: Decision,
  change: (tx: Queryable, ledgerIndex: number) => Promise<void>,
) => Promise<unknown>;

/** The fields of a person that somebody enters. */
export type NewPerson = Pick<Person, "id" | "name" | "email" | "roles"> & {
  readonly party?: string | null | undefined;
};

export const refused = (code: string, place: string, message: string): { ok: false; error: AccessError } => ({
  ok: false,
  error: { code, message, place },
});

/**
 * The people of an operator. All of them are kept in memory: one process owns the records. Every change is a decision
 * in the ledger, which names people by id and never holds an e-mail address.
 */
export class People {
  readonly #log: LogDecision;
  readonly #byId = new Map<string, Person>();

  private constructor(log: LogDecision) {
    this.#log = log;
  }

  /** Reads who is on record; where nobody is, enters `first`. */
  static async open(
    db: Database,
    log: LogDecision,
    first: readonly NewPerson[],
    nowMs: number,
  ): Promise<People> {
    const people = new People(log);
    const rows = await db.selectFrom("person").selectAll().orderBy("created_at").orderBy("id").execute();
    for (const row of rows) {
      people.#byId.set(row.id, {
        id: row.id,
        name: row.name,
        email: row.email,
        roles: row.roles as Role[],
        endedAtMs: row.ended_at_ms,
        party: row.party,
      });
    }
    if (rows.length === 0 && first.length > 0) await people.#seed(first, nowMs);
    return people;
  }

  /** Everyone, in the order in which they were entered; those who left too. */
  list(): Person[] {
    return [...this.#byId.values()];
  }

  /** Somebody who works here now. */
  active(id: string): Person | null {
    const person = this.#byId.get(id);
    return person === undefined || person.endedAtMs !== null ? null : person;
  }

  byEmail(email: string): Person | null {
    const wanted = email.trim().toLowerCase();
    return this.list().find(p => p.email === wanted && p.endedAtMs === null) ?? null;
  }

  async add(entered: NewPerson, by: Actor, nowMs: number): Promise<AccessResult<Person>> {
    const person = personOf(entered);
    if (this.#byId.has(person.id)) {
      return refused(
        "PERSON_EXISTS",
        "id",
        `There is already a person "${person.id}"; ids are not used again.`,
      );
    }
    if (this.list().some(p => p.email === person.email)) {
      return refused("EMAIL_IN_USE", "email", "Somebody is already on record with this e-mail address.");
    }
    if (person.party !== null && person.roles.length > 0) return customerWithRoles("roles");
    const text = `${by.name} enters ${called(person)} as ${standingText(person)}.`;
    await this.#log(decided(person.id, "enterPerson", person.roles, by, text, nowMs), tx =>
      insert(tx, [person], nowMs),
    );
    this.#byId.set(person.id, person);
    return { ok: true, value: person };
  }

  /** Gives a person these roles and no others. Nobody changes their own, and one admin always remains. */
  async setRoles(
    id: string,
    roles: readonly Role[],
    by: Actor,
    nowMs: number,
  ): Promise<AccessResult<Person>> {
    const person = this.active(id);
    if (person === null) return unknownPerson(id);
    const barred = this.#barred(person, by, roles.includes("admin"));
    if (barred) return barred;
    if (person.party !== null && roles.length > 0) return customerWithRoles("roles");
    const changed = { ...person, roles: ordered(roles) };
    const text = `${by.name} gives ${called(person)} the roles ${rolesText(changed.roles)}; before: ${rolesText(person.roles)}.`;
    await this.#log(decided(id, "changeRoles", changed.roles, by, text, nowMs), async tx => {
      await tx
        .updateTable("person")
        .set({ roles: JSON.stringify(changed.roles), updated_at: new Date(nowMs) })
        .where("id", "=", id)
        .execute();
    });
    this.#byId.set(id, changed);
    return { ok: true, value: changed };
  }

  /** Ends a person's work here: sessions and password are gone, keys no longer count, the name stays on record. */
  async end(id: string, by: Actor, nowMs: number): Promise<AccessResult<Person>> {
    const person = this.active(id);
    if (person === null) return unknownPerson(id);
    const barred = this.#barred(person, by, false);
    if (barred) return barred;
    const ended = { ...person, endedAtMs: nowMs };
    const text = `${by.name} ends the work of ${called(person)} here.`;
    await this.#log(decided(id, "endPerson", [], by, text, nowMs), async tx => {
      await tx.updateTable("person").set({ ended_at_ms: nowMs }).where("id", "=", id).execute();
      await tx.deleteFrom("person_session").where("person_id", "=", id).execute();
      await tx.deleteFrom("person_account").where("person_id", "=", id).execute();
      await tx.deleteFrom("person_verification").where("value", "=", id).execute();
    });
    this.#byId.set(id, ended);
    return { ok: true, value: ended };
  }

  /** Puts on record that somebody was given the means to set this person's password: it is a way to become them. */
  async logPasswordCode(person: Person, by: Actor, nowMs: number): Promise<void> {
    const text = `${by.name} makes a code with which ${called(person)} sets a password.`;
    const nothing = async (): Promise<void> => undefined;
    await this.#log(decided(person.id, "makePasswordCode", person.roles, by, text, nowMs), nothing);
  }

  /** Knows no longer what was erased of a party's people; their rows were changed with the erasure. */
  forget(party: string, nowMs: number): void {
    for (const person of this.#byId.values()) {
      if (person.party === party)
        this.#byId.set(person.id, {
          ...person,
          ...erasedPerson(person.id),
          endedAtMs: person.endedAtMs ?? nowMs,
        });
    }
  }

  #barred(person: Person, by: Actor, staysAdmin: boolean): { ok: false; error: AccessError } | null {
    if (by.id === person.id) {
      return refused("OWN_ROLES", "id", "Nobody changes their own roles; another admin has to.");
    }
    const admins = this.list().filter(p => p.endedAtMs === null && p.roles.includes("admin"));
    if (!staysAdmin && admins.length === 1 && admins[0]!.id === person.id) {
      return refused("LAST_ADMIN", "id", `${person.name} is the only admin; make somebody else one first.`);
    }
    return null;
  }

  async #seed(first: readonly NewPerson[], nowMs: number): Promise<void> {
    const people = first.map(personOf);
    const decision = decisionOf({
      atMs: nowMs,
      subject: "people",
      action: "enterPeople",
      outcome: "inForce",
      reasons: people.map(p => p.id),
      text: `${people.length} people are entered: ${people.map(p => `${p.id} as ${standingText(p)}`).join("; ")}.`,
      inputs: {},
    });
    await this.#log(decision, tx => insert(tx, people, nowMs));
    for (const person of people) this.#byId.set(person.id, person);
  }
}

export const unknownPerson = (id: string): { ok: false; error: AccessError } =>
  refused("PERSON_UNKNOWN", "id", `Nobody "${id}" works here.`);

/** What stays of a customer whose data were erased: the id that the log has. */
export const erasedPerson = (id: string): Pick<Person, "name" | "email"> => ({
  name: id,
  email: `${id}@erased.invalid`,
});

/** Whoever decides about customers is none: the same person would sit on both sides. */
const customerWithRoles = (place: string): { ok: false; error: AccessError } =>
  refused("CUSTOMER_HAS_ROLE", place, "A customer has no role here; enter another person for work.");

function personOf({ id, name, email, roles, party = null }: NewPerson): Person {
  return { id, name, email: email.toLowerCase(), roles: ordered(roles), endedAtMs: null, party };
}

/** Each role once, in one order, so that the same roles always read the same. */
const ordered = (roles: readonly Role[]): Role[] => [...new Set(roles)].sort();

/** In the log, which forgets nothing, customers are their ids. */
const called = ({ id, name, party }: Person): string => (party === null ? `${name} (${id})` : id);

const standingText = ({ party, roles }: Person): string =>
  party === null ? rolesText(roles) : `a customer of party ${party}`;

const rolesText = (roles: readonly Role[]): string => (roles.length === 0 ? "nothing" : roles.join(", "));

function decided(
  subject: string,
  action: string,
  roles: readonly Role[],
  by: Actor,
  text: string,
  atMs: number,
): Decision {
  const actor = { id: by.id, name: by.name };
  return decisionOf({
    atMs,
    subject,
    action,
    outcome: rolesText(roles),
    reasons: [by.id],
    text,
    inputs: {},
    actor,
  });
}

async function insert(tx: Queryable, people: readonly Person[], nowMs: number): Promise<void> {
  // One millisecond apart: the order of entry is the order of reading.
  await tx
    .insertInto("person")
    .values(
      people.map((person, i) => ({
        id: person.id,
        name: person.name,
        email: person.email,
        email_verified: false,
        roles: JSON.stringify(person.roles),
        party: person.party,
        created_at: new Date(nowMs + i),
        updated_at: new Date(nowMs),
      })),
    )
    .execute();
}
