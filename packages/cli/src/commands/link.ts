// SPDX-License-Identifier: MIT
import type { LinkCondition, LinkConditionRequest } from "@perigee/operator/contract";
import { CliError, type Command, type FlagValues, printTable, readArguments } from "../command.ts";
import { clientFlags, connect, type OperatorClient } from "../operator-client.ts";
import { readDuration, readNumber } from "../study/moments.ts";

const flagsOf = {
  ...clientFlags,
  delay: { type: "string" },
  loss: { type: "string" },
  rate: { type: "string" },
  factor: { type: "string" },
  off: { type: "boolean" },
  for: { type: "string" },
  all: { type: "boolean" },
} as const;

const PATH = "/v1/faults/links";

/** `perigee link …`: delay, loss and rate of links, changed while traffic runs. */
export const link: Command = {
  name: "link",
  usage: [
    [
      "link set <target>… [--delay 40ms] [--loss 2%] [--rate 20/5] [--factor 0.5]",
      "change links while traffic runs; an operator started with --faults",
    ],
    ["link set <target>… --off [--for 10min]", "take a link, satellite, laser, gateway or PoP out"],
    ["link list", "conditions in force and to come"],
    ["link clear <target>… | --all", "end them"],
  ],
  async run(args) {
    const { words, flags } = readArguments(args, flagsOf);
    const [verb, ...targets] = words;
    switch (verb) {
      case "set":
        return set(connect(flags), targets, flags);
      case "list":
        return print(await connect(flags).get<LinkCondition[]>(PATH), flags);
      case "clear":
        return clear(connect(flags), targets, flags);
      default:
        throw new CliError(`link ${verb ?? ""}: say set, list or clear`, 2);
    }
  },
};

type Values = FlagValues<typeof flagsOf>;

async function set(operator: OperatorClient, targets: readonly string[], flags: Values): Promise<void> {
  if (targets.length === 0)
    throw new CliError(
      "which link? perigee link set terminal:kyiv --delay 40ms, or satellite:…, laser:A-B, …",
      2,
    );
  const effects = effectsOf(flags);
  const conditions = targets.map(on => ({ on, ...effects }));
  print(await operator.post<LinkCondition[]>(PATH, { conditions }), flags);
}

async function clear(operator: OperatorClient, targets: readonly string[], flags: Values): Promise<void> {
  if (targets.length > 0 === (flags.all === true))
    throw new CliError("which of them? perigee link clear <target>…, or --all", 2);
  const paths = flags.all === true ? [PATH] : targets.map(on => `${PATH}/${encodeURIComponent(on)}`);
  let removed = 0;
  for (const path of paths) removed += (await operator.delete<{ removed: number }>(path)).removed;
  console.log(flags.json === true ? JSON.stringify({ removed }) : `${removed} removed`);
}

function effectsOf(flags: Values): Omit<LinkConditionRequest, "on"> {
  const { delay, loss, rate, factor } = flags;
  const [downMbps, upMbps] = rate === undefined ? [] : readPair("rate", rate, 0.01, 100_000);
  const [downFactor, upFactor] = factor === undefined ? [] : readPair("factor", factor, 0.000_1, 1);
  return {
    ...(delay === undefined ? {} : { addedMs: readDuration("delay", delay) }),
    ...(loss === undefined ? {} : { loss: readShare("loss", loss) }),
    ...(downMbps === undefined ? {} : { downMbps }),
    ...(upMbps === undefined ? {} : { upMbps }),
    ...(downFactor === undefined ? {} : { downFactor }),
    ...(upFactor === undefined ? {} : { upFactor }),
    ...(flags.off === true ? { off: true as const } : {}),
    ...(flags.for === undefined ? {} : { forS: readDuration("for", flags.for) / 1000 }),
  };
}

/** `20/5`: down and up; `20/`: down alone; `/5`: up alone; `20`: both. */
function readPair(
  flag: string,
  text: string,
  least: number,
  most: number,
): readonly [down: number | undefined, up: number | undefined] {
  const parts = text.split("/");
  if (parts.length > 2 || parts.every(part => part === ""))
    throw new CliError(`--${flag} takes a number, or two as down/up`, 2);
  const [down, up] = parts.map(part => (part === "" ? undefined : readNumber(flag, part, least, most)));
  return [down, parts.length === 1 ? down : up];
}

/** `2%` or `0.02`. */
function readShare(flag: string, text: string): number {
  return text.endsWith("%")
    ? readNumber(flag, text.slice(0, -1), 0, 100) / 100
    : readNumber(flag, text, 0, 1);
}

function print(conditions: readonly LinkCondition[], flags: Values): void {
  if (flags.json === true) return void console.log(JSON.stringify(conditions));
  if (conditions.length === 0) return void console.log("no condition on any link");
  printTable(
    ["on", "does", "from", "until", "terminals"],
    conditions.map(condition => [
      condition.on,
      wordsOf(condition),
      condition.from.slice(0, 19),
      condition.until?.slice(0, 19) ?? "removed",
      condition.terminals.join(" ") || "-",
    ]),
  );
}

function wordsOf({ addedMs, loss, downMbps, upMbps, downFactor, upFactor, off }: LinkCondition): string {
  const words = [
    off === true ? "off" : "",
    addedMs === undefined ? "" : `+${addedMs} ms`,
    loss === undefined ? "" : `${Number((loss * 100).toPrecision(4))} % lost`,
    downMbps === undefined ? "" : `down ${downMbps} Mbit/s`,
    upMbps === undefined ? "" : `up ${upMbps} Mbit/s`,
    downFactor === undefined ? "" : `down × ${downFactor}`,
    upFactor === undefined ? "" : `up × ${upFactor}`,
  ];
  return words.filter(word => word !== "").join(", ");
}
