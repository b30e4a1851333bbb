// SPDX-License-Identifier: MIT
import { configKeys, describeKey, flagName, shownValue } from "@perigee/operator";
import { CliError, type Command, printTable } from "../command.ts";
import { readConfig } from "../read-config.ts";

/** `perigee config --explain`: every setting, its value, and where the value came from. */
export const config: Command = {
  name: "config",
  usage: [["config --explain", "every setting, its value, and where it came from"]],
  async run(args) {
    if (!args.includes("--explain")) throw new CliError("say: perigee config --explain", 2);
    const { config: values, origins } = readConfig(args.filter(a => a !== "--explain"));
    printTable(
      ["setting", "value", "from", "meaning"],
      configKeys.map(key => [
        `--${flagName(key)}`,
        shownValue(key, values),
        origins[key].place,
        describeKey(key),
      ]),
    );
  },
};
