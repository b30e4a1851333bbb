// SPDX-License-Identifier: MIT
import {
  type ConfigKey,
  configKeys,
  defaults,
  flagName,
  type ResolvedConfig,
  resolveConfig,
} from "@perigee/operator";
import { CliError, readArguments } from "./command.ts";
import { demoScenario } from "./demo.ts";

/** Reads the configuration from flags, environment and `--config` file. */
export function readConfig(args: readonly string[]): ResolvedConfig {
  const known = Object.fromEntries([
    ...configKeys.map(key => [flagName(key), { type: key === "faults" ? "boolean" : "string" }] as const),
    ["config", { type: "string" }] as const,
  ]) as Record<string, { type: "string" | "boolean" }>;
  const { words, flags } = readArguments(args, known);
  if (words.length > 0) throw new CliError(`"${words[0]}" is not a setting`, 2);
  const byKey = Object.fromEntries(
    configKeys.flatMap(key => (flags[flagName(key)] === undefined ? [] : [[key, flags[flagName(key)]]])),
  ) as Partial<Record<ConfigKey, string | boolean>>;
  const file = (flags["config"] as string | undefined) ?? process.env["PERIGEE_CONFIG"] ?? null;
  const resolved = resolveConfig(byKey, process.env, file, defaults(demoScenario));
  if (!resolved.ok)
    throw new CliError(`${resolved.error.place}: ${resolved.error.message} [${resolved.error.code}]`, 2);
  return resolved.value;
}
