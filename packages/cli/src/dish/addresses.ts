// SPDX-License-Identifier: MIT
import { isIPv4 } from "node:net";
import type { StandaloneOptions } from "@perigee/operator";
import { CliError } from "../command.ts";

/** Ports of every terminal; 0: any. */
export interface DishPorts {
  readonly port: number;
  readonly "web-port": number;
  readonly "router-port": number;
  readonly "router-web-port": number;
}

/**
 * Where the n-th terminal answers: all of them on the same ports, as real ones do, each at an address of its own, counted
 * up from the first. Where any port will do, all are at the first address.
 */
export function addressesFrom(
  address: string,
  routerAddress: string,
  ports: DishPorts,
): StandaloneOptions["addressesOf"] {
  return n => {
    const at = (first: string): string => (ports.port === 0 ? first : addressAfter(first, n));
    return {
      address: at(address),
      grpcPort: ports.port,
      grpcWebPort: ports["web-port"],
      routerAddress: at(routerAddress),
      routerGrpcPort: ports["router-port"],
      routerGrpcWebPort: ports["router-web-port"],
    };
  };
}

/** @throws CliError where an address has no successor */
export function addressAfter(address: string, n: number): string {
  if (n === 0) return address;
  const [a = 0, b = 0, c = 0, d = 0] = address.split(".").map(Number);
  const value = ((a * 256 + b) * 256 + c) * 256 + d + n;
  if (!isIPv4(address) || value > 0xffff_ffff)
    throw new CliError(
      `several terminals need an IPv4 address to count from, or --port 0; not ${address}`,
      2,
    );
  return [24, 16, 8, 0].map(shift => (value >>> shift) & 255).join(".");
}
