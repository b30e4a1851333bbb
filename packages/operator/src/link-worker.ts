// SPDX-License-Identifier: MIT
// The data plane's thread: its timers must not wait for plans, queries or pages.
import { createPublicKey } from "node:crypto";
import { BlockList, isIPv6 } from "node:net";
import { networkInterfaces } from "node:os";
import { type MessagePort, workerData } from "node:worker_threads";
import { leaseVerifier } from "@perigee/authority";
import { hostLinkEngine, type LinkEngineOptions } from "@perigee/link";

/** What the operator hands to this thread. */
export interface LinkWorkerData {
  readonly port: MessagePort;
  /** The authority's public key, SPKI DER. */
  readonly authorityKey: Uint8Array;
  readonly listenAddress: string;
  readonly reserved: NonNullable<LinkEngineOptions["reserved"]>;
  /** The reserved name that answers in place of web pages out of reach. */
  readonly captive: string;
  /** Ports of this machine that no terminal may reach: the operator's own. */
  readonly ownPorts: readonly number[];
  readonly faults: boolean;
}

const { port, authorityKey, listenAddress, reserved, captive, ownPorts, faults } =
  workerData as LinkWorkerData;
const verify = leaseVerifier(
  createPublicKey({ key: Buffer.from(authorityKey), format: "der", type: "spki" }),
);

/** Every address under which a program on this machine reaches this machine. */
const here = new BlockList();
here.addSubnet("127.0.0.0", 8);
here.addSubnet("0.0.0.0", 8);
here.addAddress("::1", "ipv6");
here.addAddress("::", "ipv6");
for (const { address, family } of Object.values(networkInterfaces()).flatMap(list => list ?? [])) {
  here.addAddress(address, family === "IPv6" ? "ipv6" : "ipv4");
}

hostLinkEngine(port, {
  listenAddress,
  reserved,
  captive,
  faults,
  forbidden: (address, asked) =>
    ownPorts.includes(asked) && here.check(address, isIPv6(address) ? "ipv6" : "ipv4"),
  verifyLease: (lease, atMs) => {
    const verified = verify(lease, atMs);
    return verified.ok ? { ok: true, claims: verified.value } : verified;
  },
});
