// SPDX-License-Identifier: MIT
import { type BoundaryView, HIGH_SEAS, territories, UNASSIGNED } from "@perigee/earth";
import { contentHash } from "./content-hash.ts";
import { Misread } from "./json-reader.ts";
import type {
  AllowListEntry,
  GuardBand,
  IndexedAllowList,
  Policy,
  PolicyContent,
  TerritoryRules,
} from "./policy.ts";
import { readPolicyContent } from "./policy-document.ts";
import { type AuthorityError, fail, type Result, succeed } from "./result.ts";
import type { Statement } from "./territory.ts";

/**
 * Checks a policy document (parsed JSON of unknown origin) and makes the snapshot that admission reads.
 * A document with any fault yields no policy, only the first fault and its place.
 *
 * Beyond each item's form: ids are unique; one asserter says one thing at a time about one axis of a territory
 * (two asserters may disagree: then the denying one wins); an area whose activation is `restricted` has a rule
 * that restricts it.
 *
 * @param views with them, the document's view must be one of them and every territory must be one that a place under
 *   it can have. Without, a misspelt territory is accepted, and what is prohibited there is prohibited nowhere.
 * @param operatorAreas ids of areas that the operator drew; with `views`, they may be spoken of like territories
 * @returns `policyInvalid` with the path of the offending member, e.g. `statements[3].validTo`
 */
export function compilePolicy(
  document: unknown,
  views?: readonly BoundaryView[],
  operatorAreas: Iterable<string> = [],
): Result<Policy, AuthorityError<"policyInvalid">> {
  try {
    const content = readPolicyContent(document);
    checkUnique(content.statements, "statements");
    checkUnique(content.specialZones, "specialZones");
    checkUnique(content.plans, "plans");
    checkOneBandEach(content.guardBands ?? []);
    checkOneVoice(content.statements);
    checkRestrictions(content);
    if (views !== undefined) checkTerritories(content, views, operatorAreas);
    return succeed(indexPolicy(inOneOrder(content)));
  } catch (error) {
    if (!(error instanceof Misread)) throw error;
    return fail("policyInvalid", error.place, error.message);
  }
}

function checkUnique(items: readonly { readonly id: string }[], place: string): void {
  const seen = new Map<string, number>();
  for (const [index, { id }] of items.entries()) {
    const first = seen.get(id);
    if (first !== undefined) {
      throw new Misread(`${place}[${index}].id`, `The id "${id}" is already that of ${place}[${first}].`);
    }
    seen.set(id, index);
  }
}

function checkOneBandEach(bands: readonly GuardBand[]): void {
  const seen = new Set<string>();
  for (const [index, { territory }] of bands.entries()) {
    if (seen.has(territory)) {
      throw new Misread(`guardBands[${index}].territory`, `"${territory}" has a guard band already.`);
    }
    seen.add(territory);
  }
}

function checkOneVoice(statements: readonly Statement[]): void {
  const voices = new Map<string, number[]>();
  for (const [index, statement] of statements.entries()) {
    const key = JSON.stringify([statement.territory, statement.axis, statement.asserter]);
    const earlier = voices.get(key);
    if (earlier === undefined) {
      voices.set(key, [index]);
      continue;
    }
    for (const other of earlier) {
      const before = statements[other]!;
      if (before.value !== statement.value && overlapInBothTimes(before, statement)) {
        throw new Misread(
          `statements[${index}]`,
          `It contradicts statements[${other}] of the same asserter; close the one that no longer holds.`,
        );
      }
    }
    earlier.push(index);
  }
}

function overlapInBothTimes(a: Statement, b: Statement): boolean {
  return (
    overlap(a.validFromMs, a.validToMs, b.validFromMs, b.validToMs) &&
    overlap(a.knownFromMs, a.knownToMs, b.knownFromMs, b.knownToMs)
  );
}

function overlap(fromA: number, toA: number | null, fromB: number, toB: number | null): boolean {
  return (toB === null || fromA < toB) && (toA === null || fromB < toA);
}

