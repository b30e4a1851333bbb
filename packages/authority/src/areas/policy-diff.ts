// SPDX-License-Identifier: MIT
import { contentHash } from "../content-hash.ts";
import { dateOf } from "../decisions/notices.ts";
import {
  type AllowList,
  type AreaRule,
  defaultRoamRules,
  type GuardBand,
  type Policy,
  type SpeedCap,
} from "../policy.ts";
import type { Statement } from "../territory.ts";

/** One thing that another policy says differently, in words. */
export interface PolicyChange {
  readonly kind:
    | "policy"
    | "statement"
    | "allowList"
    | "speedCap"
    | "specialZone"
    | "guardBand"
    | "plan"
    | "roaming";
  readonly change: "added" | "removed" | "changed";
  /** Id, or territory of a rule without one. */
  readonly name: string;
  /** Territory or area concerned; `null` where it is none in particular. */
  readonly area: string | null;
  readonly text: string;
}

/** What one policy says that another does not, in the order of the document. Equal policies differ in nothing. */
export function policyDiff(before: Policy | null, after: Policy): readonly PolicyChange[] {
  return [
    ...headChanges(before, after),
    ...listChanges<Statement>("statement", before?.statements ?? [], after.statements, {
      nameOf: ({ id }) => id,
      areaOf: ({ territory }) => territory,
      textOf: statementText,
    }),
    ...allowListChanges(before?.allowLists ?? [], after.allowLists),
    ...listChanges<SpeedCap>("speedCap", before?.speedCaps ?? [], after.speedCaps, {
      ...ofRule,
      textOf: cap => `${cap.territory}: at most ${cap.capKmh} km/h ${ruleText(cap)}`,
    }),
    ...listChanges("specialZone", before?.specialZones ?? [], after.specialZones, {
      nameOf: ({ id }) => id,
      areaOf: () => null,
      textOf: ({ title, territories, cells, leaseMs, presigned }) =>
        `${title}: ${territories.length} territories and ${cells.length} cells, leases of ${leaseMs / 1000} s` +
        (presigned === undefined ? "" : `, signed ${presigned.aheadMs / 60_000} min ahead`),
    }),
    ...listChanges<GuardBand>("guardBand", before?.guardBands ?? [], after.guardBands ?? [], {
      ...ofRule,
      textOf: band => `${band.territory}: guard band of ${band.widthKm} km, ${band.treat} ${ruleText(band)}`,
    }),
    ...listChanges("plan", before?.plans ?? [], after.plans, {
      nameOf: ({ id }) => id,
      areaOf: () => null,
      textOf: ({ title, roaming, ocean, maxSpeedKmh }) =>
        `${title}: roaming ${roaming}, ${ocean ? "with" : "without"} the ocean, up to ${maxSpeedKmh} km/h`,
    }),
  ];
}

/** A diff as lines of a file: `+`, `-` or `~`, what it is and what it says. */
export function policyDiffText(changes: readonly PolicyChange[]): string {
  const sign = { added: "+", removed: "-", changed: "~" };
  return changes.map(({ change, kind, name, text }) => `${sign[change]} ${kind} ${name}: ${text}\n`).join("");
}

interface Wording<T> {
  nameOf(item: T): string;
  areaOf(item: T): string | null;
  textOf(item: T): string;
}

const ofRule = {
  nameOf: ({ territory }: AreaRule) => territory,
  areaOf: ({ territory }: AreaRule) => territory,
};

/** Items paired by name; of several of one name, equal ones are paired first and the rest came or went. */
function listChanges<T extends object>(
  kind: PolicyChange["kind"],
  before: readonly T[],
  after: readonly T[],
  { nameOf, areaOf, textOf }: Wording<T>,
): readonly PolicyChange[] {
  const was = groups(before, nameOf);
  const is = groups(after, nameOf);
  const changes: PolicyChange[] = [];
  for (const name of [...new Set([...was.keys(), ...is.keys()])].sort()) {
    const gone = onlyIn(was.get(name), is.get(name));
    const come = onlyIn(is.get(name), was.get(name));
    if (gone.length === 1 && come.length === 1) {
      const [one, other] = [gone[0]!, come[0]!];
      const text = `${textOf(other)}; was: ${textOf(one)}`;
      changes.push({ kind, change: "changed", name, area: areaOf(other), text });
      continue;
    }
    for (const item of gone)
      changes.push({ kind, change: "removed", name, area: areaOf(item), text: textOf(item) });
    for (const item of come)
      changes.push({ kind, change: "added", name, area: areaOf(item), text: textOf(item) });
  }
  return changes;
}

