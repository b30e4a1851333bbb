// SPDX-License-Identifier: MIT
// Test support, not exported: the demo scenario and an authority over records in memory.
import { generateKeyPairSync } from "node:crypto";
import { fileURLToPath } from "node:url";
import { keyIdOf } from "@perigee/ledger";
import { AuthorityService } from "./authority/authority-service.ts";
import { viewById } from "./boundary.ts";
import { loadScenario, type Scenario } from "./scenario/scenario.ts";
import { type Database, openDatabase } from "./storage/database.ts";
import type { LoggedDecision } from "./storage/decisions.ts";
import type { SigningKey } from "./storage/keys.ts";
import { seedRecords } from "./storage/seed.ts";

export const demoPath = fileURLToPath(new URL("../../../demo/scenario.json", import.meta.url));

export function demo(): Scenario {
  const loaded = loadScenario(demoPath);
  if (!loaded.ok) throw new Error(`${loaded.error.place}: ${loaded.error.message}`);
  return loaded.value;
}

export function newKey(): SigningKey {
  const pair = generateKeyPairSync("ed25519");
  return { ...pair, keyId: keyIdOf(pair.publicKey) };
}

export interface TestAuthority extends AsyncDisposable {
  readonly db: Database;
  readonly key: SigningKey;
  readonly scenario: Scenario;
  readonly decisions: LoggedDecision[];
  readonly authority: AuthorityService;
  /** What a restart does: the records stay, everything else is read again. */
  reopen(): Promise<AuthorityService>;
}

/** The demo's authority over fresh records in memory, at the scenario's start. */
export async function testAuthority(): Promise<TestAuthority> {
  const scenario = demo();
  const db = await openDatabase(null, scenario.startMs);
  const key = newKey();
  const authorityKey = newKey();
  await seedRecords(db, key, scenario, scenario.startMs);
  const decisions: LoggedDecision[] = [];
  const reopen = (): Promise<AuthorityService> =>
    AuthorityService.open({
      db,
      operatorName: scenario.operator,
      screeningLists: { find: () => undefined },
      ledgerKey: key,
      authorityKey,
      boundaryView: viewById(scenario.policy.boundaryView)!,
      longestLeaseMs: 60_000,
      onDecision: decision => decisions.push(decision),
    });
  return {
    db,
    key,
    scenario,
    decisions,
    authority: await reopen(),
    reopen,
    [Symbol.asyncDispose]: () => db.destroy(),
  };
}
