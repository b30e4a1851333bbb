// SPDX-License-Identifier: MIT
import { readFileSync } from "node:fs";
import { type Account, compilePolicy, type Party, type Policy, type Terminal } from "@perigee/authority";
import { parseWorld, type WorldTerminal } from "@perigee/world";
import { z } from "zod";
import { views } from "../boundary.ts";
import { type ScenarioWeather, scenarioWeather } from "./weather.ts";

/** A terminal as the operator's registry holds it before anything happened. */
export interface TerminalRecord {
  readonly id: string;
  readonly name: string;
  readonly accountId: string | null;
  readonly planId: string | null;
  readonly serviceAddress: Terminal["serviceAddress"];
}

/** What the registry knew of a terminal's whereabouts before the start: whole days up to the day before it. */
export interface PriorStay {
  readonly terminalId: string;
  readonly country: string;
  readonly days: number;
}

/** An order that somebody gives during the scenario. */
export interface ScenarioOrder {
  readonly atS: number;
  readonly kind: "suspend" | "restore";
  readonly terminalId: string;
  readonly officer: string;
  readonly ground: string;
  readonly hours?: number | undefined;
}

/** One file that sets everything: who exists, what is recorded of them, what the policy is, what happens. */
export interface Scenario {
  readonly title: string;
  /** UTC milliseconds at which a simulated run starts; a live one starts when it is first started. */
  readonly startMs: number;
  readonly durationHours: number;
  readonly seed: number;
  readonly world: readonly WorldTerminal[];
  readonly parties: readonly Party[];
  readonly accounts: readonly Account[];
  readonly terminals: readonly TerminalRecord[];
  readonly stays: readonly PriorStay[];
  readonly orders: readonly ScenarioOrder[];
  /** `null`: it never rains. */
  readonly weather: ScenarioWeather | null;
  readonly policy: Policy;
  /** The policy as it stands in the file: what the store keeps. */
  readonly policyDocument: unknown;
}

/** Why a scenario was refused. */
export interface ScenarioError {
  readonly code: "SCENARIO_INVALID";
  readonly message: string;
  /** File, then JSON path or line and column. */
  readonly place: string;
}

type Result<T> = { ok: true; value: T } | { ok: false; error: ScenarioError };

const MAX_BYTES = 64 * 1024 * 1024;
const id = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{1,62}$/, "an id is 2 to 63 lower-case letters, digits and hyphens");
const title = z.string().trim().min(1).max(200);
const country = z
  .string()
  .regex(/^([A-Z]{2}|Q\d{1,10})$/, "a country is its ISO 3166-1 code or a Wikidata id");

const schema = z.strictObject({
  title,
  start: z.iso.datetime(),
  durationHours: z.number().positive().max(8784),
  seed: z.number().int().min(0).max(0xffff_ffff),
  world: z.unknown(),
  policy: z.unknown(),
  records: z.strictObject({
    parties: z
      .array(z.strictObject({ id, name: title, kind: z.enum(["person", "organisation"]) }))
      .max(1_000_000),
    accounts: z.array(z.strictObject({ id, holder: id, country })).max(1_000_000),
    terminals: z
      .array(
        z.strictObject({
          id,
          name: title,
          accountId: id.nullable(),
          planId: id.nullable(),
          serviceAddress: z
            .strictObject({ latDeg: z.number().min(-90).max(90), lonDeg: z.number().min(-180).max(180) })
            .nullable(),
        }),
      )
      .min(1)
      .max(1_000_000),
    stays: z
      .array(z.strictObject({ terminalId: id, country, days: z.number().int().min(1).max(366) }))
      .default([]),
  }),
  orders: z
    .array(
      z.strictObject({
        atS: z.number().min(0),
        kind: z.enum(["suspend", "restore"]),
        terminalId: id,
        officer: title,
        ground: z.string().trim().min(10).max(500),
        hours: z.number().int().min(1).max(72).optional(),
      }),
    )
    .max(100_000)
    .default([]),
  weather: scenarioWeather.optional(),
});

/** Reads a scenario from a file. */
export function loadScenario(path: string): Result<Scenario> {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    return refuse(path, `it cannot be read: ${(error as Error).message}`);
  }
  return parseScenario(text, path);
}

/**
 * Reads a scenario: strictly, whole, and with every cross-reference checked before anything is accepted.
 *
 * @param file - Name of the file, for the place of an error.
 */
