// SPDX-License-Identifier: MIT
// Which test runs beside which. Measured on two quiet cores; `pnpm test` prints what files take now.

/** Seconds that a file takes alone, for those with more than a few. It balances the work and decides nothing else. */
const heavy: Readonly<Record<string, number>> = {
  "packages/operator/src/sim/run-scenario.test.ts": 120,
  "scripts/docs.test.ts": 110,
  "packages/authority/src/admission.test.ts": 40,
  "packages/authority/src/admission/admission-oracle.test.ts": 25,
  "packages/authority/src/admission/invariants.test.ts": 8,
  "packages/authority/src/areas/published-map.test.ts": 15,
  "packages/authority/src/areas/areas.test.ts": 5,
  "packages/authority/src/areas/requests.test.ts": 5,
  "packages/authority/src/decisions/deactivation.test.ts": 4,
  "packages/authority/src/decisions/bulk-orders.test.ts": 4,
  "packages/authority/src/invariants/whole-authority.test.ts": 12,
  "packages/ledger/src/bundle.test.ts": 12,
  "packages/operator/src/access/access.test.ts": 12,
  "packages/operator/src/access/location-reads.test.ts": 6,
  "packages/operator/src/api/access.test.ts": 10,
  "packages/operator/src/api/commands.fuzz.test.ts": 25,
  "packages/operator/src/api/evidence.test.ts": 8,
  "packages/operator/src/api/public.test.ts": 8,
  "packages/operator/src/authority/both-databases.test.ts": 12,
  "packages/operator/src/authority/identity-watch.test.ts": 20,
  "packages/operator/src/conditions/conditions.test.ts": 8,
  "packages/operator/src/keeping/erasure.test.ts": 10,
  "packages/operator/src/keeping/retention.test.ts": 10,
  "packages/operator/src/public/public-map.test.ts": 20,
  "packages/operator/src/scenario/conditions.test.ts": 10,
  "packages/operator/src/storage/backup.test.ts": 10,
  "packages/operator/src/storage/cosignatures.test.ts": 8,
  "packages/operator/src/storage/database.test.ts": 12,
  "packages/operator/src/storage/ledger-store.test.ts": 10,
  "packages/operator/src/storage/records.test.ts": 12,
  "packages/operator/src/storage/link-records.test.ts": 5,
  "packages/network/src/planet.test.ts": 15,
  "packages/network/src/plan.test.ts": 7,
  "packages/network/src/beams/beam-planner.test.ts": 5,
  "packages/network/src/measured.test.ts": 4,
  "packages/network/src/testing/check-cell-plan.test.ts": 4,
  "packages/operator/src/api/server.test.ts": 8,
  "packages/operator/src/planet/planet-thread.test.ts": 5,
  "packages/earth/src/planet-cells.test.ts": 4,
  "e2e/authority.test.ts": 20,
  "e2e/dish-conformance.test.ts": 75,
  "e2e/planet.test.ts": 150,
  "e2e/console.test.ts": 140,
  "e2e/area.test.ts": 80,
  "e2e/expiry.test.ts": 75,
  "e2e/delay.test.ts": 50,
  "e2e/bad-input.test.ts": 30,
  "e2e/elements.test.ts": 25,
};
/** Most files: a fifth of a second of tests, and as much of reading them. */
const LIGHT_SECONDS = 0.4;

export const secondsOf = (file: string): number => heavy[file] ?? LIGHT_SECONDS;

/** How a story gets on with others. */
export type Company =
  /** Judges by milliseconds: one at a time, when nothing computes. So is a story that this table does not know. */
  | "quiet"
  /** Waits for a minute or more and judges by the second: beside the quiet ones. */
  | "quietWaiting"
  /** Waits for slots to pass, and judges by slots: one at a time, beside the busy ones. */
  | "waiting"
  /** Computes: as many at a time as there are cores. */
  | "busy";

const company: Readonly<Record<string, Company>> = {
  "e2e/expiry.test.ts": "quietWaiting",
  "e2e/area.test.ts": "waiting",
  "e2e/planet.test.ts": "waiting",
  "e2e/account-site.test.ts": "busy",
  "e2e/bad-input.test.ts": "busy",
  "e2e/console.test.ts": "busy",
  "e2e/crash.test.ts": "busy",
  "e2e/elements.test.ts": "busy",
  "e2e/areas.test.ts": "busy",
  "e2e/authority.test.ts": "quiet",
  "e2e/console-approvals.test.ts": "busy",
  "e2e/sign-in.test.ts": "busy",
  "e2e/dish-host.test.ts": "busy",
  "e2e/dish-standalone.test.ts": "busy",
  "e2e/dish-captive.test.ts": "busy",
  "e2e/fleet-lifecycle.test.ts": "waiting",
  "scripts/docs.test.ts": "busy",
};

export const companyOf = (story: string): Company => company[story] ?? "quiet";

/** Test files that are whole programs' work: each has a process of its own, as a story has. */
export const standsAlone = (file: string): boolean => file === "scripts/docs.test.ts";

/**
 * Divides files among processes: the longest first, each to the process with the least to do; the same files, the same
 * division.
 */
export function shards(files: readonly string[], count: number): string[][] {
  const made = Array.from({ length: count }, () => ({ files: [] as string[], seconds: 0 }));
  const longestFirst = files.toSorted((a, b) => secondsOf(b) - secondsOf(a) || (a < b ? -1 : 1));
  for (const file of longestFirst) {
    const least = made.reduce((a, b) => (b.seconds < a.seconds ? b : a));
    least.files.push(file);
    least.seconds += secondsOf(file);
  }
  return made.map(shard => shard.files.sort()).filter(shard => shard.length > 0);
}
