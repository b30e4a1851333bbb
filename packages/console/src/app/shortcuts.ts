// SPDX-License-Identifier: MIT
import { useEffect, useRef } from "react";
import { useLocation, useSearchParams } from "wouter";
import { terminalRowNow } from "../data/live-feed.ts";
import { readSelection } from "../data/selection.ts";
import { announce } from "../ui/announcer.tsx";
import { openDialog } from "./dialogs.ts";
import { PAGES } from "./pages.ts";
import { LAYER_WORDS, nextLayer, pageHref, useViewOptions } from "./view-options.ts";

const CHORD_MS = 1200;

/** What the keys do; the help dialog shows this list. */
export const SHORTCUTS: readonly (readonly [keys: string, does: string])[] = [
  ["/", "Search; in a list, its own search"],
  ["g n", "Go to Network"],
  ["g t", "Go to Terminals"],
  ["g c", "Go to Accounts"],
  ["g s", "Go to Cases"],
  ["g o", "Go to Orders"],
  ["g p", "Go to Approvals"],
  ["g a", "Go to Areas"],
  ["g l", "Go to Ledger"],
  ["m", "Globe or flat map"],
  ["c", "Cells: none, coverage, capacity, demand met"],
  ["← →", "On the time slider: one slot; with shift one minute"],
  ["Home", "On the time slider: back to now"],
  [".", "Actions of the selected terminal"],
  ["j k ↓ ↑", "Next and previous row of a table"],
  ["Enter", "Select the row"],
  ["Esc", "Close a dialog or the search"],
  ["?", "This help"],
];

/** Listens for the console's keys while no field or dialog has the focus. */
export function useShortcuts(): void {
  const [, navigate] = useLocation();
  const [parameters] = useSearchParams();
  const [view, changeView] = useViewOptions();
  const chordAt = useRef(0);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isBusy(event.target))
        return;
      const chord = event.timeStamp - chordAt.current < CHORD_MS;
      chordAt.current = 0;
      const page = chord ? PAGES.find(({ key }) => key === event.key) : undefined;
      if (page) navigate(pageHref(page.path, parameters));
      else if (event.key === "g") chordAt.current = event.timeStamp;
      else if (event.key === "/") document.querySelector<HTMLElement>("#search")?.focus();
      else if (event.key === "?") openDialog({ kind: "help" });
      else if (event.key === "m") {
        changeView({ flat: !view.flat });
        announce(view.flat ? "Globe" : "Flat map");
      } else if (event.key === "c") {
        const layer = nextLayer(view.layer);
        changeView({ layer });
        announce(`Cells: ${LAYER_WORDS[layer]}`);
      } else if (event.key === ".") openActions(parameters);
      else return;
      event.preventDefault();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [navigate, parameters, view.flat, view.layer, changeView]);
}

function openActions(parameters: URLSearchParams): void {
  const selection = readSelection(parameters);
  const terminal = selection?.kind === "terminal" ? terminalRowNow(selection.id) : undefined;
  if (terminal) openDialog({ kind: "actions", terminal });
  else announce("Select a terminal first.");
}

function isBusy(target: EventTarget | null): boolean {
  const field = "input:not([type=range]), textarea, select, [role=dialog]";
  return target instanceof Element && target.closest(field) !== null;
}
