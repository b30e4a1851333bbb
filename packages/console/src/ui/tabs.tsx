// SPDX-License-Identifier: MIT
import { type KeyboardEvent, useRef } from "react";

/** The lists of a page; arrow keys go from one to the next. */
export function Tabs<T extends string>(props: {
  label: string;
  tabs: readonly (readonly [id: T, title: string])[];
  chosen: T;
  choose: (tab: T) => void;
  /** What waits in a tab, where something does. */
  waiting?: Readonly<Partial<Record<string, number>>>;
}) {
  const { tabs, chosen, choose } = props;
  const list = useRef<HTMLDivElement>(null);
  const move = (event: KeyboardEvent) => {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const at = tabs.findIndex(([id]) => id === chosen);
    const next = (at + step + tabs.length) % tabs.length;
    const tab = tabs[next];
    if (!tab) return;
    choose(tab[0]);
    list.current?.querySelectorAll("button")[next]?.focus();
  };
  return (
    <div className="tabs" role="tablist" aria-label={props.label} ref={list} onKeyDown={move}>
      {tabs.map(([id, title]) => (
        <button
          key={id}
          type="button"
          role="tab"
          aria-selected={id === chosen}
          tabIndex={id === chosen ? 0 : -1}
          onClick={() => choose(id)}
        >
          {title}
          {props.waiting?.[id] ? (
            <span className="badge">
              {props.waiting[id]}
              <span className="visually-hidden"> wait for you</span>
            </span>
          ) : null}
        </button>
      ))}
    </div>
  );
}
