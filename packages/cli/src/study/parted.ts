// SPDX-License-Identifier: MIT
import { createHash } from "node:crypto";
import type { CoverageOptions, CoverageResult } from "@perigee/network";
import { CliError, type FlagValues } from "../command.ts";
import type { Engine } from "./engine.ts";
import { readNumber } from "./moments.ts";
import { outFiles, replaceFile, type ViewNames } from "./output.ts";
import { encodePart, type PartHead } from "./part-file.ts";

/** Flags of a study whose looks can be divided among processes. */
export const partFlags = { part: { type: "string" }, lead: { type: "string" } } as const;
type Share = NonNullable<CoverageOptions["share"]>;
type PartFlags = FlagValues<typeof partFlags> & { readonly out?: string[]; readonly json?: boolean };

/** Not of the run, but of how it is carried out: all parts share the other words. */
const OWN_FLAGS = new Set(["part", "lead", "out", "json"]);
const MOST_PARTS = 10_000;

/** What one process finds out about its looks. */
export interface Stretch {
  readonly mark: CoverageResult["tally"]["mark"];
}

/** A study, ready to begin. */
export interface OpenStudy<T extends Stretch> {
  /** Instants or slots that are looked at. */
  readonly looks: number;
  /** Names everything that the numbers follow from. */
  readonly inputs: string;
  compute(share: Share | undefined): T;
  /** Writes and prints what a whole run found; several are the shares of one, in order. */
  show(found: readonly T[]): Promise<void>;
}

/** A study that can be divided. */
export interface PartedStudy<T extends Stretch> {
  readonly name: string;
  /** @throws CliError for words that are off; before anything is computed. */
  open(args: readonly string[]): Promise<OpenStudy<T>>;
}

/**
 * The files of `--out`: views of the study, or with `--part` the part file.
 *
 * @throws CliError before any work where they cannot be.
 */
export function studyFiles(flags: PartFlags, views: ViewNames) {
  const share = shareOf(flags);
  if (share === undefined) return outFiles(flags.out, views);
  if (flags.json === true) throw new CliError("--json is for the whole: give it to perigee merge", 2);
  const [file, ...more] = outFiles(flags.out, { tables: [], pictures: [], files: ["part"] });
  if (file === undefined || more.length > 0)
    throw new CliError("--part takes one --out, a file that ends in .part", 2);
  return [];
}

function shareOf({ part, lead }: PartFlags): Share | undefined {
  if (part === undefined) {
    if (lead !== undefined) throw new CliError("--lead is for --part", 2);
    return undefined;
  }
  const [k, of] = (/^(\d{1,5})\/(\d{1,5})$/.exec(part) ?? []).slice(1).map(Number);
  if (k === undefined || of === undefined || k < 1 || k > of || of > MOST_PARTS)
    throw new CliError(`--part takes k/n, like 2/3: the second of three, at most ${MOST_PARTS}`, 2);
  return {
    part: k,
    of,
    ...(lead === undefined ? {} : { lead: readNumber("lead", lead, 0, 5760, "whole") }),
  };
}

/** Runs a study: all of it, or the share that `--part` names into a part file. */
export async function runStudy<T extends Stretch>(
  study: PartedStudy<T>,
  args: readonly string[],
  words: readonly string[],
  flags: PartFlags,
): Promise<void> {
  const open = await study.open(args);
  const share = shareOf(flags);
  if (share === undefined) return open.show([open.compute(undefined)]);
  if (share.of > open.looks)
    throw new CliError(`--part ${flags.part}: there are ${open.looks} looks to divide`, 2);
  const found = open.compute(share);
  const head: PartHead = {
    study: study.name,
    args: sharedArgs(words, flags),
    part: share.part,
    of: share.of,
    inputs: open.inputs,
  };
  await replaceFile(flags.out![0]!, encodePart(head, found));
}

/** A run's words in one order, however they were typed. */
function sharedArgs(words: readonly string[], flags: object): string[] {
  const given = Object.entries(flags as Readonly<Record<string, string | boolean>>)
    .filter(([name]) => !OWN_FLAGS.has(name))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return [...words, ...given.map(([name, value]) => (value === true ? `--${name}` : `--${name}=${value}`))];
}

/**
 * Names what a study's numbers follow from: the program, the network, the times, and what else it says. Contents count, and
 * not the names of files.
 */
export function inputsOf({ planner, notes, atMs, seed }: Engine, ...more: readonly unknown[]): string {
  const { elementsVersion, policy, ground, topology, serving } = planner;
  const parts = [notes["program"], elementsVersion, policy, ground, topology, serving, atMs, seed, ...more];
  const hash = createHash("sha256");
  for (const part of parts) hash.update(JSON.stringify(part, plainly) ?? "").update("\n");
  return hash.digest("hex");
}

/** Arrays of numbers by their bytes. */
function plainly(_: string, value: unknown): unknown {
  if (!ArrayBuffer.isView(value)) return value;
  const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  return createHash("sha256").update(bytes).digest("hex");
}
