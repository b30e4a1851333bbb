// SPDX-License-Identifier: MIT
import type { AddedPerson, ApiKey, MadeKey, PasswordCode, Person } from "@perigee/operator/contract";
import { CliError, type Command, printTable, readArguments } from "../command.ts";
import { clientFlags, connect, type OperatorClient } from "../operator-client.ts";

const flagsOf = {
  ...clientFlags,
  name: { type: "string" },
  email: { type: "string" },
  roles: { type: "string" },
  days: { type: "string" },
  person: { type: "string" },
} as const;

type Flags = Readonly<Partial<Record<keyof typeof flagsOf, string | boolean>>>;

/** `perigee person …`: who works here, what they may do, and keys for their programs. */
export const person: Command = {
  name: "person",
  usage: [
    ["person list", "who works here, and their roles"],
    [
      "person add <id> --name <name> --email <address> --roles a,b",
      "enter a person; prints a link for a password",
    ],
    ["person role <id> a,b", "give a person these roles and no others"],
    ["person password <id>", "a link with which a person sets a password anew"],
    ["person end <id>", "end a person's work here; sessions and keys are void at once"],
    ["person key list [--person id]", "keys and when they end"],
    ["person key add <label> [--person id] [--roles a,b] [--days 90]", "make a key; it is printed once"],
    ["person key revoke <key id>", "make a key void"],
  ],
  async run(args) {
    const { words, flags } = readArguments(args, flagsOf);
    const [verb, id, list] = words;
    const operator = connect(flags);
    if (verb === "key") return await key(operator, words.slice(1), flags);
    if (verb === "list") {
      const people = await operator.get<Person[]>("/v1/people");
      if (flags.json) return void console.log(JSON.stringify(people));
      const rows = people.map(p => [p.id, p.name, p.roles.join(", "), p.email ?? "-", p.endedAt ?? "-"]);
      return printTable(["id", "name", "roles", "e-mail", "ended"], rows);
    }
    const path = `/v1/people/${encodeURIComponent(needed(id, `perigee person ${verb ?? ""} <id>`))}`;
    switch (verb) {
      case "add": {
        const { name, email } = flags;
        if (name === undefined || email === undefined) {
          throw new CliError("say who: --name and --email", 2);
        }
        const body = { id, name, email, roles: rolesIn(flags.roles ?? "") };
        const added = await operator.post<AddedPerson>("/v1/people", body);
        if (flags.json) return void console.log(JSON.stringify(added));
        console.log(
          `${added.person.name} (${id}) is entered as ${added.person.roles.join(", ") || "nothing yet"}.`,
        );
        return showCode(added.passwordCode);
      }
      case "role": {
        const roles = rolesIn(needed(list, "perigee person role <id> a,b"));
        const changed = await operator.put<Person>(`${path}/roles`, { roles });
        if (flags.json) return void console.log(JSON.stringify(changed));
        return void console.log(`${changed.name} (${id}) is now ${changed.roles.join(", ") || "nothing"}.`);
      }
      case "password": {
        const code = await operator.post<PasswordCode>(`${path}/password-code`, {});
        return flags.json ? void console.log(JSON.stringify(code)) : showCode(code);
      }
      case "end": {
        const ended = await operator.delete<Person>(path);
        if (flags.json) return void console.log(JSON.stringify(ended));
        return void console.log(`${ended.name} (${id}) no longer works here.`);
      }
      default:
        throw new CliError(`person ${verb ?? ""}: say list, add, role, password, end or key`, 2);
    }
  },
};

async function key(operator: OperatorClient, [verb, word]: readonly string[], flags: Flags): Promise<void> {
  switch (verb) {
    case "list": {
      const query = flags.person === undefined ? "" : `?person=${encodeURIComponent(String(flags.person))}`;
      const keys = await operator.get<ApiKey[]>(`/v1/keys${query}`);
      if (flags.json) return void console.log(JSON.stringify(keys));
      return printTable(
        ["key", "person", "label", "roles", "ends", "revoked", "used"],
        keys.map(k => [
          k.id,
          k.person,
          k.label,
          k.roles.join(", "),
          k.expiresAt,
          k.revokedAt ?? "-",
          k.usedAt ?? "-",
        ]),
      );
    }
    case "add": {
      const made = await operator.post<MadeKey>("/v1/keys", {
        label: needed(word, "perigee person key add <label>"),
        ...(flags.person === undefined ? {} : { person: flags.person }),
        ...(flags.roles === undefined ? {} : { roles: rolesIn(String(flags.roles)) }),
        ...(flags.days === undefined ? {} : { days: Number(flags.days) }),
      });
      if (flags.json) return void console.log(JSON.stringify(made));
      console.log(made.key);
      return void console.log(
        `It is shown this once. It ends ${made.made.expiresAt}: ${made.made.roles.join(", ")}.`,
      );
    }
    case "revoke": {
      const revoked = await operator.delete<ApiKey>(
        `/v1/keys/${encodeURIComponent(needed(word, "perigee person key revoke <key id>"))}`,
      );
      if (flags.json) return void console.log(JSON.stringify(revoked));
      return void console.log(`The key ${revoked.id} of ${revoked.person} is void.`);
    }
    default:
      throw new CliError(`person key ${verb ?? ""}: say list, add or revoke`, 2);
  }
}

function showCode(code: PasswordCode | null): void {
  if (code === null) {
    console.log("Signing in is open here, so there is no password to set.");
    return;
  }
  console.log(`A password is set with this link, once, until ${code.expiresAt}:`);
  console.log(`  ${code.link}`);
}

function needed(word: string | undefined, form: string): string {
  if (word === undefined) throw new CliError(`say: ${form}`, 2);
  return word;
}

const rolesIn = (list: string): string[] =>
  list
    .split(",")
    .map(role => role.trim())
    .filter(role => role !== "");
