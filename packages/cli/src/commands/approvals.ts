// SPDX-License-Identifier: MIT
import type { Proposal } from "@perigee/authority";
import { carryOut, printCarriedOut } from "../authority/carry-out.ts";
import { fetchRecord, fetchRecords } from "../authority/records.ts";
import { CliError, type Command, printTable, readArguments } from "../command.ts";
import { clientFlags, connect } from "../operator-client.ts";

const flagsOf = { ...clientFlags, reason: { type: "string" }, all: { type: "boolean" } } as const;

/** `perigee approvals …`: what waits for a second and a third person. */
export const approvals: Command = {
  name: "approvals",
  usage: [
    ["approvals [--all]", "what waits for approval; with --all, also what was decided"],
    ["approvals show <id>", "one proposal: the request, whom it touches, who approved"],
    ["approvals approve|refuse <id> --reason why [--as person]", "the second approval carries it out"],
  ],
  async run(args) {
    const { words, flags } = readArguments(args, flagsOf);
    const [verb = "list", id] = words;
    const operator = connect(flags);
    const named = (): string => {
      if (id === undefined) throw new CliError(`which one? perigee approvals ${verb} <id>`, 2);
      return id;
    };
    switch (verb) {
      case "list": {
        const where = flags.all ? [] : ["state:open"];
        const { items } = await fetchRecords<Proposal>(operator, "proposals", { where });
        if (flags.json) return void console.log(JSON.stringify(items));
        if (items.length === 0) return void console.log("Nothing waits for approval.");
        return printTable(
          ["id", "command", "asked by", "approved by", "touches", "until", "state", "reason"],
          items.map(proposal => [
            proposal.id,
            proposal.command.name,
            proposal.requestedBy.name,
            approversOf(proposal),
            touches(proposal),
            new Date(proposal.expiresMs).toISOString(),
            proposal.state,
            proposal.reason,
          ]),
        );
      }
      case "show": {
        const proposal = await fetchRecord<Proposal>(operator, "proposals", named());
        if (flags.json) return void console.log(JSON.stringify(proposal));
        return show(proposal);
      }
      case "approve":
      case "refuse": {
        const proposalId = named();
        if (flags.reason === undefined) throw new CliError("why? --reason takes it", 2);
        const done = await carryOut(operator, `proposal.${verb}`, { proposalId, reason: flags.reason });
        return flags.json ? void console.log(JSON.stringify(done)) : printCarriedOut(done);
      }
      default:
        throw new CliError(`approvals ${verb}: say list, show, approve or refuse`, 2);
    }
  },
};

const approversOf = ({ approvals }: Proposal): string =>
  approvals.map(({ approver }) => approver).join(", ") || "nobody yet";

function touches({ blastRadius }: Proposal): string {
  if (blastRadius === null) return "one subject";
  const { terminals, protectedSites } = blastRadius;
  return `${terminals} terminals${protectedSites.length > 0 ? `, ${protectedSites.length} protected sites` : ""}`;
}

function show(proposal: Proposal): void {
  const { id, command, requestedBy, reason, state, atMs, expiresMs, approvals } = proposal;
  console.log(`${id}: ${command.name}, ${state}`);
  console.log(`  asked by  ${requestedBy.name}, ${new Date(atMs).toISOString()}: ${reason}`);
  console.log(`  touches   ${touches(proposal)}`);
  console.log(`  until     ${new Date(expiresMs).toISOString()}`);
  for (const { approver, verdict, atMs: saidMs, reason: why } of approvals)
    console.log(`  ${verdict.padEnd(9)} ${approver}, ${new Date(saidMs).toISOString()}: ${why}`);
  console.log(JSON.stringify(command.request, null, 2).replaceAll(/^/gm, "  "));
}
