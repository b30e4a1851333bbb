// SPDX-License-Identifier: MIT
import type { MadeSecret, MadeServiceAccount, ServiceAccountView } from "@perigee/operator/contract";
import { CliError, type Command, printTable, readArguments } from "../command.ts";
import { clientFlags, connect, type OperatorClient } from "../operator-client.ts";

const flagsOf = {
  ...clientFlags,
  account: { type: "string" },
  name: { type: "string" },
  id: { type: "string" },
  permissions: { type: "string" },
  days: { type: "string" },
} as const;

type Flags = Readonly<Partial<Record<keyof typeof flagsOf, string | boolean>>>;

/** `perigee fleet client …`: programs of customers that use the operator API V2, and their secrets. */
export const fleet: Command = {
  name: "fleet",
  usage: [
    ["fleet client list [--account id]", "programs of customers, what they may do, and their secrets"],
    [
      "fleet client add --account id --name n [--id i] [--permissions all|F=View,…] [--days d]",
      "enter a program; its secret is printed once",
    ],
    ["fleet client permissions <client id> all|ServicePlan=Edit,…", "give a program these and no others"],
    ["fleet client disable|enable <client id>", "a disabled program's tokens are void at once"],
    ["fleet client secret add <client id> [--days d]", "make one more secret; it is printed once"],
    ["fleet client secret revoke <client id> <secret id>", "make a secret void"],
  ],
  async run(args) {
    const { words, flags } = readArguments(args, flagsOf);
    const [noun, verb, ...rest] = words;
    if (noun !== "client") throw new CliError("say what: perigee fleet client list", 2);
    const operator = connect(flags);
    switch (verb) {
      case "list":
        return await list(operator, flags);
      case "add":
        return await add(operator, flags);
      case "permissions": {
        const permissions = permissionsIn(
          needed(rest[1], "perigee fleet client permissions <client id> <list>"),
        );
        return await change(operator, rest[0], { permissions }, flags);
      }
      case "disable":
      case "enable":
        return await change(operator, rest[0], { disabled: verb === "disable" }, flags);
      case "secret":
        return await secret(operator, rest, flags);
      default:
        throw new CliError(`there is no "perigee fleet client ${verb ?? ""}"`, 2);
    }
  },
};

const pathOf = (clientId: string | undefined): string =>
  `/v1/service-accounts/${encodeURIComponent(needed(clientId, "the client id is missing"))}`;

async function list(operator: OperatorClient, flags: Flags): Promise<void> {
  const query = typeof flags.account === "string" ? `?account=${encodeURIComponent(flags.account)}` : "";
  const clients = await operator.get<ServiceAccountView[]>(`/v1/service-accounts${query}`);
  if (flags.json) return void console.log(JSON.stringify(clients));
  const rows = clients.map(client => [
    client.clientId,
    client.accountId,
    client.accountNumber,
    client.name,
    client.disabledAt === null ? "in force" : "disabled",
    String(client.secrets.filter(({ revokedAt }) => revokedAt === null).length),
  ]);
  printTable(["client", "account", "number", "name", "state", "secrets"], rows);
}

async function add(operator: OperatorClient, flags: Flags): Promise<void> {
  const { account: accountId, name, id } = flags;
  if (accountId === undefined || name === undefined) {
    throw new CliError("say for which account and under which name: --account and --name", 2);
  }
  const made = await operator.post<MadeServiceAccount>("/v1/service-accounts", {
    accountId,
    name,
    ...(id === undefined ? {} : { clientId: id }),
    permissions: permissionsIn(String(flags.permissions ?? "all")),
    ...daysIn(flags),
  });
  if (flags.json) return void console.log(JSON.stringify(made));
  console.log(`client_id      ${made.serviceAccount.clientId}`);
  console.log(`client_secret  ${made.secret}`);
  console.log("The secret is shown here and never again.");
}

async function change(
  operator: OperatorClient,
  clientId: string | undefined,
  body: object,
  flags: Flags,
): Promise<void> {
  const client = await operator.patch<ServiceAccountView>(pathOf(clientId), body);
  if (flags.json) return void console.log(JSON.stringify(client));
  const may = Object.entries(client.permissions).map(([feature, level]) => `${feature}=${level}`);
  const state = client.disabledAt === null ? "in force" : "disabled";
  console.log(`${client.clientId} is ${state} and may: ${may.join(", ") || "nothing"}.`);
}

async function secret(operator: OperatorClient, words: readonly string[], flags: Flags): Promise<void> {
  const [verb, clientId, secretId] = words;
  const path = `${pathOf(clientId)}/secrets`;
  if (verb === "add") {
    const made = await operator.post<MadeSecret>(path, daysIn(flags));
    if (flags.json) return void console.log(JSON.stringify(made));
    console.log(`client_secret  ${made.secret}`);
    return void console.log("The secret is shown here and never again.");
  }
  if (verb !== "revoke") throw new CliError(`there is no "perigee fleet client secret ${verb ?? ""}"`, 2);
  const id = needed(secretId, "perigee fleet client secret revoke <client id> <secret id>");
  await operator.delete(`${path}/${encodeURIComponent(id)}`);
  console.log(`The secret ${id} is void.`);
}

function permissionsIn(text: string): "all" | Record<string, string> {
  if (text === "all") return text;
  return Object.fromEntries(
    text.split(",").map(part => {
      const [feature, level] = part.split("=");
      if (!feature || !level) throw new CliError(`"${part}" is not like ServicePlan=Edit`, 2);
      return [feature, level];
    }),
  );
}

function daysIn({ days }: Flags): { days?: number } {
  if (days === undefined) return {};
  if (!/^[1-9]\d{0,3}$/.test(String(days))) throw new CliError("--days takes a number of days", 2);
  return { days: Number(days) };
}

function needed(value: string | undefined, usage: string): string {
  if (value === undefined) throw new CliError(usage, 2);
  return value;
}
