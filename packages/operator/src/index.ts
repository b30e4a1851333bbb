// SPDX-License-Identifier: MIT
/**
 * The server: puts the rooms together, keeps their records, and answers over HTTP.
 *
 * @packageDocumentation
 */
export {
  type Config,
  type ConfigError,
  type ConfigKey,
  configKeys,
  defaults,
  describeKey,
  environmentName,
  flagName,
  type ResolvedConfig,
  resolveConfig,
  shownValue,
} from "./config.ts";
export type { LoadedElements, OperatorContext } from "./context.ts";
/** Terminals without an operator. */
export {
  listScenes,
  type StandaloneDishes,
  type StandaloneOptions,
  startStandaloneDishes,
} from "./dish/standalone.ts";
export { type Operator, type StartError, type StartOptions, startOperator } from "./operator.ts";
export { ScenarioMismatch } from "./scenario/conditions.ts";
export { loadScenario, parseScenario, type Scenario, type ScenarioError } from "./scenario/scenario.ts";
export { type RunOptions, runScenario, type ScenarioSummary, type TerminalSlot } from "./sim/run-scenario.ts";
/** The records without an operator: what backup, restore and benchmarks work on. */
export {
  type BackupHeader,
  type BackupSummary,
  type RestoreError,
  restoreBackup,
  writeBackup,
} from "./storage/backup.ts";
export { connectDatabase, type Database, isPostgresUrl, openDatabase } from "./storage/database.ts";
export { type DatabaseLock, lockDatabase, withoutPassword } from "./storage/database-lock.ts";
export { logDecisions } from "./storage/decisions.ts";
export { type SigningKey, signingKey } from "./storage/keys.ts";
export { verifyStoredLog } from "./storage/ledger-audit.ts";
export { appendEntries, newestHead } from "./storage/ledger-store.ts";
export { LedgerTiles } from "./storage/ledger-tiles.ts";
export { type DirectoryLock, type LockHeld, lockDirectory } from "./storage/lock.ts";
/** What is kept of every terminal for every slot: what benchmarks and embedders work on. */
export type {
  CellVisit,
  RecentRows,
  Telemetry,
  TelemetryRow,
  TerminalUsage,
} from "./telemetry/row.ts";
export { type TelemetryOptions, type TelemetryStatus, TelemetryStore } from "./telemetry/store.ts";
export { VERSION } from "./version.ts";
