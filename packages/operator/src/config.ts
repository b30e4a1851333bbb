// SPDX-License-Identifier: MIT
import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { type NoteKey, parseVerifierKey } from "@perigee/ledger";
import { z } from "zod";
import { withoutPassword } from "./storage/database-lock.ts";

/** Everything that can be set. Each key is a flag (`--data`), an environment variable and a key of the file. */
const schema = z.strictObject({
  data: z.string().min(1).meta({ description: "Data directory: records, keys, lock" }),
  database: z
    .string()
    .regex(/^(postgres(ql)?:\/\/\S+)?$/, "say postgres://…, or nothing")
    .meta({ description: "postgres:// URL of the records; nothing = embedded, in the data directory" }),
  host: z.string().min(1).meta({ description: "Address that the API and the proxies listen on" }),
  port: z.coerce
    .number()
    .int()
    .min(0)
    .max(65_535)
    .meta({ description: "Port of the API and the console; 0 = any" }),
  proxyPort: z.coerce
    .number()
    .int()
    .min(0)
    .max(65_000)
    .meta({ description: "Port of the first terminal's proxy; the others follow; 0 = any" }),
  dishPort: z.coerce.number().int().min(0).max(65_000).meta({
    description:
      "First port of the terminals' local APIs; each takes four: gRPC and gRPC-Web of dish and router; 0 = any",
  }),
  dishLocation: z.enum(["allowed", "notEnabled", "policy"]).meta({
    description: "Whether terminals tell their location on the local network, or in which words they refuse",
  }),
  dishWrites: z.enum(["lan", "cloud"]).meta({
    description:
      "lan: the local network may change a terminal's settings; cloud: as on firmware of July 2026",
  }),
  scenario: z.string().min(1).meta({ description: "Scenario file" }),
  leaseSeconds: z.coerce
    .number()
    .int()
    .min(15)
    .max(60)
    .meta({ description: "Length of an ordinary lease; never above 60" }),
  emergency: z
    .string()
    .regex(/^(\S+:\d{1,5})?$/, "say host:port, or nothing")
    .meta({ description: "host:port of an emergency relay; terminals reach it as emergency.perigee" }),
  planet: z.enum(["off", "land", "ocean"]).meta({
    description: "Plan every cell of the planet: land, or ocean too; off: the terminals' cells only",
  }),
  signIn: z.enum(["local", "open"]).meta({
    description: "local: people sign in; open: whoever reaches the port acts as anyone, on loopback only",
  }),
  witnesses: z
    .string()
    .max(10_000)
    .refine(value => witnessesIn(value) !== null, "say verifier keys of witnesses, with commas between them")
    .meta({ description: "Verifier keys of the ledger's witnesses (name+id+key), with commas between them" }),
  webhooks: z.enum(["off", "loopback", "https"]).meta({
    description: "Where customers' webhooks may go: nowhere, to this machine, or to any https address too",
  }),
  faults: z
    .union([z.boolean(), z.enum(["true", "false"]).transform(v => v === "true")])
    .meta({ description: "Allow faults to be injected over the API (tests only)" }),
});

export type Config = z.infer<typeof schema>;
export type ConfigKey = keyof Config;
export type Origin = "flag" | "environment" | "file" | "default";

/** A setting that was refused, and where it came from. */
export interface ConfigError {
  readonly code: "CONFIG_INVALID";
  readonly message: string;
  readonly place: string;
}

/** A complete configuration, with the origin of every value. */
export interface ResolvedConfig {
  readonly config: Config;
  readonly origins: Readonly<Record<ConfigKey, { readonly origin: Origin; readonly place: string }>>;
}

const shape = schema.shape;
export const configKeys = Object.keys(shape) as ConfigKey[];

/** What a key means, for `--help` and `config --explain`. */
export const describeKey = (key: ConfigKey): string => shape[key].meta()?.description ?? "";

/** The environment variable of a key: `proxyPort` is `PERIGEE_PROXY_PORT`. */
export const environmentName = (key: ConfigKey): string =>
  `PERIGEE_${key.replace(/[A-Z]/g, c => `_${c}`).toUpperCase()}`;

/** The variable by which hosts hand a database to a program; the product's own name wins over it. */
const DATABASE_URL = "DATABASE_URL";

/** The flag of a key: `proxyPort` is `--proxy-port`. */
export const flagName = (key: ConfigKey): string => key.replace(/[A-Z]/g, c => `-${c.toLowerCase()}`);

/** A value as it may be shown: without the password of a database. */
export const shownValue = (key: ConfigKey, config: Config): string =>
  key === "database" ? withoutPassword(config.database) : String(config[key]);

