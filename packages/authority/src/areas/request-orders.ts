// SPDX-License-Identifier: MIT
import type { AreaRequest } from "./area-request.ts";
import { nameOf } from "./request-decision.ts";

/** A command that somebody is to propose, with its request as far as the request says it. */
export interface OrderToPropose {
  readonly name: string;
  readonly request: { readonly [member: string]: unknown };
}

/**
 * What a granted request about terminals leads to: orders for the officers to propose, under the caps and canaries of
 * every order. Only what is granted is ordered. Requests about areas are carried out by their own ruling, and those
 * about data by no command.
 */
export function ordersOf(request: AreaRequest): readonly OrderToPropose[] {
  const { id, scope, state, granted } = request;
  if (scope.kind !== "terminals" || (state !== "granted" && state !== "partial")) return [];
  const { wants } = scope;
  const ground = `Carries out the ${nameOf(request)}`;
  const parts = { ground, evidence: [id], evidenceClasses: ["lawfulOrder"] };
  const [only] = granted;
  if (granted.length === 1 && only !== undefined) {
    if (wants === "restore") return [{ name: "order.restore", request: { terminalId: only, ground } }];
    const single = { terminalId: only, ...parts };
    return wants === "suspend"
      ? [{ name: "order.suspend", request: { ...single, hours: 72 } }]
      : [{ name: "order.deactivate", request: { ...single, basis: { kind: "lawfulOrder", id } } }];
  }
  const bulk = { action: wants, ...parts, basis: { kind: "lawfulOrder", id }, terminalIds: granted };
  return [{ name: "bulk.propose", request: wants === "suspend" ? { ...bulk, hours: 72 } : bulk }];
}
