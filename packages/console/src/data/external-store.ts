// SPDX-License-Identifier: MIT
import { useSyncExternalStore } from "react";

/** A value outside React that components watch in part. */
export interface ExternalStore<S> {
  get(): S;
  set(change: Partial<S>): void;
  subscribe(listener: () => void): () => void;
}

/** Makes a store; `set` replaces the named fields and tells every watcher. */
export function createStore<S extends object>(initial: S): ExternalStore<S> {
  let state = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => state,
    set(change) {
      state = { ...state, ...change };
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Watches one part of a store; `select` must return the same reference while its part is unchanged. */
export function useStore<S, T>(store: ExternalStore<S>, select: (state: S) => T): T {
  return useSyncExternalStore(store.subscribe, () => select(store.get()));
}
