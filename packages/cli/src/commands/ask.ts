// SPDX-License-Identifier: MIT
import { type CommandEntry, commandsOf, holderOf, type Permission } from "@perigee/authority";
import { caseCommands } from "@perigee/casework";
import type { Preview } from "@perigee/operator/contract";
import { carryOut, printCarriedOut, printPreview, readRequest } from "../authority/carry-out.ts";
import { CliError, type Command, printTable, readArguments } from "../command.ts";
import { clientFlags, connect } from "../operator-client.ts";

const flagsOf = {
  ...clientFlags,
  request: { type: "string" },
  reason: { type: "string" },
  preview: { type: "boolean" },
  schema: { type: "boolean" },
} as const;

/** Commands that an operator serves to who works there. */
const served: readonly CommandEntry[] = [...commandsOf(), ...caseCommands].filter(
  ({ permission }) => holderOf(permission as Permission) !== "customers",
);

/** `perigee command …`: anything that the authority can be asked to do, by its name. */
export const ask: Command = {
  name: "command",
  usage: [
    ["command [<noun>]", "everything that the authority can be asked to do"],
    ["command <name> --schema", "the members of its request"],
    ["command <name> [--request file|json] [--reason why] [--as person]", "have it carried out"],
    ["command <name> … --preview", "what it would lead to; nothing changes"],
  ],
  async run(args) {
    const { words, flags } = readArguments(args, flagsOf);
    const [name, more] = words;
    if (more !== undefined) throw new CliError(`"${more}": command takes one name`, 2);
    const entry = served.find(found => found.name === name);
    if (entry === undefined) return showCommands(name, flags.json === true);
    if (flags.schema) {
      const { $schema: _, ...schema } = entry.schema.toJSONSchema({ io: "input", unrepresentable: "any" });
      return void console.log(JSON.stringify(schema, null, 2));
    }
    const request = readRequest(flags.request);
    const operator = connect(flags);
    if (flags.preview) {
      const found = await operator.post<Preview>(`/v1/previews/${entry.name}`, request);
      return flags.json ? void console.log(JSON.stringify(found)) : printPreview(found);
    }
    const done = await carryOut(operator, entry.name, request, flags.reason);
    return flags.json ? void console.log(JSON.stringify(done)) : printCarriedOut(done);
  },
};

/** @param noun of the commands to show; all where it is left out */
function showCommands(noun: string | undefined, asJson: boolean): void {
  const shown = served.filter(({ name }) => noun === undefined || name.startsWith(`${noun}.`));
  if (shown.length === 0) {
    const near = served.map(({ name }) => name).filter(name => name.includes(noun!.replace(/\..*$/, "")));
    const hint = near.length === 0 ? "`perigee command` lists them" : `there is ${near.join(", ")}`;
    throw new CliError(`there is no command "${noun}"; ${hint}`, 2);
  }
  if (asJson) {
    const rows = shown.map(({ name, permission, summary }) => ({ name, permission, summary }));
    return void console.log(JSON.stringify(rows));
  }
  printTable(
    ["command", "permission", "what it does"],
    shown.map(({ name, permission, summary }) => [name, permission, summary]),
  );
}
