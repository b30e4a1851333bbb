// SPDX-License-Identifier: MIT

/** The addresses that a terminal has while it is linked through a point of presence. */
export interface Addresses {
  readonly ipv4: readonly string[];
  /** Of the terminal itself, /64. */
  readonly ipv6Ue: readonly string[];
  /** For the network behind it, /56. */
  readonly ipv6Cpe: readonly string[];
}

/** A terminal without a link has none. */
export const noAddresses: Addresses = { ipv4: [], ipv6Ue: [], ipv6Cpe: [] };

/** 100.64.0.0/10: address space shared behind carriers' translators (RFC 6598). */
const SHARED = 0x6440_0000;
const SHARED_SIZE = 2 ** 22;
/** 198.18.0.0/15: for tests of networks, never routed (RFC 2544, RFC 6890); stands for public addresses. */
const UNSHARED = 0xc612_0000;
const UNSHARED_SIZE = 2 ** 17;

/**
 * The operator's address plan. Addresses are those that documents and tests may use, for no others are ours to give.
 *
 * Terminals and points of presence are counted in the order in which they came to be known. An IPv4 address is unique
 * within a point of presence (up to 4 million terminals there), an IPv6 prefix everywhere: 3fff::/20 (RFC 9637) has 8
 * bits for the point of presence, 27 for the terminal and one that parts the terminal's own /64 from the /56 behind it.
 *
 * @param terminal - Its number, from 0.
 * @param pop - Number of the point of presence, from 0.
 * @param isPublic - Whether the service line asked for a public IPv4 address.
 */
export function addressesOf(terminal: number, pop: number, isPublic: boolean): Addresses {
  const v4 = isPublic ? UNSHARED + (terminal % UNSHARED_SIZE) : SHARED + (terminal % SHARED_SIZE);
  return {
    ipv4: [ipv4(v4)],
    ipv6Ue: [`${ipv6(pop, terminal, 0)}/64`],
    ipv6Cpe: [`${ipv6(pop, terminal, 1)}/56`],
  };
}

const ipv4 = (address: number): string => [24, 16, 8, 0].map(shift => (address >>> shift) & 0xff).join(".");

/** The prefix 3fff::/20, pop (8 bits), terminal (27 bits), part (1 bit): 56 bits in all. */
function ipv6(pop: number, terminal: number, part: 0 | 1): string {
  const bits =
    (0x3fff0n << 36n) | (BigInt(pop & 0xff) << 28n) | (BigInt(terminal % 2 ** 27) << 1n) | BigInt(part);
  const groups = (bits << 8n).toString(16).padStart(16, "0").match(/.{4}/g)!;
  return `${groups.map(group => Number.parseInt(group, 16).toString(16)).join(":")}::`;
}
