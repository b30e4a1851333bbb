// SPDX-License-Identifier: MIT
// The data plane's thread: its timers must not wait for plans, queries or pages.
import { createPublicKey } from "node:crypto";
import { type MessagePort, workerData } from "node:worker_threads";
import { verifyLease } from "@perigee/authority";
import { hostLinkEngine, type LinkEngineOptions } from "@perigee/link";

/** What the operator hands to this thread. */
export interface LinkWorkerData {
  readonly port: MessagePort;
  /** The authority's public key, SPKI DER. */
  readonly authorityKey: Uint8Array;
  readonly listenAddress: string;
  readonly reserved: NonNullable<LinkEngineOptions["reserved"]>;
  readonly faults: boolean;
}

const { port, authorityKey, listenAddress, reserved, faults } = workerData as LinkWorkerData;
const publicKey = createPublicKey({ key: Buffer.from(authorityKey), format: "der", type: "spki" });

hostLinkEngine(port, {
  listenAddress,
  reserved,
  faults,
  verifyLease: (lease, atMs) => {
    const verified = verifyLease(lease, publicKey, atMs);
    return verified.ok ? { ok: true, claims: verified.value } : verified;
  },
});