function checkRestrictions(content: PolicyContent): void {
  const ruled = new Set([...content.allowLists, ...content.speedCaps].map(rule => rule.territory));
  // Whatever ended before the newest statement came on record is over, and needs no rule any more.
  const nowMs = content.statements.reduce((newest, { knownFromMs }) => Math.max(newest, knownFromMs), 0);
  const isOver = ({ knownToMs, validToMs }: Statement): boolean =>
    knownToMs !== null || (validToMs !== null && validToMs <= nowMs);
  const index = content.statements.findIndex(
    s => s.axis === "activation" && s.value === "restricted" && !ruled.has(s.territory) && !isOver(s),
  );
  if (index >= 0) {
    throw new Misread(
      `statements[${index}].value`,
      "A restricted area needs an allow-list or a speed cap for that territory; there is none.",
    );
  }
}

function checkTerritories(
  content: PolicyContent,
  views: readonly BoundaryView[],
  operatorAreas: Iterable<string>,
): void {
  const view = views.find(({ id }) => id === content.boundaryView);
  if (view === undefined) {
    throw new Misread("boundaryView", `There is no boundary view "${content.boundaryView}".`);
  }
  const known = new Set<string | null>([
    ...[HIGH_SEAS, UNASSIGNED],
    ...operatorAreas,
    ...territories.flatMap(territory => [territory.id, territory.ownCountry]),
    ...Object.values(view.assignments),
  ]);
  const check = (territory: string, place: string): void => {
    if (!known.has(territory)) throw new Misread(place, `The border data has no territory "${territory}".`);
  };
  for (const list of ["statements", "allowLists", "speedCaps", "guardBands"] as const) {
    for (const [index, { territory }] of (content[list] ?? []).entries()) {
      check(territory, `${list}[${index}].territory`);
    }
  }
  for (const [index, zone] of content.specialZones.entries()) {
    for (const [at, territory] of zone.territories.entries()) {
      check(territory, `specialZones[${index}].territories[${at}]`);
    }
  }
}

/** The same content in one order, so that its hash does not depend on how the document was arranged. */
function inOneOrder(content: PolicyContent): PolicyContent {
  return {
    title: content.title,
    boundaryView: content.boundaryView,
    statements: content.statements.toSorted(byId),
    allowLists: byContent(content.allowLists.map(list => ({ ...list, entries: byContent(list.entries) }))),
    specialZones: content.specialZones
      .map(zone => ({ ...zone, territories: zone.territories.toSorted(), cells: zone.cells.toSorted() }))
      .sort(byId),
    speedCaps: byContent(content.speedCaps),
    plans: content.plans.toSorted(byId),
    ...(content.guardBands === undefined ? {} : { guardBands: byContent(content.guardBands) }),
    ...(content.roaming === undefined ? {} : { roaming: content.roaming }),
  };
}

function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

function byContent<T extends object>(items: readonly T[]): readonly T[] {
  return items
    .map(item => ({ item, text: JSON.stringify(item) }))
    .sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0))
    .map(({ item }) => item);
}

/** Names the content and builds the ways into it. */
export function indexPolicy(content: PolicyContent): Policy {
  const statements = Map.groupBy(content.statements, statement => statement.territory);
  const allowLists = Map.groupBy(content.allowLists, list => list.territory);
  const speedCaps = Map.groupBy(content.speedCaps, cap => cap.territory);
  const zones = groupByMany(content.specialZones, zone => zone.territories);
  const byTerritory = new Map<string, TerritoryRules>();
  for (const territory of new Set([
    ...statements.keys(),
    ...allowLists.keys(),
    ...speedCaps.keys(),
    ...zones.keys(),
  ])) {
    byTerritory.set(territory, {
      statements: statements.get(territory) ?? [],
      allowLists: (allowLists.get(territory) ?? []).map(
        (list): IndexedAllowList => ({
          list,
          entriesOf: Map.groupBy(list.entries, (entry: AllowListEntry) => entry.terminalId),
        }),
      ),
      speedCaps: speedCaps.get(territory) ?? [],
      specialZones: zones.get(territory) ?? [],
    });
  }
  return {
    ...content,
    version: contentHash(content),
    byTerritory,
    zonesByCell: groupByMany(content.specialZones, zone => zone.cells),
    planById: new Map(content.plans.map(plan => [plan.id, plan])),
    guardBandOf: new Map((content.guardBands ?? []).map(band => [band.territory, band])),
  };
}

function groupByMany<T>(
  items: readonly T[],
  keysOf: (item: T) => readonly string[],
): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    for (const key of keysOf(item)) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [item]);
      else group.push(item);
    }
  }
  return groups;
}
