// SPDX-License-Identifier: MIT
import type { Terminal } from "@perigee/authority";
import { type FleetAnswer, type FleetCall, notFound } from "../../operation.ts";
import type { FleetRouter } from "../../ports.ts";
import { routerIdIn } from "../../wire-ids.ts";

/** The router of the caller's account that the path names, and the terminal before it. */
export function ownRouter({
  account,
  fleet: { operator, ports },
  path,
}: FleetCall):
  | { readonly ok: true; readonly value: { readonly router: FleetRouter; readonly terminal: Terminal } }
  | (FleetAnswer<never> & { readonly ok: false }) {
  const name = path["routerId"]!;
  const id = routerIdIn(name);
  if (id !== null && ports.devices !== null) {
    for (const terminal of operator.authority.book.about("terminal", account.id)) {
      if (terminal.accountId !== account.id) continue;
      const router = ports.devices.routersOf(terminal.id).find(each => each.id === id);
      if (router !== undefined) return { ok: true, value: { router, terminal } };
    }
  }
  return notFound("routerId", name);
}