export function parseScenario(text: string, file: string): Result<Scenario> {
  if (text.length > MAX_BYTES) return refuse(file, `it is larger than ${MAX_BYTES} bytes`);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return refuse(`${file}${jsonPlace(text, (error as Error).message)}`, "it is not JSON");
  }
  const parsed = schema.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    return refuse(`${file}: ${pathOf(issue.path)}`, issue.message);
  }
  const { records, orders, start, ...rest } = parsed.data;
  const world = parseWorld(rest.world);
  if (!world.ok) return refuse(`${file}: ${world.error.place}`, world.error.message);
  const policy = compilePolicy(rest.policy, views);
  if (!policy.ok) return refuse(`${file}: policy.${policy.error.place}`, policy.error.message);
  const dangling = firstDangling(records, orders, world.value, policy.value);
  if (dangling) return refuse(`${file}: ${dangling.place}`, dangling.message);
  return {
    ok: true,
    value: {
      title: rest.title,
      startMs: Date.parse(start),
      durationHours: rest.durationHours,
      seed: rest.seed,
      world: world.value,
      ...records,
      orders: [...orders].sort((a, b) => a.atS - b.atS),
      weather: rest.weather ?? null,
      policy: policy.value,
      policyDocument: rest.policy,
    },
  };
}

type Records = z.infer<typeof schema>["records"];

/** The first name that nothing answers to, or that two things answer to. */
function firstDangling(
  records: Records,
  orders: readonly ScenarioOrder[],
  world: readonly WorldTerminal[],
  policy: Policy,
): { place: string; message: string } | null {
  for (const key of ["parties", "accounts", "terminals"] as const) {
    const seen = new Set<string>();
    for (const [i, record] of records[key].entries()) {
      if (seen.has(record.id))
        return { place: `records.${key}[${i}].id`, message: `"${record.id}" stands twice` };
      seen.add(record.id);
    }
  }
  const parties = new Set(records.parties.map(p => p.id));
  const accounts = new Set(records.accounts.map(a => a.id));
  const terminals = new Set(records.terminals.map(t => t.id));
  const inWorld = new Set(world.map(t => t.id));
  for (const [i, account] of records.accounts.entries()) {
    if (!parties.has(account.holder))
      return unknown(`records.accounts[${i}].holder`, "party", account.holder);
  }
  for (const [i, terminal] of records.terminals.entries()) {
    const place = `records.terminals[${i}]`;
    if (terminal.accountId !== null && !accounts.has(terminal.accountId)) {
      return unknown(`${place}.accountId`, "account", terminal.accountId);
    }
    if (terminal.planId !== null && !policy.planById.has(terminal.planId)) {
      return unknown(`${place}.planId`, "plan", terminal.planId);
    }
    if ((terminal.accountId === null) !== (terminal.planId === null)) {
      return { place, message: "an account and a plan go together: give both or neither" };
    }
    if (!inWorld.has(terminal.id)) {
      return { place: `${place}.id`, message: `"${terminal.id}" has no track in world.terminals` };
    }
  }
  for (const [i, terminal] of world.entries()) {
    if (!terminals.has(terminal.id))
      return unknown(`world.terminals[${i}].id`, "terminal record", terminal.id);
  }
  for (const [key, list] of [
    ["records.stays", records.stays],
    ["orders", orders],
  ] as const) {
    for (const [i, { terminalId }] of list.entries()) {
      if (!terminals.has(terminalId)) return unknown(`${key}[${i}].terminalId`, "terminal", terminalId);
    }
  }
  return null;
}

const unknown = (place: string, what: string, name: string): { place: string; message: string } => ({
  place,
  message: `there is no ${what} "${name}"`,
});

const refuse = (place: string, message: string): { ok: false; error: ScenarioError } => ({
  ok: false,
  error: { code: "SCENARIO_INVALID", message, place },
});

/** `:line:column` of a JSON error, where the engine says at which character it is. */
function jsonPlace(text: string, message: string): string {
  const at = /position (\d+)/.exec(message)?.[1];
  if (at === undefined) return text.trim() === "" ? ": empty" : ": at its end";
  const before = text.slice(0, Number(at)).split("\n");
  return `:${before.length}:${before.at(-1)!.length + 1}`;
}

function pathOf(path: readonly PropertyKey[]): string {
  return path
    .map((step, i) => (typeof step === "number" ? `[${step}]` : `${i === 0 ? "" : "."}${String(step)}`))
    .join("");
}
