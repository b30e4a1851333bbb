// SPDX-License-Identifier: MIT
import { createStore, useStore } from "../data/external-store.ts";
import type { Theme } from "../map/palette.ts";

const KEY = "perigee.theme";

function initial(): Theme {
  try {
    return localStorage.getItem(KEY) === "light" ? "light" : "dark";
  } catch {
    return "dark";
  }
}

const store = createStore<{ theme: Theme }>({ theme: "dark" });

/** Applies the remembered theme; call before the first picture. */
export function startTheme(): void {
  apply(initial());
}

export function toggleTheme(): void {
  apply(store.get().theme === "dark" ? "light" : "dark");
}

export function useTheme(): Theme {
  return useStore(store, state => state.theme);
}

function apply(theme: Theme): void {
  document.documentElement.dataset["theme"] = theme;
  store.set({ theme });
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // Private windows may refuse storage; the theme then lasts as long as the page.
  }
}