function groups<T extends object>(
  items: readonly T[],
  nameOf: (item: T) => string,
): Map<string, Map<string, T>> {
  const found = new Map<string, Map<string, T>>();
  for (const item of items) {
    const name = nameOf(item);
    let group = found.get(name);
    if (group === undefined) {
      group = new Map();
      found.set(name, group);
    }
    group.set(contentHash(item), item);
  }
  return found;
}

function onlyIn<T>(
  one: ReadonlyMap<string, T> | undefined,
  other: ReadonlyMap<string, T> | undefined,
): readonly T[] {
  return [...(one ?? [])].filter(([hash]) => other?.has(hash) !== true).map(([, item]) => item);
}

/** Lists are compared by their heads, and where those are equal by the terminals on them. */
function allowListChanges(
  before: readonly AllowList[],
  after: readonly AllowList[],
): readonly PolicyChange[] {
  const headOf = ({ entries: _, ...head }: AllowList): Omit<AllowList, "entries"> => head;
  const heads = listChanges<Omit<AllowList, "entries">>("allowList", before.map(headOf), after.map(headOf), {
    ...ofRule,
    textOf: list =>
      `${list.territory}: list ${list.required ? "required" : "not required yet"} ${ruleText(list)}`,
  });
  const entriesOf = (lists: readonly AllowList[]): Map<string, Set<string>> => {
    const found = new Map<string, Set<string>>();
    for (const { territory, entries } of lists) {
      const terminals = found.get(territory) ?? new Set();
      for (const { terminalId } of entries) terminals.add(terminalId);
      found.set(territory, terminals);
    }
    return found;
  };
  const [was, is] = [entriesOf(before), entriesOf(after)];
  const counts: PolicyChange[] = [];
  for (const area of [...new Set([...was.keys(), ...is.keys()])].sort()) {
    const [old, now] = [was.get(area) ?? new Set(), is.get(area) ?? new Set()];
    const come = now.difference(old).size;
    const gone = old.difference(now).size;
    if (come + gone === 0) continue;
    const text = `${area}: ${come} terminals come on the list, ${gone} leave it; ${now.size} are on it`;
    counts.push({ kind: "allowList", change: "changed", name: area, area, text });
  }
  return [...heads, ...counts];
}

function headChanges(before: Policy | null, after: Policy): readonly PolicyChange[] {
  if (before === null) {
    const text = `The first policy: ${after.title}, under the view ${after.boundaryView}`;
    return [{ kind: "policy", change: "added", name: "title", area: null, text }];
  }
  const changes: PolicyChange[] = [];
  for (const name of ["title", "boundaryView"] as const) {
    if (before[name] === after[name]) continue;
    const text = `${after[name]}; was: ${before[name]}`;
    changes.push({ kind: "policy", change: "changed", name, area: null, text });
  }
  const [was, is] = [before.roaming ?? defaultRoamRules, after.roaming ?? defaultRoamRules];
  if (contentHash(was) !== contentHash(is)) {
    const words = ({ counts, resetsAtHome, warningDays }: typeof is): string =>
      `${counts}, ${resetsAtHome ? "anew after a day at home" : "by calendar year"}, warnings at ${warningDays.join(", ")}`;
    const text = `${words(is)}; was: ${words(was)}`;
    changes.push({ kind: "roaming", change: "changed", name: "roaming", area: null, text });
  }
  return changes;
}

function statementText(statement: Statement): string {
  const { territory, axis, value, asserter, source, validFromMs, validToMs, knownToMs } = statement;
  const struck = knownToMs === null ? "" : `, on record until ${dateOf(knownToMs)}`;
  return `${territory}, ${axis} ${value}, says ${asserter} (${source}), ${span(validFromMs, validToMs)}${struck}`;
}

function ruleText({ asserter, source, validFromMs, validToMs }: Omit<AreaRule, "territory">): string {
  return `by ${asserter} (${source}), ${span(validFromMs, validToMs)}`;
}

function span(fromMs: number, toMs: number | null): string {
  return toMs === null ? `from ${dateOf(fromMs)}` : `from ${dateOf(fromMs)} to ${dateOf(toMs)}`;
}
