// SPDX-License-Identifier: MIT
import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import {
  builtInGround,
  createPlanner,
  defaultPolicy,
  type GroundSegment,
  NAMED_POLICIES,
  type Planner,
  type PlannerOptions,
  type Policy,
  parseGroundSegment,
  parseLaserTopology,
  parsePolicy,
  slotAt,
  slotStartMs,
} from "@perigee/network";
import {
  builtInElements,
  type Elements,
  elementsAge,
  epochMs,
  isConstellationCode,
  parseElements,
} from "@perigee/orbit";
import { CliError, type FlagValues } from "../command.ts";
import { readText } from "../validate/inputs.ts";
import { instantText, readInstant, readNumber } from "./moments.ts";

/** Flags of every study: what the network is made of, and when. */
export const engineFlags = {
  elements: { type: "string" },
  constellation: { type: "string" },
  epoch: { type: "string" },
  ground: { type: "string" },
  policy: { type: "string" },
  lasers: { type: "string" },
  at: { type: "string" },
  seed: { type: "string" },
  out: { type: "string", multiple: true },
  json: { type: "boolean" },
} as const;
export type EngineFlags = FlagValues<typeof engineFlags>;

/** A pattern without another word is laid on this moment: that of the record to which the built-in shells were fitted. */
const PATTERN_EPOCH_MS = Date.UTC(2026, 4, 21, 12);
const LAYOUTS = ["rings", "threeLasers", "plusGrid"] as const;

/** A planner with its story. */
export interface Engine {
  readonly planner: Planner;
  readonly atMs: number;
  /** Start of the slot that it lies in. */
  readonly slotMs: number;
  readonly seed: number;
  /** For tables: what everything was made from. */
  readonly notes: Readonly<Record<string, string>>;
  /** For pictures: the same in a line. */
  readonly source: string;
  /** How the satellites are called, for a sentence. */
  readonly fleetTitle: string;
  /** The planner's options, to make another of the same kind. */
  readonly options: PlannerOptions;
}

interface Fleet {
  readonly elements: readonly Elements[];
  readonly title: string;
  readonly epochMs: number;
  readonly isPattern: boolean;
  readonly serviceOf?: NonNullable<PlannerOptions["serviceOf"]>;
}

/** Reads all that the flags name and prepares a planner. Warns of old elements on standard error. */
export async function openEngine(flags: EngineFlags): Promise<Engine> {
  const fleet = await fleetOf(flags);
  const atMs = flags.at === undefined ? fleet.epochMs : readInstant("at", flags.at);
  const seed = flags.seed === undefined ? 1 : readNumber("seed", flags.seed, 0, 0xffff_ffff, "whole");
  if (!fleet.isPattern) {
    const { warning } = elementsAge(fleet.elements, atMs);
    if (warning !== null) console.error(warning);
  }
  const { policy, title: policyTitle } = await policyOf(flags.policy);
  const ground = await groundOf(flags.ground);
  const options: PlannerOptions = {
    elements: fleet.elements,
    ground,
    policy: withLayout(policy, flags.lasers),
    seed,
    ...(fleet.serviceOf === undefined ? {} : { serviceOf: fleet.serviceOf }),
    ...(await ownLasers(flags.lasers, fleet.elements.length)),
  };
  const planner = createPlanner(options);
  if (!planner.serving.includes(1))
    throw new CliError(`${fleet.title}: none of the satellites flies where broadband satellites do`);
  const lasers = flags.lasers ?? planner.policy.routes.laserLayout;
  return {
    planner,
    options,
    atMs,
    slotMs: slotStartMs(slotAt(atMs)),
    seed,
    fleetTitle: fleet.title,
    source: `perigee ${VERSION} · ${fleet.title} · ${instantText(atMs)} · seed ${seed}`,
    notes: {
      program: `perigee ${VERSION}`,
      satellites: fleet.title,
      elements: planner.elementsVersion,
      ground: flags.ground ?? "built-in",
      policy: policyTitle,
      lasers,
      at: instantText(atMs),
      seed: String(seed),
    },
  };
}

const VERSION = (createRequire(import.meta.url)("../../package.json") as { readonly version: string })
  .version;

async function fleetOf(flags: EngineFlags): Promise<Fleet> {
  const { elements: path, constellation: code } = flags;
  const epochOfPattern = flags.epoch === undefined ? PATTERN_EPOCH_MS : readInstant("epoch", flags.epoch);
  if (path !== undefined && code !== undefined)
    throw new CliError("--elements and --constellation exclude each other", 2);
  if (code !== undefined && !isConstellationCode(code))
    throw new CliError(`--constellation ${code.slice(0, 60)}: a code looks like D:550:53:1584/72/17`, 2);
  if (path === undefined && code === undefined) {
    const { elements, shells, shellOf } = builtInElements(epochOfPattern);
    return {
      elements,
      title: "the built-in shells of May 2026",
      epochMs: epochOfPattern,
      isPattern: true,
      serviceOf: i => shells[shellOf[i]!]!.service,
    };
  }
  const text = code ?? (await readText(path!));
  const parsed = parseElements(text, { patternEpochMs: epochOfPattern });
  if (!parsed.ok)
    throw new CliError(`${path ?? "--constellation"}: ${parsed.error.message} [${parsed.error.code}]`);
  const elements = parsed.value;
  if (isConstellationCode(text)) {
    // A pattern that somebody writes down is meant to serve, whatever its height.
    const title = text.trim();
    return { elements, title, epochMs: epochOfPattern, isPattern: true, serviceOf: () => "broadband" };
  }
  const epochs = elements.map(epochMs).sort((a, b) => a - b);
  const median = Math.round(epochs[epochs.length >> 1]!);
  const title = `${elements.length} element sets of ${instantText(median).slice(0, 10)}`;
  return { elements, title, epochMs: median, isPattern: false };
}

async function policyOf(flag: string | undefined): Promise<{ policy: Policy; title: string }> {
  if (flag === undefined) return { policy: defaultPolicy, title: "default" };
  if (flag === "default" || flag === "calm") return { policy: NAMED_POLICIES[flag], title: flag };
  const text = await readText(flag);
  const parsed = parsePolicy(text);
  if (!parsed.ok) throw new CliError(`${flag}: ${parsed.error.message} [${parsed.error.code}]`);
  const name = createHash("sha256").update(text).digest("hex").slice(0, 12);
  return { policy: parsed.value, title: `${flag} (${name})` };
}

async function groundOf(path: string | undefined): Promise<GroundSegment> {
  if (path === undefined) return builtInGround();
  const parsed = parseGroundSegment(await readText(path));
  if (!parsed.ok) throw new CliError(`${path}: ${parsed.error.message} [${parsed.error.code}]`);
  return parsed.value;
}

const layoutNamed = (flag: string | undefined) => LAYOUTS.find(name => name === flag);

function withLayout(policy: Policy, flag: string | undefined): Policy {
  const laserLayout = layoutNamed(flag);
  return laserLayout === undefined ? policy : { ...policy, routes: { ...policy.routes, laserLayout } };
}

async function ownLasers(
  flag: string | undefined,
  satellites: number,
): Promise<Pick<PlannerOptions, "lasers">> {
  if (flag === undefined || layoutNamed(flag) !== undefined) return {};
  const parsed = parseLaserTopology(await readText(flag), satellites);
  if (!parsed.ok) throw new CliError(`${flag}: ${parsed.error.message} [${parsed.error.code}]`);
  return { lasers: parsed.value };
}
