// SPDX-License-Identifier: MIT
import { useSyncExternalStore } from "react";
import { operatorNowMs } from "./live-state.ts";

const listeners = new Set<() => void>();
let second = Math.floor(Date.now() / 1000);
let timer: ReturnType<typeof setTimeout> | undefined;

function tick(): void {
  second = Math.floor(operatorNowMs() / 1000);
  for (const listener of listeners) listener();
  timer = setTimeout(tick, 1005 - (operatorNowMs() % 1000));
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (listeners.size === 1) tick();
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) clearTimeout(timer);
  };
}

/** The operator's clock in whole seconds, as UTC milliseconds; one timer for the whole page. */
export function useSecondMs(): number {
  return useSyncExternalStore(subscribe, () => second) * 1000;
}
