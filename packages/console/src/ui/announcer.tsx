// SPDX-License-Identifier: MIT
import { createStore, useStore } from "../data/external-store.ts";

const store = createStore({ text: "" });

/** Says something to people who do not see the page; polite, so it waits for a pause. */
export function announce(text: string): void {
  store.set({ text });
}

/** The one live region; empty for the eye. */
export function Announcer() {
  const text = useStore(store, state => state.text);
  return (
    <div role="status" aria-live="polite" className="visually-hidden">
      {text}
    </div>
  );
}
