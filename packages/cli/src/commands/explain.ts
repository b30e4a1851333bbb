// SPDX-License-Identifier: MIT
import type { Explanation } from "@perigee/operator/contract";
import { CliError, type Command, readArguments } from "../command.ts";
import { clientFlags, connect } from "../operator-client.ts";

/** `perigee explain <terminal>`: one paragraph, then every ground with who asserts it. */
export const explain: Command = {
  name: "explain",
  usage: [["explain <terminal>", "why it may or may not be online: rule, axis, asserter, source"]],
  async run(args) {
    const { words, flags } = readArguments(args, clientFlags);
    if (words[0] === undefined) throw new CliError("which terminal? perigee explain <terminal>", 2);
    const explanation = await connect(flags).get<Explanation>(
      `/v1/terminals/${encodeURIComponent(words[0])}/explain`,
    );
    if (flags.json) return void console.log(JSON.stringify(explanation));
    console.log(explanation.paragraph);
    for (const ground of explanation.grounds) {
      const who =
        ground.asserter === null
          ? ""
          : ` Asserted by ${ground.asserter}${ground.source ? ` (${ground.source})` : ""}.`;
      console.log(`  ${ground.reason}${ground.axis ? ` [${ground.axis}]` : ""}: ${ground.text}${who}`);
    }
    for (const [key, value] of Object.entries(explanation.inputs))
      console.log(`  ${key.padEnd(22)} ${value}`);
  },
};
