// SPDX-License-Identifier: MIT
import type { Order } from "@perigee/operator/contract";

/** The order that suspends the terminal now, if one does. */
export function activeSuspension(orders: readonly Order[]): Order | null {
  return orders.find(({ kind, endedAt }) => kind === "suspend" && endedAt === null) ?? null;
}
