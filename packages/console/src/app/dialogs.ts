// SPDX-License-Identifier: MIT
import type { TerminalRow } from "@perigee/operator/contract";
import { createStore, useStore } from "../data/external-store.ts";
import type { CommandAsk } from "../ui/command-dialog/command-ask.ts";

/** The one dialog that may be open. */
export type OpenDialog =
  | { readonly kind: "help" }
  | { readonly kind: "command"; readonly ask: CommandAsk }
  | { readonly kind: "actions"; readonly terminal: TerminalRow }
  | { readonly kind: "order"; readonly order: "suspend" | "restore"; readonly terminal: TerminalRow };

const store = createStore<{ open: OpenDialog | null }>({ open: null });

export function openDialog(open: OpenDialog): void {
  store.set({ open });
}

export function closeDialog(): void {
  store.set({ open: null });
}

export function useDialog(): OpenDialog | null {
  return useStore(store, state => state.open);
}
