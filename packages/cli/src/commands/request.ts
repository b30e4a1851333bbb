// SPDX-License-Identifier: MIT
import type { RecordKinds } from "@perigee/authority";
import type { Attestation } from "@perigee/operator/contract";
import { fetchRecord, fetchRecords } from "../authority/records.ts";
import { CliError, type Command, printTable, readArguments } from "../command.ts";
import { clientFlags, connect } from "../operator-client.ts";
import { replaceFile } from "../study/output.ts";

const flagsOf = { ...clientFlags, state: { type: "string" }, out: { type: "string" } } as const;

type AreaRequest = RecordKinds["areaRequest"];

/** Of a sealed request whoever may not see it gets the id alone. */
type Shown = AreaRequest | { readonly id: string; readonly sealed: true; readonly state?: undefined };

/** `perigee request …`: what governments, regulators and others ask for, and what was answered. */
export const request: Command = {
  name: "request",
  usage: [
    ["request list [--state needsDirective]", "requests and lawful orders"],
    ["request show <id>", "one: who asks, on what ground, every dated reason of the answer"],
    ["request attest <id> [--out letter.json]", "the letter back, with counts and proofs from the ledger"],
  ],
  async run(args) {
    const { words, flags } = readArguments(args, flagsOf);
    const [verb = "list", id] = words;
    const operator = connect(flags);
    const named = (): string => {
      if (id === undefined) throw new CliError(`which one? perigee request ${verb} <id>`, 2);
      return id;
    };
    switch (verb) {
      case "list": {
        const where = flags.state === undefined ? [] : [`state:${flags.state}`];
        const { items } = await fetchRecords<Shown>(operator, "area-requests", { where });
        if (flags.json) return void console.log(JSON.stringify(items));
        if (items.length === 0) return void console.log("There is none.");
        return printTable(
          ["id", "state", "kind", "of", "wants", "about", "received"],
          items.map(item =>
            item.state === undefined
              ? [item.id, "sealed", "-", "-", "-", "-", "-"]
              : [
                  ...[item.id, item.state, item.kind, item.requester ?? "not named"],
                  ...[item.scope.wants, aboutOf(item), new Date(item.receivedMs).toISOString()],
                ],
          ),
        );
      }
      case "show": {
        const found = await fetchRecord<Shown>(operator, "area-requests", named());
        if (flags.json) return void console.log(JSON.stringify(found));
        if (found.state === undefined) return void console.log(`${found.id} is sealed.`);
        return show(found);
      }
      case "attest": {
        const address = `/v1/area-requests/${encodeURIComponent(named())}/attestation`;
        const letter = await operator.get<Attestation>(address);
        if (flags.out !== undefined) await replaceFile(flags.out, [`${JSON.stringify(letter, null, 2)}\n`]);
        if (flags.json) return void console.log(JSON.stringify(letter));
        console.log(letter.title);
        for (const paragraph of letter.paragraphs) console.log(`  ${paragraph}`);
        for (const { decisionId, leafIndex, treeSize } of letter.proofs)
          console.log(`  proof: decision ${decisionId} is leaf ${leafIndex} of ${treeSize}`);
        return void console.log(`  hash ${letter.hash}`);
      }
      default:
        throw new CliError(`request ${verb}: say list, show or attest`, 2);
    }
  },
};

function aboutOf({ scope }: AreaRequest): string {
  switch (scope.kind) {
    case "area":
      return scope.areas.join(", ");
    case "terminals":
      return `${scope.terminalIds.length} terminals`;
    case "data":
      return `data about ${scope.subjects.length}`;
  }
}

function show(found: AreaRequest): void {
  const { id, state, kind, requester, scope, jurisdiction, legalBasis, receivedMs, expiresMs } = found;
  const iso = (atMs: number): string => new Date(atMs).toISOString();
  console.log(`${id}: ${kind === "lawfulOrder" ? "lawful order" : "request"}, ${state}`);
  console.log(
    `  of        ${requester ?? "not named"}, ${iso(receivedMs)}${found.emergency ? ", emergency" : ""}`,
  );
  console.log(`  wants     ${scope.wants}: ${aboutOf(found)}`);
  console.log(`  law       ${jurisdiction}${legalBasis === null ? "" : `, ${legalBasis}`}`);
  if (found.authentication !== null) console.log(`  sender    ${found.authentication.method}`);
  if (found.impactNote !== null) console.log(`  impact    ${found.impactNote}`);
  for (const { atMs, by, text, directiveOf } of found.reasons) {
    const needed = directiveOf === null ? "" : ` It needs a directive of ${directiveOf}.`;
    console.log(`  reason    ${iso(atMs)}, ${by}: ${text}${needed}`);
  }
  if (found.granted.length > 0) {
    console.log(
      `  granted   ${found.granted.length}${expiresMs === null ? "" : `, until ${iso(expiresMs)}`}`,
    );
  }
  if (found.execution !== undefined) {
    const { done, notDone, atMs } = found.execution;
    console.log(`  executed  ${iso(atMs)}, on ${done.length}, not on ${notDone.length}`);
  }
  if (found.verifiedBy !== null) console.log(`  verified  by ${found.verifiedBy}`);
}
