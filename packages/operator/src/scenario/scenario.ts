// SPDX-License-Identifier: MIT
import { readFileSync } from "node:fs";
import {
  type Account,
  compilePolicy,
  type Party,
  type Policy,
  type Role,
  type Terminal,
} from "@perigee/authority";
import type { OwnStatement } from "@perigee/casework";
import { parseWorld, type WorldTerminal } from "@perigee/world";
import { z } from "zod";
import { newPerson } from "../access/contract.ts";
import { views } from "../boundary.ts";
import { MOST_CONDITIONS, type ScenarioCondition, scenarioCondition } from "../conditions/contract.ts";
import { terminalOf } from "../conditions/target.ts";
import { seededServiceAccount } from "../fleet/contract.ts";
import { type Product, product } from "../fleet/products.ts";

import type { SeededServiceAccount } from "../fleet/service-accounts.ts";
import { faultyProduct, faultyServiceAccount } from "./fleet.ts";
import { ownStatementOf, scenarioStatement } from "./own-statements.ts";
import {
  commandOfOrder,
  faultyCommand,
  type ScenarioCommand,
  scenarioCommand,
  signedBy,
} from "./scenario-commands.ts";
import { readLists, type ScenarioList, scenarioList } from "./scenario-lists.ts";
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

/** Somebody who works for the operator, or a customer. */
export interface ScenarioPerson {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly roles: readonly Role[];
  /** Whose things they manage, for a customer, who has no roles. */
  readonly party?: string | undefined;
}

/** One file that sets everything: who exists, what is recorded of them, what the policy is, what happens. */
export interface Scenario {
  readonly title: string;
  /** UTC milliseconds at which a simulated run starts; a live one starts when it is first started. */
  readonly startMs: number;
  readonly durationHours: number;
  /** The name under which the operator itself speaks in statements. */
  readonly operator: string;
  readonly seed: number;
  readonly world: readonly WorldTerminal[];
  readonly parties: readonly Party[];
  readonly accounts: readonly Account[];
  readonly terminals: readonly TerminalRecord[];
  readonly stays: readonly PriorStay[];
  /** The first one acts for whoever names nobody, where signing in is open. */
  readonly people: readonly ScenarioPerson[];
  /** What somebody asks the authority for, in the order of time; orders among it. */
  readonly commands: readonly ScenarioCommand[];
  /** Sanctions lists that are at hand from the start. */
  readonly screeningLists: readonly ScenarioList[];
  /** What is put on links, and when. */
  readonly conditions: readonly ScenarioCondition[];
  /** What is for sale; none: every plan, at no price. */
  readonly products: readonly Product[];
  /** Programs of customers that may use the operator API V2 from the start. */
  readonly serviceAccounts: readonly SeededServiceAccount[];
  /** `null`: it never rains. */
  readonly weather: ScenarioWeather | null;
  /** What the operator said in public, to be held against its records. */
  readonly ownStatements: readonly OwnStatement[];
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
  operator: title.default("The operator"),
  start: z.iso.datetime(),
  durationHours: z.number().positive().max(8784),
  seed: z.number().int().min(0).max(0xffff_ffff),
  world: z.unknown(),
  policy: z.unknown(),
  records: z.strictObject({
    parties: z
      .array(
        z.strictObject({
          id,
          name: title,
          kind: z.enum(["person", "organisation"]),
          country: country.optional(),
          aliases: z.array(title).max(50).default([]),
          verified: z.boolean().default(true),
        }),
      )
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
  people: z.array(newPerson).max(10_000).default([]),
  commands: z.array(scenarioCommand).max(100_000).default([]),
  screeningLists: z.array(scenarioList).max(20).default([]),
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
  conditions: z.array(scenarioCondition).max(MOST_CONDITIONS).default([]),
  products: z.array(product).max(1_000).default([]),
  serviceAccounts: z.array(seededServiceAccount).max(1_000).default([]),
  weather: scenarioWeather.optional(),
  ownStatements: z.array(scenarioStatement).max(500).default([]),
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
  const people = new Map(rest.people.map(person => [person.id, person]));
  const faulty = faultyCommand(rest.commands, people);
  if (faulty) return refuse(`${file}: ${faulty.place}`, faulty.message);
  const lists = readLists(rest.screeningLists);
  if (!lists.ok) return refuse(`${file}: ${lists.place}`, lists.message);
  const unsold =
    faultyProduct(rest.products, policy.value.planById) ??
    faultyServiceAccount(rest.serviceAccounts, records.accounts);
  if (unsold) return refuse(`${file}: ${unsold.place}`, unsold.message);
  const dangling = firstDangling(records, rest.people, orders, rest.conditions, world.value, policy.value);
  if (dangling) return refuse(`${file}: ${dangling.place}`, dangling.message);
  return {
    ok: true,
    value: {
      title: rest.title,
      operator: rest.operator,
      startMs: Date.parse(start),
      durationHours: rest.durationHours,
      seed: rest.seed,
      world: world.value,
      ...records,
      people: rest.people,
      parties: records.parties.map(party => partyOf(party, records, Date.parse(start))),
      accounts: records.accounts.map(account => ({ ...account, state: "open" as const, managedBy: null })),
      commands: [
        ...orders.map(order => commandOfOrder(order, rest.people)),
        ...rest.commands.map(command => signedBy(command, people)),
      ].sort((a, b) => a.atS - b.atS),
      screeningLists: lists.value,
      conditions: rest.conditions,
      products: rest.products,
      serviceAccounts: rest.serviceAccounts,
      weather: rest.weather ?? null,
      ownStatements: rest.ownStatements.map(ownStatementOf),
      policy: policy.value,
      policyDocument: rest.policy,
    },
  };
}

type Records = z.infer<typeof schema>["records"];

/** A party as the registry would have it; where it says no country, that of its first account. */
function partyOf(
  { verified, ...party }: Records["parties"][number],
  { accounts }: Records,
  startMs: number,
): Party {
  const verification = verified
    ? ({ state: "verified", method: "entered with the scenario", by: "scenario", atMs: startMs } as const)
    : ({ state: "unverified", method: null, by: null, atMs: startMs } as const);
  return {
    ...party,
    country: party.country ?? accounts.find(account => account.holder === party.id)?.country ?? "ZZ",
    verification,
    standing: "clear",
  };
}

/** The first name that nothing answers to, or that two things answer to. */
function firstDangling(
  records: Records,
  people: readonly ScenarioPerson[],
  orders: readonly ScenarioOrder[],
  conditions: readonly ScenarioCondition[],
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
  for (const key of ["id", "email"] as const) {
    const values = people.map(person => person[key].toLowerCase());
    const twice = values.findIndex((value, i) => values.indexOf(value) < i);
    if (twice >= 0) return { place: `people[${twice}].${key}`, message: `"${values[twice]}" stands twice` };
  }
  const parties = new Set(records.parties.map(p => p.id));
  const accounts = new Set(records.accounts.map(a => a.id));
  const terminals = new Set(records.terminals.map(t => t.id));
  for (const [i, { party }] of people.entries()) {
    if (party !== undefined && !parties.has(party)) return unknown(`people[${i}].party`, "party", party);
  }
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
  for (const [i, { on }] of conditions.entries()) {
    const terminalId = terminalOf(on);
    if (terminalId !== null && !terminals.has(terminalId))
      return unknown(`conditions[${i}].on`, "terminal", terminalId);
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
