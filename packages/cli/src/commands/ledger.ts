// SPDX-License-Identifier: MIT
import { CliError, type Command, readArguments } from "../command.ts";
import { clientFlags, connect } from "../operator-client.ts";

interface Verification {
  readonly ok: boolean;
  readonly size: number;
  readonly root: string;
  readonly findings: readonly { readonly code: string; readonly message: string }[];
}

/** `perigee ledger verify`: recomputes the whole log and checks every signed head. Exit code 1 when anything is off. */
export const ledger: Command = {
  name: "ledger",
  usage: [["ledger verify", "recompute the log from its bytes; names a tampered entry"]],
  async run(args) {
    const { words, flags } = readArguments(args, clientFlags);
    if (words[0] !== "verify") throw new CliError("say: perigee ledger verify", 2);
    const report = await connect(flags).get<Verification>("/v1/ledger/verify");
    if (flags.json) console.log(JSON.stringify(report));
    else if (report.ok) console.log(`${report.size} entries, all intact; root ${report.root}`);
    else for (const finding of report.findings) console.log(`${finding.code}: ${finding.message}`);
    if (!report.ok) throw new CliError(`the ledger is not intact: ${report.findings.length} finding(s)`);
  },
};
