// SPDX-License-Identifier: MIT
import { type KeyboardEvent, useMemo, useState } from "react";
import { useLocation, useSearchParams } from "wouter";
import { useLive } from "../data/live-state.ts";
import { writeSelection } from "../data/selection.ts";
import { Icon } from "../ui/icon.tsx";
import { lookAt } from "./look-at.ts";
import { type Hit, search } from "./search-index.ts";
import { pageHref } from "./view-options.ts";

/** Finds anything by any of its identifiers (combobox with a list, WAI-ARIA 1.2 pattern). */
export function Search() {
  const [text, setText] = useState("");
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const go = useGo();
  const terminals = useLive(state => state.terminals);
  const satellites = useLive(state => state.satellites);
  const ground = useLive(state => state.ground);
  const hits = useMemo(
    () => (open ? search(text, { terminals, satellites, ground }) : []),
    [open, text, terminals, satellites, ground],
  );
  const shown = open && text.trim() !== "";

  const choose = (hit: Hit) => {
    go(hit);
    setOpen(false);
    setText("");
    document.querySelector<HTMLElement>("#search")?.blur();
  };
  const onKey = (event: KeyboardEvent<HTMLInputElement>) => {
    const hit = hits[active];
    if (event.key === "ArrowDown") setActive(Math.min(hits.length - 1, active + 1));
    else if (event.key === "ArrowUp") setActive(Math.max(0, active - 1));
    else if (event.key === "Enter" && hit) choose(hit);
    else if (event.key === "Escape") {
      setText("");
      event.currentTarget.blur();
    } else return;
    event.preventDefault();
  };
  return (
    <search className="search">
      <Icon name="search" size={18} />
      <input
        id="search"
        type="text"
        role="combobox"
        aria-label="Search terminals, places, satellites, gateways"
        aria-expanded={shown}
        aria-controls="search-hits"
        aria-autocomplete="list"
        {...(shown && hits[active] ? { "aria-activedescendant": `hit-${active}` } : {})}
        placeholder="Search anything"
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={event => {
          setText(event.target.value);
          setActive(0);
          setOpen(true);
        }}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={onKey}
      />
      <kbd title="Press / to search">/</kbd>
      <div id="search-hits" className="hits" role="listbox" aria-label="Found" hidden={!shown}>
        {hits.map((hit, i) => (
          // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus and names the active option
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field handles the keys
          <div
            key={hit.key}
            id={`hit-${i}`}
            role="option"
            aria-selected={i === active}
            className="hit"
            onMouseDown={event => event.preventDefault()}
            onClick={() => choose(hit)}
            onMouseMove={() => setActive(i)}
          >
            {hit.group !== hits[i - 1]?.group && <span className="hit-group">{hit.group}</span>}
            <span className="hit-title">{hit.title}</span>
            <span className="hit-detail">{hit.detail}</span>
          </div>
        ))}
        {shown && hits.length === 0 && (
          // biome-ignore lint/a11y/useFocusableInteractive: says that there is nothing to choose
          <div className="hit none" role="option" aria-selected={false} aria-disabled="true">
            Nothing is called “{text.trim()}”. Try an identifier, a holder, a city, or “50.45, 30.52”.
          </div>
        )}
      </div>
    </search>
  );
}

function useGo(): (hit: Hit) => void {
  const [location, navigate] = useLocation();
  const [parameters] = useSearchParams();
  return ({ target }) => {
    if (target.kind === "place") {
      lookAt({ ...target, zoom: 5 });
    } else if (target.kind === "territory") {
      navigate(`/terminals?${new URLSearchParams({ territory: target.territory })}`);
    } else {
      const page =
        target.selection.kind === "terminal"
          ? "/terminals"
          : location === "/terminals"
            ? "/network"
            : location;
      navigate(pageHref(page, writeSelection(parameters, target.selection)));
    }
  };
}
