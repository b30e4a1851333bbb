// SPDX-License-Identifier: MIT
// Why a request is not served, once for all protocols. One table turns the kind of refusal into each protocol's words.

export type RefusalKind =
  | "permission"
  /** Ordered to be silent: not a matter of what the terminal may do, its transmitter is off. */
  | "txOff"
  | "link"
  | "capacity"
  | "malformed"
  | "tooLarge"
  | "tooSlow"
  | "unsupportedCommand"
  | "unsupportedAddress"
  | "nameNotFound"
  | "destinationRefused"
  | "unreachable"
  | "timedOut";

export interface Refusal {
  readonly kind: RefusalKind;
  /** Stable, upper case; the operator's own for `permission`. */
  readonly code: string;
  readonly message: string;
}

export interface RefusalWords {
  /** SOCKS5 reply, RFC 1928 section 6. */
  readonly socks: number;
  readonly status: number;
  readonly title: string;
  /** Proxy error type, RFC 9209 section 2.3. */
  readonly proxyError: string;
}

const words = (socks: number, status: number, title: string, proxyError: string): RefusalWords => ({
  socks,
  status,
  title,
  proxyError,
});

export const refusalWords: Readonly<Record<RefusalKind, RefusalWords>> = {
  permission: words(0x02, 403, "Forbidden", "http_request_denied"),
  txOff: words(0x02, 403, "Forbidden", "http_request_denied"),
  link: words(0x03, 503, "Service Unavailable", "destination_unavailable"),
  capacity: words(0x01, 503, "Service Unavailable", "connection_limit_reached"),
  malformed: words(0x01, 400, "Bad Request", "http_request_error"),
  tooLarge: words(0x01, 431, "Request Header Fields Too Large", "http_request_error"),
  tooSlow: words(0x01, 408, "Request Timeout", "http_request_error"),
  unsupportedCommand: words(0x07, 501, "Not Implemented", "http_request_error"),
  unsupportedAddress: words(0x08, 400, "Bad Request", "http_request_error"),
  nameNotFound: words(0x04, 502, "Bad Gateway", "dns_error"),
  destinationRefused: words(0x05, 502, "Bad Gateway", "connection_refused"),
  unreachable: words(0x04, 502, "Bad Gateway", "destination_ip_unroutable"),
  timedOut: words(0x04, 504, "Gateway Timeout", "connection_timeout"),
};

export const noLink: Refusal = {
  kind: "link",
  code: "NO_LINK",
  message: "The terminal has no satellite link in this slot.",
};

export const tooManyConnections: Refusal = {
  kind: "capacity",
  code: "TOO_MANY_CONNECTIONS",
  message: "The terminal has as many open connections as it may have.",
};

export const handshakeTooSlow: Refusal = {
  kind: "tooSlow",
  code: "HANDSHAKE_TIMEOUT",
  message: "The client did not finish its request in time.",
};

/** A request that breaks its protocol: `place` is where, `rule` what should be there. */
export function malformed(place: string, rule: string): Refusal {
  return { kind: "malformed", code: "MALFORMED_REQUEST", message: `${place}: ${rule}` };
}
