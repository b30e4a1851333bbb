// SPDX-License-Identifier: MIT
// The parts of the documentation that are made from the code.
import { spawnSync } from "node:child_process";
import { globSync } from "node:fs";
import { basename, join, relative } from "node:path";
import {
  areaTransitions,
  axes,
  commandsOf,
  permissionsTable,
  reasonsTable,
  retentionTable,
  rolesTable,
  terminalStates,
  terminalTransitions,
} from "../../packages/authority/src/index.ts";
import { outageTable, scenesTable, terminalApiTable } from "../../packages/dish/src/index.ts";
import { fleetOperations } from "../../packages/operator/src/fleet/operations.ts";
import {
  configKeys,
  defaults,
  describeKey,
  environmentName,
  flagName,
} from "../../packages/operator/src/index.ts";
import { read, root } from "./pages.ts";

const table = (header: readonly string[], rows: readonly (readonly string[])[]): string =>
  [header, header.map(() => "---"), ...rows].map(row => `| ${row.join(" | ")} |\n`).join("");
const code = (text: string): string => `\`${text}\``;

function settingsTable(): string {
  const demo = join(root, "demo/scenario.json");
  const shown: Record<string, string> = { data: "~/.perigee", scenario: relative(root, demo) };
  const values = defaults(demo);
  return table(
    ["flag", "environment", "key", "default", "meaning"],
    configKeys.map(key => [
      code(`--${flagName(key)}`),
      code(environmentName(key)),
      code(key),
      code(shown[key] ?? String(values[key])),
      describeKey(key),
    ]),
  );
}

function axesTable(): string {
  const silence = { denies: "no service", permits: "permitted", decidesNothing: "decides nothing" };
  const words = { permits: "permits", denies: "denies", neutral: "on record" };
  return table(
    ["axis", "question", "if nobody says", "values"],
    Object.entries(axes).map(([axis, row]) => [
      code(axis),
      row.question,
      silence[row.silence],
      Object.entries<{ readonly effect: keyof typeof words }>(row.values)
        .map(([value, { effect }]) => `${code(value)} ${words[effect]}`)
        .join(", "),
    ]),
  );
}

type Transitions = Readonly<Record<string, Readonly<Record<string, { readonly to: string } | undefined>>>>;

function diagram(first: string, transitions: Transitions): string {
  const arrows = Object.entries(transitions).flatMap(([from, events]) =>
    Object.entries(events).map(([event, row]) => `  ${from} --> ${row!.to}: ${event}`),
  );
  return `\`\`\`mermaid\nstateDiagram-v2\n  [*] --> ${first}\n${arrows.join("\n")}\n\`\`\`\n`;
}

const terminalDiagram = (): string =>
  `${diagram("manufactured", terminalTransitions)}\n${table(
    ["state", "meaning"],
    Object.entries(terminalStates).map(([state, sentence]) => [code(state), sentence]),
  )}`;

interface Endpoint {
  readonly summary?: string;
  /** See `docs/sign-in.md`. */
  readonly "x-permission"?: string | null;
}

interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Endpoint>>>>;
}

function endpointTable(document: unknown): string {
  const rows = Object.entries((document as OpenApi).paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([method]) => method !== "head")
      .map(
        ([method, { summary, "x-permission": permission }]) =>
          [code(`${method.toUpperCase()} ${path}`), summary ?? "", code(permission ?? "")] as const,
      ),
  );
  return table(["request", "answers", "needs"], rows);
}

function benchTable(): string {
  const names = globSync("*.ts", { cwd: join(root, "bench") })
    .map(f => basename(f, ".ts"))
    .sort();
  const rows = names.flatMap(name => {
    const text = read(`bench/${name}.ts`);
    if (!/export const bench\b/.test(text)) return [];
    const [, comment = ""] = /^\/\/ SPDX.*\n((?:\/\/.*\n)+)/.exec(text) ?? [];
    const sentence = comment.replaceAll(/^\/\/ ?/gm, "").replaceAll("\n", " ");
    return [[code(name), /^.*?[.?](?=\s|$)/.exec(sentence)?.[0] ?? ""]];
  });
  return table(["name", "question"], rows);
}

function commandHelp(): string {
  const main = join(root, "packages/cli/src/main.ts");
  const { stdout } = spawnSync(process.execPath, [main, "help"], { encoding: "utf8" });
  return `\`\`\`text\n${stdout.trimEnd()}\n\`\`\`\n`;
}

/** Every operation of the API for customers' programs. */
function fleetOperationsTable(): string {
  return table(
    ["operation", "what it does", "needs"],
    fleetOperations.map(({ method, path, summary, permission, gated, extension }) => [
      code(`${method} ${path}`),
      summary + (gated ? " _(gated)_" : extension ? " _(ours)_" : ""),
      permission === null ? "" : `${permission.feature} ${permission.level}`,
    ]),
  );
}

/** Everything that the authority can be asked to do, by noun. */
function authorityCommandsTable(): string {
  const commands = commandsOf().toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return table(
    ["command", "what it does", "permission"],
    commands.map(({ name, summary, permission }) => [code(name), summary, code(permission)]),
  );
}

/** Every refusal of a command, with the first thing that it says. */
function commandErrorsTable(): string {
  const said = new Map<string, string>();
  const files = globSync("packages/authority/src/**/*.ts", { cwd: root })
    .filter(f => !/\.test\.ts$|testing|desk\.ts$/.test(f))
    .sort();
  for (const file of files) {
    const text = read(file);
    const refusals = text.matchAll(
      /\bfail\(\s*"(\w+)",[\s\S]{1,120}?,\s*([`"])((?:(?!\2)[\s\S]){8,300}?)\2/g,
    );
    for (const [, name, , sentence] of refusals) {
      const plain = sentence!
        .replaceAll(/\$\{[^}]*\}/g, "…")
        .replaceAll(/\s+/g, " ")
        .replaceAll("|", "\\|");
      if (!said.has(name!)) said.set(name!, plain);
    }
  }
  const constant = (name: string): string => name.replaceAll(/[A-Z]/g, c => `_${c}`).toUpperCase();
  const rows = [...said].map(([name, sentence]) => [code(constant(name)), sentence]).sort();
  return table(["code", "says, for example"], rows);
}

/**
 * What stands between `<!-- generated: name -->` and `<!-- end -->`, by name.
 *
 * @param openApi - The operator's description of itself.
 */
export const generatedParts = (openApi: unknown): Readonly<Record<string, string>> => ({
  settings: settingsTable(),
  axes: axesTable(),
  "area-states": diagram("neverActive", areaTransitions),
  reasons: reasonsTable(),
  "terminal-states": terminalDiagram(),
  endpoints: endpointTable(openApi),
  permissions: permissionsTable(),
  roles: rolesTable(),
  benches: benchTable(),
  commands: commandHelp(),
  "authority-commands": authorityCommandsTable(),
  "command-errors": commandErrorsTable(),
  retention: retentionTable(),
  "terminal-requests": terminalApiTable(),
  outages: outageTable(),
  scenes: scenesTable(),
  "fleet-operations": fleetOperationsTable(),
});
