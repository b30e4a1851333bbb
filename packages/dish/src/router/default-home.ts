// SPDX-License-Identifier: MIT
import { draw, hashText } from "./draw.ts";
import type { RouterClient, RouterHome } from "./inputs.ts";

/** What people own, in the order in which they get it. */
const belongings: readonly (readonly [name: string, connection: RouterClient["connection"]])[] = [
  ["phone", "5GHz"],
  ["laptop", "5GHz"],
  ["tablet", "5GHz"],
  ["watch", "2.4GHz"],
];
/** What a household has besides. */
const fixtures: readonly (readonly [name: string, connection: RouterClient["connection"]])[] = [
  ["television", "ethernet"],
  ["speaker", "2.4GHz"],
  ["printer", "2.4GHz"],
  ["thermostat", "2.4GHz"],
  ["doorbell", "2.4GHz"],
  ["game-console", "ethernet"],
];
/** An address pool of a /24 has no room for more. */
const MOST_CLIENTS = 128;

/**
 * The home of a router about which nothing is said: each person has one device or two, up to four, and the house has
 * some.
 *
 * @param routerId - What the draws follow from.
 * @param users - How many people there are; 0: one machine on a cable.
 */
export function defaultHome(routerId: string, users: number): RouterHome {
  const seed = hashText(routerId);
  const networkName = `HOME-${(seed & 0xffff).toString(16).toUpperCase().padStart(4, "0")}`;
  if (users === 0)
    return { networkName, bypass: false, clients: [{ name: "controller", connection: "ethernet" }] };
  const clients: RouterClient[] = [];
  for (let person = 0; person < users; person++) {
    const owns = 1 + Math.floor(draw(seed, person, 0) * belongings.length * 0.75);
    for (const [name, connection] of belongings.slice(0, owns))
      clients.push({ name: `${name}-${person + 1}`, connection });
  }
  for (const [i, [name, connection]] of fixtures.entries())
    if (draw(seed, i, 1) < 0.5) clients.push({ name, connection });
  return { networkName, bypass: false, clients: clients.slice(0, MOST_CLIENTS) };
}
