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
} from "./config.ts";
export type { LoadedElements, OperatorContext } from "./context.ts";
export { type Operator, type StartError, type StartOptions, startOperator } from "./operator.ts";
export { loadScenario, parseScenario, type Scenario, type ScenarioError } from "./scenario/scenario.ts";
export { type RunOptions, runScenario, type ScenarioSummary, type TerminalSlot } from "./sim/run-scenario.ts";
export { VERSION } from "./version.ts";