/** The witnesses that a configuration names. */
export const witnessKeys = (value: string): NoteKey[] => witnessesIn(value) ?? [];

/** Verifier keys of witnesses, or `null` where one of them is none. */
function witnessesIn(value: string): NoteKey[] | null {
  const keys = value
    .split(",")
    .map(line => line.trim())
    .filter(line => line !== "")
    .map(parseVerifierKey);
  return keys.every(key => key.ok && key.value.type === "cosignature/v1")
    ? keys.flatMap(key => (key.ok ? [key.value] : []))
    : null;
}

/** Values when nobody says otherwise; `signIn` is `open` for this very scenario on loopback only. */
export function defaults(demoScenario: string): Config {
  return {
    data: join(homedir(), ".perigee"),
    database: "",
    host: "127.0.0.1",
    port: 7440,
    proxyPort: 7450,
    dishPort: 7500,
    dishLocation: "allowed",
    dishWrites: "lan",
    scenario: demoScenario,
    leaseSeconds: 60,
    emergency: "",
    planet: "land",
    signIn: "open",
    witnesses: "",
    webhooks: "loopback",
    faults: false,
  };
}

/**
 * Puts a configuration together: flags over environment over file over defaults.
 *
 * @param flags - By key, as strings from the command line.
 * @param environment - Usually `process.env`.
 * @param file - Path of a JSON file with the same keys, or `null`.
 */
export function resolveConfig(
  flags: Readonly<Partial<Record<ConfigKey, string | boolean>>>,
  environment: Readonly<Record<string, string | undefined>>,
  file: string | null,
  base: Config,
): { ok: true; value: ResolvedConfig } | { ok: false; error: ConfigError } {
  const fromFile = file === null ? {} : readFile(file);
  if ("error" in fromFile) return { ok: false, error: fromFile.error as ConfigError };
  const stray = Object.keys(fromFile).find(k => !configKeys.includes(k as ConfigKey));
  if (stray !== undefined) return refuse(`${file}: ${stray}`, `there is no setting "${stray}"`);
  const values: Record<string, unknown> = {};
  const origins: Record<string, { origin: Origin; place: string }> = {};
  for (const key of configKeys) {
    const candidates: [Origin, string, unknown][] = [
      ["flag", `--${flagName(key)}`, flags[key]],
      ["environment", environmentName(key), environment[environmentName(key)]],
      ...(key === "database"
        ? [["environment", DATABASE_URL, environment[DATABASE_URL]] satisfies [Origin, string, unknown]]
        : []),
      ["file", `${file}: ${key}`, (fromFile as Record<string, unknown>)[key]],
      ["default", "default", base[key]],
    ];
    const [origin, place, value] = candidates.find(([, , v]) => v !== undefined)!;
    const parsed = shape[key].safeParse(value);
    if (!parsed.success) return refuse(place, `${parsed.error.issues[0]!.message} (${describeKey(key)})`);
    values[key] = parsed.data;
    origins[key] = { origin, place };
  }
  values["data"] = resolve(String(values["data"]));
  values["scenario"] = resolve(String(values["scenario"]));
  const loopback = isLoopback(String(values["host"]));
  if (origins["signIn"]!.origin === "default") {
    values["signIn"] = loopback && values["scenario"] === resolve(base.scenario) ? base.signIn : "local";
  }
  if (values["signIn"] === "open" && !loopback) {
    return refuse(
      origins["signIn"]!.place,
      `open lets everyone in, so only on loopback, not on ${values["host"]}`,
    );
  }
  return { ok: true, value: { config: values as Config, origins: origins as ResolvedConfig["origins"] } };
}

/** Whether an address is reached from this machine only. */
export const isLoopback = (host: string): boolean =>
  host === "localhost" || host === "::1" || /^127(\.\d{1,3}){3}$/.test(host);

function refuse(place: string, message: string): { ok: false; error: ConfigError } {
  return { ok: false, error: { code: "CONFIG_INVALID", message, place } };
}

function readFile(path: string): Record<string, unknown> | { error: ConfigError } {
  try {
    const parsed: unknown = JSON.parse(readFileSync(path, "utf8"));
    if (typeof parsed === "object" && parsed !== null && !Array.isArray(parsed))
      return parsed as Record<string, unknown>;
    return { error: { code: "CONFIG_INVALID", message: "the file must hold one JSON object", place: path } };
  } catch (error) {
    return { error: { code: "CONFIG_INVALID", message: (error as Error).message, place: path } };
  }
}
