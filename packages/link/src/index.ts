// SPDX-License-Identifier: MIT

/**
 * The data plane: bytes of terminals through the link state of the slot, under a lease, in streams fidelity.
 *
 * @packageDocumentation
 */
export { systemClock } from "./clock.ts";
export type {
  AttachRequest,
  BatchReport,
  LatenessStats,
  LeaseVerdict,
  LinkEngine,
  LinkEngineClient,
  LinkEngineOptions,
  LinkError,
  LinkStats,
  Reason,
  ReservedService,
  Result,
  Revocation,
  TerminalStats,
} from "./contract.ts";
export { createLinkEngine } from "./engine.ts";
export { connectLinkEngine } from "./link-client.ts";
export { hostLinkEngine, type LinkHostOptions } from "./link-host.ts";
