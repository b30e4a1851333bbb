// SPDX-License-Identifier: MIT
import type { IconName } from "../ui/icon.tsx";

/** A page of the console; the rail, the shortcuts and the routes are made from this list. */
export interface Page {
  readonly path: string;
  readonly title: string;
  readonly icon: IconName;
  /** Second key after `g`. */
  readonly key: string;
}

export const PAGES: readonly Page[] = [
  { path: "/network", title: "Network", icon: "network", key: "n" },
  { path: "/terminals", title: "Terminals", icon: "terminals", key: "t" },
  { path: "/accounts", title: "Accounts", icon: "accounts", key: "c" },
  { path: "/cases", title: "Cases", icon: "cases", key: "s" },
  { path: "/orders", title: "Orders", icon: "orders", key: "o" },
  { path: "/approvals", title: "Approvals", icon: "approvals", key: "p" },
  { path: "/areas", title: "Areas", icon: "areas", key: "a" },
  { path: "/ledger", title: "Ledger", icon: "ledger", key: "l" },
];
