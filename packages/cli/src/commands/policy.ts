// SPDX-License-Identifier: MIT
import type { PolicyInForceView, PolicyPlan } from "@perigee/operator/contract";
import { carryOut, listed, printCarriedOut, readFileText } from "../authority/carry-out.ts";
import { CliError, type Command, printTable, readArguments } from "../command.ts";
import { clientFlags, connect, type OperatorClient } from "../operator-client.ts";
import { replaceFile } from "../study/output.ts";

const flagsOf = {
  ...clientFlags,
  reason: { type: "string" },
  planned: { type: "string" },
  out: { type: "string" },
} as const;

/** `perigee policy …`: the rules as a file, and what another file would change before it does. */
export const policy: Command = {
  name: "policy",
  usage: [
    ["policy show [--out policy.json]", "the policy in force, as a file"],
    ["policy plan <file>", "what the file would change, and for how many terminals"],
    [
      "policy apply <file> --reason why [--planned hash] [--as person]",
      "put it in force; two others approve",
    ],
  ],
  async run(args) {
    const { words, flags } = readArguments(args, flagsOf);
    const [verb, path] = words;
    const operator = connect(flags);
    switch (verb) {
      case "show": {
        const { version, document } = await operator.get<PolicyInForceView>("/v1/policy");
        if (flags.json) return void console.log(JSON.stringify({ version, document }));
        const text = `${JSON.stringify(document, null, 2)}\n`;
        if (flags.out === undefined) return void process.stdout.write(text);
        await replaceFile(flags.out, [text]);
        return void console.log(`${flags.out}: version ${version}`);
      }
      case "plan": {
        const found = await planOf(operator, documentIn(path, verb));
        return flags.json ? void console.log(JSON.stringify(found)) : printPlan(found);
      }
      case "apply": {
        const document = documentIn(path, verb);
        const { reason } = flags;
        if (reason === undefined) throw new CliError("why? --reason takes it", 2);
        const found = await planOf(operator, document);
        const { planned } = found;
        if (flags.planned !== undefined && flags.planned !== planned.documentHash)
          throw new CliError(`${path} is not what was planned: it is ${planned.documentHash}`);
        if (!flags.json) printPlan(found);
        const done = await carryOut(operator, "policy.apply", { document, planned, reason }, reason);
        return flags.json ? void console.log(JSON.stringify(done)) : printCarriedOut(done);
      }
      default:
        throw new CliError(`policy ${verb ?? ""}: say show, plan or apply`, 2);
    }
  },
};

async function planOf(operator: OperatorClient, document: unknown): Promise<PolicyPlan> {
  return await operator.post<PolicyPlan>("/v1/policy/plan", { document });
}

/** A policy document: the file of one, or the policy of a scenario. */
function documentIn(path: string | undefined, verb: string): object {
  if (path === undefined) throw new CliError(`which file? perigee policy ${verb} <file>`, 2);
  let value: unknown;
  try {
    value = JSON.parse(readFileText(path));
  } catch (error) {
    if (error instanceof CliError) throw error;
    throw new CliError(`${path}: it is not JSON (${(error as Error).message})`);
  }
  const document: unknown =
    typeof value === "object" && value !== null && "policy" in value && "world" in value
      ? value.policy
      : value;
  if (typeof document !== "object" || document === null || Array.isArray(document))
    throw new CliError(`${path}: a policy is one JSON object`);
  return document;
}

function printPlan({ planned, title, text, setAside, impact }: PolicyPlan): void {
  console.log(`Policy "${title}", ${planned.documentHash.slice(0, 16)}`);
  console.log(text.trim() === "" ? "\nNo changes: the file says what is in force." : `\n${text.trimEnd()}\n`);
  for (const { statementId, area, why } of setAside)
    console.log(`set aside  ${statementId} of ${area}: ${why}`);
  if (impact === null) {
    console.log("It is for another boundary view: whom it touches cannot be compared.");
    return;
  }
  const { asked, terminals, accounts, share, gain, lose, protectedSites, steps, areas, examples } = impact;
  console.log(
    `${terminals} of ${asked} terminals change (${(share * 100).toFixed(2)} % of those in service, ${accounts} accounts): ` +
      `${gain} gain service, ${lose} lose it.`,
  );
  if (steps.length > 0) {
    printTable(
      ["terminals", "from", "to"],
      steps.map(({ terminals: n, from, fromReason, to, toReason }) => [
        ...[String(n), `${from} ${fromReason}`, `${to} ${toReason}`],
      ]),
    );
  }
  const touched = areas.filter(({ changed }) => changed > 0);
  if (touched.length > 0) {
    printTable(
      ["area", "changed", "gain", "lose"],
      touched.map(({ name, changed, gain: more, lose: less }) => [
        ...[name, String(changed), String(more), String(less)],
      ]),
    );
  }
  if (examples.length > 0) console.log(`such as    ${listed(examples)}`);
  if (protectedSites.length > 0) console.log(`protected  ${protectedSites.join(", ")}`);
  console.log(`planned    ${planned.documentHash}`);
}
