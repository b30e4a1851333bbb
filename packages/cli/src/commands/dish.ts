// SPDX-License-Identifier: MIT
import { once } from "node:events";
import { listScenes, type StandaloneOptions, startStandaloneDishes } from "@perigee/operator";
import type { DishView } from "@perigee/operator/contract";
import { CliError, type Command, type FlagValues, printTable, readArguments } from "../command.ts";
import { addressesFrom, type DishPorts } from "../dish/addresses.ts";
import { addAliases } from "../dish/loopback-alias.ts";
import { clientFlags, connect } from "../operator-client.ts";
import { readNumber } from "../study/moments.ts";

const flagsOf = {
  ...clientFlags,
  address: { type: "string" },
  port: { type: "string" },
  "web-port": { type: "string" },
  "router-address": { type: "string" },
  "router-port": { type: "string" },
  "router-web-port": { type: "string" },
  "admin-port": { type: "string" },
  terminals: { type: "string" },
  lat: { type: "string" },
  lon: { type: "string" },
  scene: { type: "string" },
  "list-scenes": { type: "boolean" },
  location: { type: "string" },
  writes: { type: "string" },
} as const;

type Values = FlagValues<typeof flagsOf>;

const LOCATIONS = ["allowed", "notEnabled", "policy"] as const;
const WRITES = ["lan", "cloud"] as const;
/** Where a terminal stands of which nothing is said: Vienna. */
const LAT_DEG = 48.208;
const LON_DEG = 16.373;
const MOST_TERMINALS = 2_000;
/** Between the operator's own port and those of its terminals' proxies. */
const ADMIN_PORT = 7449;

/** `perigee dish`: terminals' local APIs, with or without an operator. */
export const dish: Command = {
  name: "dish",
  usage: [
    [
      "dish [--address a] [--scene name] [--terminals n] [--lat d --lon d]",
      "a terminal without an operator: gRPC on 9200, gRPC-Web on 9201",
    ],
    ["dish --list-scenes", "what terminals can be made to show"],
    ["dish list", "where a running operator's terminals answer, and their state"],
    ["dish scene <terminal> <scene>|off", "make a running terminal show a scene; an operator with --faults"],
  ],
  async run(args) {
    const { words, flags } = readArguments(args, flagsOf);
    const [verb, terminal, scene, ...more] = words;
    if (flags["list-scenes"] === true) return printScenes(flags);
    if (verb === undefined) return serve(flags);
    if (verb === "list" && terminal === undefined)
      return print(await connect(flags).get<DishView[]>("/v1/dishes"), flags);
    if (verb === "scene" && scene !== undefined && more.length === 0)
      return print([await setScene(flags, terminal!, scene)], flags);
    throw new CliError(`dish ${words.join(" ")}: say list, or scene <terminal> <scene>|off, or nothing`, 2);
  },
};

async function serve(flags: Values): Promise<void> {
  const terminals = numberOf(flags, "terminals", 1, 1, MOST_TERMINALS, "whole");
  const address = flags.address ?? "127.0.0.1";
  const port = (name: keyof DishPorts & keyof Values, usual: number): number =>
    numberOf(flags, name, flags.port === "0" ? 0 : usual, 0, 65_535, "whole");
  const addressesOf = addressesFrom(address, flags["router-address"] ?? address, {
    port: port("port", 9200),
    "web-port": port("web-port", 9201),
    "router-port": port("router-port", 9000),
    "router-web-port": port("router-web-port", 9001),
  });
  const wanted = Array.from({ length: terminals }, (_, n) => addressesOf(n));
  using aliases = addAliases(wanted.flatMap(w => [w.address, w.routerAddress]));
  const options: StandaloneOptions = {
    latDeg: numberOf(flags, "lat", LAT_DEG, -89, 89),
    lonDeg: numberOf(flags, "lon", LON_DEG, -180, 180),
    terminals,
    addressesOf,
    location: oneOf("location", flags.location, LOCATIONS),
    lanWrites: oneOf("writes", flags.writes, WRITES) === "lan",
    scene: flags.scene ?? null,
    admin: { host: "127.0.0.1", port: numberOf(flags, "admin-port", ADMIN_PORT, 0, 65_535, "whole") },
  };
  const started = await startStandaloneDishes(options);
  if (!started.ok) {
    const { code, message, place } = started.error;
    const hint = code === "SCENE_UNKNOWN" ? " `perigee dish --list-scenes` names them." : "";
    throw new CliError(`${message}${hint} [${code} at ${place}]`);
  }
  await using dishes = started.value;
  if (flags.json === true) console.log(JSON.stringify({ admin: dishes.url, dishes: dishes.list() }));
  else {
    print(dishes.list(), flags);
    for (const alias of aliases.added) console.log(`  ${alias} was added to lo and goes when this ends`);
    console.log(`  scenes   ${dishes.url}/v1/scenes      metrics   ${dishes.url}/metrics`);
    console.log(`Ready in ${process.uptime().toFixed(1)} s. Ctrl-C stops it.`);
  }
  await Promise.race(["SIGINT", "SIGTERM", "SIGHUP"].map(signal => once(process, signal)));
}

async function setScene(flags: Values, terminal: string, scene: string): Promise<DishView> {
  const path = `/v1/terminals/${encodeURIComponent(terminal)}/scene`;
  if (scene === "off") return await connect(flags).delete<DishView>(path);
  return await connect(flags).put<DishView>(path, { scene });
}

function printScenes(flags: Values): void {
  const all = listScenes();
  if (flags.json === true) return void console.log(JSON.stringify(all));
  printTable(
    ["scene", "what the terminal shows"],
    all.map(({ name, sentence }) => [name, sentence]),
  );
}

function print(dishes: readonly DishView[], flags: Values): void {
  if (flags.json === true) return void console.log(JSON.stringify(dishes));
  printTable(
    ["terminal", "grpc", "grpc-web", "router", "state", "code", "scene", "target id"],
    dishes.map(d => [
      d.terminalId,
      d.grpc,
      d.grpcWeb,
      d.routerGrpc,
      d.outage ?? "CONNECTED",
      String(d.disablementCode),
      d.scene ?? "-",
      d.id,
    ]),
  );
}

function numberOf(
  flags: Values,
  name: keyof Values,
  usual: number,
  least: number,
  most: number,
  kind?: "whole",
): number {
  const given = flags[name];
  return typeof given === "string" ? readNumber(name, given, least, most, kind) : usual;
}

/** @throws CliError for a word that is not among them */
function oneOf<T extends string>(flag: string, given: string | undefined, words: readonly T[]): T {
  const found = words.find(word => word === (given ?? words[0]));
  if (found === undefined) throw new CliError(`--${flag} takes ${words.join(", ")}`, 2);
  return found;
}
