// SPDX-License-Identifier: MIT
import type { KitAnswer } from "@perigee/operator/contract";
import { CliError, type Command, readArguments } from "../command.ts";
import { clientFlags, connect } from "../operator-client.ts";

/** `perigee kit <number>`: what everybody may know of a kit before buying it second-hand. */
export const kit: Command = {
  name: "kit",
  usage: [["kit <number>", "may it be activated; is it reported stolen or blocked"]],
  async run(args) {
    const { words, flags } = readArguments(args, clientFlags);
    const [number] = words;
    if (number === undefined) throw new CliError("which kit? perigee kit KIT…", 2);
    const answer = await connect(flags).get<KitAnswer>(`/v1/public/kit/${encodeURIComponent(number)}`);
    if (flags.json) return void console.log(JSON.stringify(answer));
    console.log(`may be activated            ${answer.mayBeActivated}`);
    console.log(`reported stolen or blocked  ${answer.reportedStolenOrBlocked}`);
  },
};
