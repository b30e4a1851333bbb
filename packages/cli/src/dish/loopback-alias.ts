// SPDX-License-Identifier: MIT
import { spawnSync } from "node:child_process";
import { isIPv4 } from "node:net";
import { networkInterfaces } from "node:os";
import { CliError } from "../command.ts";

/** Whether programs here can listen on an address: it is one of this machine's. */
function isHere(address: string): boolean {
  if (address === "0.0.0.0" || (process.platform === "linux" && address.startsWith("127."))) return true;
  return Object.values(networkInterfaces()).some(list => list?.some(entry => entry.address === address));
}

/** Addresses of this machine that were added for a while; disposing takes them away again. */
export interface Aliases extends Disposable {
  /** Those that were not there before. */
  readonly added: readonly string[];
}

/**
 * Gives this machine the addresses that it does not have, on its loopback interface: so a terminal can be at
 * 192.168.100.1 as programs expect, seen from this machine alone.
 *
 * @throws CliError where that takes rights, or a system, that are not here; then nothing was added.
 */
export function addAliases(addresses: readonly string[]): Aliases {
  const missing = [...new Set(addresses)].filter(address => isIPv4(address) && !isHere(address));
  const added: string[] = [];
  const remove = (): void => {
    for (const address of added.splice(0)) ip("del", address);
  };
  for (const address of missing) {
    const fault = process.platform === "linux" ? ip("add", address) : "only Linux is known to do it";
    if (fault === null) {
      added.push(address);
      continue;
    }
    remove();
    throw new CliError(
      `${address} is no address of this machine, and it cannot be added: ${fault}. ` +
        `As root, "ip addr add ${address}/32 dev lo" adds it; or leave --address out to stay on 127.0.0.1.`,
    );
  }
  return { added: [...added], [Symbol.dispose]: remove };
}

/** @returns What went wrong, `null` if nothing did. */
function ip(verb: "add" | "del", address: string): string | null {
  const words = ["address", verb, `${address}/32`, "dev", "lo"];
  const { error, status, stderr } = spawnSync("ip", words, { encoding: "utf8", timeout: 5_000 });
  if (error !== undefined) return `the program "ip" does not run (${error.message})`;
  return status === 0 ? null : stderr.trim().split("\n")[0]!;
}
