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
  DatedRevocation,
  LatenessStats,
  LeaseVerdict,
  LinkEngine,
  LinkEngineClient,
  LinkEngineOptions,
  LinkError,
  LinkStats,
  Reason,
  Refused,
  ReservedService,
  Result,
  Revocation,
  RevocationReport,
  TerminalStats,
  TransmitOrder,
} from "./contract.ts";
export { createLinkEngine } from "./engine.ts";
export { connectLinkEngine, type LinkClientOptions } from "./link-client.ts";
export { hostLinkEngine, type LinkHostOptions } from "./link-host.ts";
export { pingRttMs } from "./ping.ts";
