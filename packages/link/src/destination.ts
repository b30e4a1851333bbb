// SPDX-License-Identifier: MIT
import { isIPv6 } from "node:net";
import type { ReservedService } from "./contract.ts";

/** Where a client wants to go. */
export interface Destination {
  /** IP literal without brackets, or a lower-case name without a final dot. */
  readonly host: string;
  readonly port: number;
  /** A name of the operator's own; then `dial` is that service. */
  readonly reserved: boolean;
  /** One of those where calls for help go. */
  readonly emergency: boolean;
  readonly dial: ReservedService;
}

/** RFC 1035: a name has at most 253 characters in text. */
const NAME_MAX = 253;
/** Letters, digits, hyphen, and the underscore that real names use; labels not empty. */
const NAME = /^[a-z0-9_-]+(\.[a-z0-9_-]+)*$/;

/** Lower case, no final dot; `null` if it is neither a name nor an IP literal. */
export function normaliseHost(text: string): string | null {
  const host = text.toLowerCase();
  if (isIPv6(host)) return host.includes("%") ? null : host;
  const name = host.endsWith(".") ? host.slice(0, -1) : host;
  return name.length <= NAME_MAX && NAME.test(name) ? name : null;
}

/** Own names win over everything that a resolver might say. */
export function toDestination(
  host: string,
  port: number,
  reserved: ReadonlyMap<string, ReservedService>,
): Destination {
  const own = reserved.get(host);
  return own === undefined
    ? { host, port, reserved: false, emergency: false, dial: { host, port } }
    : { host, port, reserved: true, emergency: own.emergency === true, dial: own };
}
