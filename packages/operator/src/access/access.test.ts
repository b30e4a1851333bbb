// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import type { Decision } from "@perigee/authority";
import type { Database } from "../storage/database.ts";
import { embedded, scratchServer, type TestDatabase, type TestEngine } from "../storage/testing.ts";
import { Access, type Credentials } from "./access.ts";
import { theCommandLine } from "./local-token.ts";
import type { LogDecision, NewPerson } from "./people.ts";

for (const [name, engine] of [
  ["embedded", embedded],
  ["PostgreSQL", scratchServer],
] as const) {
  const skip = engine === null && "PERIGEE_TEST_DATABASE_URL names no PostgreSQL server";
  describe(`people, sessions and keys (${name})`, { skip }, () => testAccess(engine!));
}

function testAccess(engine: TestEngine): void {
  const folder = mkdtempSync(join(tmpdir(), "perigee-access-"));
  const startMs = Date.parse("2026-11-22T00:00:00Z");
  const people: readonly NewPerson[] = [
    { id: "cora", name: "Cora Ames", email: "Cora@Perigee.example", roles: ["compliance", "operator"] },
    { id: "adam", name: "Adam Byrd", email: "adam@perigee.example", roles: ["admin"] },
  ];
  const decisions: Decision[] = [];
  let records: TestDatabase;
  let db: Database;
  let access: Access;

  before(async () => {
    records = await engine.open();
    db = records.db;
    access = await opened("local");
  });
  after(async () => {
    await access[Symbol.asyncDispose]();
    await records[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
  });

  /** As the authority does it: the decision and what it decides in one transaction. */
  const log: LogDecision = async (decision, change) => {
    await db.transaction().execute(tx => change(tx, decisions.length));
    decisions.push(decision);
  };

  const opened = (mode: "local" | "open"): Promise<Access> =>
    Access.open({ mode, db, directory: folder, people, log, nowMs: startMs });

  /** What a restart does. */
  async function reopen(): Promise<void> {
    await access[Symbol.asyncDispose]();
    access = await opened("local");
  }

  const nobody: Credentials = { cookie: "", agent: "test", address: "127.0.0.1", authorization: "", as: "" };
  const cookieOf = (lines: readonly string[]): string => lines.map(line => line.split(";")[0]).join("; ");
  const password = "correct horse battery";

  async function withPassword(id: string, email: string): Promise<string> {
    const made = await access.accounts.makeCode(id, startMs);
    assert.ok(made.ok);
    const set = await access.accounts.setPassword(email, made.value.code, password, nobody, startMs);
    assert.ok(set.ok, JSON.stringify(set));
    return cookieOf(set.value.cookies);
  }

  test("people are entered once, by one decision that names no e-mail address", async () => {
    assert.equal(decisions.length, 1);
    assert.doesNotMatch(JSON.stringify(decisions), /@/);
    const before = access.people.list();
    await reopen();
    assert.deepEqual(access.people.list(), before);
    assert.equal(decisions.length, 1);
    assert.deepEqual(
      access.people.list().map(p => [p.id, p.email, p.roles]),
      [
        ["cora", "cora@perigee.example", ["compliance", "operator"]],
        ["adam", "adam@perigee.example", ["admin"]],
      ],
    );
  });

  test("a code sets a password once; the session that follows is Strict, HttpOnly and signed", async () => {
    const first = await access.firstCode(startMs);
    assert.equal(first?.person.id, "adam", "the first admin");
    const { setPassword } = access.accounts;
    const set = (email: string, code: string, pass: string) =>
      setPassword.call(access.accounts, email, code, pass, nobody, startMs);
    const code = first!.code;
    const refusals: [string, string, string, string][] = [
      ["adam@perigee.example", code, "short", "PASSWORD_WEAK"],
      ["adam@perigee.example", code, "adam adam adam adam", "PASSWORD_WEAK"],
      ["adam@perigee.example", "wrong", password, "CODE_WRONG"],
      ["cora@perigee.example", code, password, "CODE_WRONG"],
      ["none@perigee.example", code, password, "CODE_WRONG"],
    ];
    for (const [email, offered, pass, expected] of refusals) {
      const refused = await set(email, offered, pass);
      assert.equal(refused.ok ? "ok" : refused.error.code, expected, `${email} ${pass}`);
    }
    const done = await set("ADAM@perigee.example", code, password);
    assert.ok(done.ok, JSON.stringify(done));
    const [line] = done.value.cookies;
    assert.match(line!, /HttpOnly/i);
    assert.match(line!, /SameSite=Strict/i);
    const cookie = cookieOf(done.value.cookies);
    const found = await access.identify({ ...nobody, cookie }, startMs);
    assert.ok(found.ok);
    assert.deepEqual(
      [found.value?.actor.id, found.value?.actor.roles, found.value?.via],
      ["adam", ["admin"], "session"],
    );
    const forged = await access.identify({ ...nobody, cookie: `${cookie.slice(0, -6)}AAAAAA` }, startMs);
    assert.deepEqual(forged, { ok: true, value: null });
    const again = await set("adam@perigee.example", code, password);
    assert.equal(again.ok ? "ok" : again.error.code, "CODE_WRONG", "once");
    assert.equal(await access.firstCode(startMs), null, "an admin has a password now");
    const stored = JSON.stringify(await db.selectFrom("person_account").selectAll().execute());
    assert.ok(!stored.includes(password));
  });

  test("who signs out, or leaves, has no session any more", async () => {
    const cookie = await withPassword("cora", "cora@perigee.example");
    const who = async (): Promise<string | null> => {
      const found = await access.identify({ ...nobody, cookie }, startMs);
      return found.ok ? (found.value?.actor.id ?? null) : null;
    };
    assert.equal(await who(), "cora");
    assert.match((await access.accounts.signOut({ ...nobody, cookie })).join(), /Max-Age=0/i);
    assert.equal(await who(), null);

    const added = await access.people.add(
      { id: "gone", name: "Gus One", email: "gone@perigee.example", roles: ["compliance"] },
      theCommandLine,
      startMs,
    );
    assert.ok(added.ok);
    const theirs = await withPassword("gone", "gone@perigee.example");
    const made = await access.keys.make({ personId: "gone", label: "script", days: 1 }, added.value, startMs);
    assert.ok(made.ok);
    assert.ok((await access.people.end("gone", theCommandLine, startMs)).ok);
    assert.deepEqual(await access.identify({ ...nobody, cookie: theirs }, startMs), {
      ok: true,
      value: null,
    });
    assert.equal(access.keys.actorOf(made.value.key, startMs), null);
    const back = await access.accounts.signIn("gone@perigee.example", password, nobody, startMs);
    assert.equal(back.ok ? "ok" : back.error.code, "SIGN_IN_FAILED");
  });

  test("guessing a password stops after ten attempts, whatever the eleventh is", async () => {
    await withPassword("cora", "cora@perigee.example");
    const attempt = async (guess: string, atMs: number): Promise<string> => {
      const result = await access.accounts.signIn("cora@perigee.example", guess, nobody, atMs);
      return result.ok ? "ok" : result.error.code;
    };
    const guesses = await Promise.all(
      Array.from({ length: 12 }, (_, i) => attempt(`a wrong guess ${i}`, startMs)),
    );
    assert.equal(guesses.filter(code => code === "SIGN_IN_FAILED").length, 10, "at once as one by one");
    assert.equal(await attempt(password, startMs + 1), "TOO_MANY_ATTEMPTS");
    assert.equal(await attempt(password, startMs + 15 * 60_000), "ok");
  });

  test("a key may what it and its person both may, until its end or its revocation", async () => {
    const cora = access.people.active("cora")!;
    const made = await access.keys.make(
      { personId: "cora", label: "reports", roles: ["operator"], days: 1 },
      cora,
      startMs,
    );
    assert.ok(made.ok);
    const { key } = made.value;
    const secret = key.split("_").slice(2).join("_");
    assert.ok(
      !JSON.stringify(await db.selectFrom("api_key").selectAll().execute()).includes(secret),
      "only its hash",
    );
    const bearer = (text: string) => ({ ...nobody, authorization: `Bearer ${text}` });
    const found = await access.identify(bearer(key), startMs);
    assert.ok(found.ok);
    assert.deepEqual([found.value?.actor.id, found.value?.actor.roles], ["cora", ["operator"]]);
    for (const wrong of [
      `${key.slice(0, -1)}${key.endsWith("A") ? "B" : "A"}`,
      "pk_0000000000000000_x",
      "x",
      "pt_x",
    ]) {
      const refused = await access.identify(bearer(wrong), startMs);
      assert.equal(refused.ok ? "ok" : refused.error.code, "KEY_WRONG", wrong);
    }
    const more = await access.keys.make(
      { personId: "cora", label: "more", roles: ["admin"], days: 1 },
      cora,
      startMs,
    );
    assert.equal(more.ok ? "ok" : more.error.code, "KEY_EXCEEDS_PERSON");

    await reopen();
    assert.deepEqual(access.keys.actorOf(key, startMs)?.roles, ["operator"], "after a restart");
    assert.ok((await access.people.setRoles("cora", ["compliance"], theCommandLine, startMs)).ok);
    assert.deepEqual(access.keys.actorOf(key, startMs)?.roles, [], "the person lost the role");
    assert.equal(access.keys.actorOf(key, startMs + 86_400_000), null, "past its end");
    assert.ok((await access.keys.revoke(made.value.made.id, cora, startMs)).ok);
    assert.equal(access.keys.actorOf(key, startMs), null);
    assert.ok((await access.people.setRoles("cora", ["compliance", "operator"], theCommandLine, startMs)).ok);
  });

  test("nobody changes their own roles, and an admin always remains", async () => {
    const adam = access.people.active("adam")!;
    const own = await access.people.setRoles("adam", ["admin", "approver"], adam, startMs);
    assert.equal(own.ok ? "ok" : own.error.code, "OWN_ROLES");
    const last = await access.people.end("adam", theCommandLine, startMs);
    assert.equal(last.ok ? "ok" : last.error.code, "LAST_ADMIN");
    const twice = await access.people.add({ ...people[0]!, id: "cora-2" }, adam, startMs);
    assert.equal(twice.ok ? "ok" : twice.error.code, "EMAIL_IN_USE");
  });

  test("the local token is its user's alone, and may run the service but decide about nobody's", async () => {
    const path = join(folder, "operator.token");
    assert.equal(statSync(path).mode & 0o777, 0o600);
    const authorization = `Bearer ${readFileSync(path, "utf8")}`;
    const found = await access.identify({ ...nobody, authorization }, startMs);
    assert.ok(found.ok);
    assert.deepEqual([found.value?.actor, found.value?.via], [theCommandLine, "token"]);
  });

  test("where signing in is open, whoever is named acts, else the first; elsewhere naming does nothing", async () => {
    const open = await opened("open");
    const who = async (offered: Partial<Credentials>): Promise<string> => {
      const found = await open.identify({ ...nobody, ...offered }, startMs);
      return found.ok ? (found.value?.actor.id ?? "nobody") : found.error.code;
    };
    assert.equal(await who({}), "cora");
    assert.equal(await who({ as: "adam" }), "adam");
    assert.equal(await who({ cookie: "a=b; perigee-open-person=adam" }), "adam");
    assert.equal(await who({ cookie: "perigee-open-person=stranger" }), "cora");
    assert.equal(await who({ as: "stranger" }), "PERSON_UNKNOWN");
    await open[Symbol.asyncDispose]();
    const local = await access.identify({ ...nobody, as: "adam" }, startMs);
    assert.equal(local.ok ? "ok" : local.error.code, "AS_NOT_OPEN");
    const cookie = await access.identify({ ...nobody, cookie: "perigee-open-person=adam" }, startMs);
    assert.deepEqual(cookie, { ok: true, value: null });
  });
}
