// SPDX-License-Identifier: MIT
import type { TerminalRow } from "@perigee/operator/contract";
import { useMemo } from "react";
import { OUTCOME_WORDS } from "../../format/words.ts";
import { OUTCOMES, type TerminalFilters } from "./terminal-filters.ts";

/** Text, state, territory, link. */
export function FilterBar(props: {
  filters: TerminalFilters;
  change: (part: Partial<TerminalFilters>) => void;
  terminals: readonly TerminalRow[];
}) {
  const { filters, change } = props;
  const territories = useMemo(() => {
    const names = new Map<string, string>();
    for (const { position } of props.terminals)
      if (position) names.set(position.territory, position.territoryName);
    return [...names].sort((a, b) => a[1].localeCompare(b[1], "en"));
  }, [props.terminals]);
  return (
    <div className="filters">
      <input
        type="search"
        aria-label="Filter terminals"
        placeholder="Name, id, holder"
        value={filters.text}
        onChange={event => change({ text: event.target.value })}
      />
      <select
        aria-label="State"
        value={filters.outcome ?? ""}
        onChange={event => change({ outcome: OUTCOMES.find(name => name === event.target.value) ?? null })}
      >
        <option value="">Any state</option>
        {OUTCOMES.map(name => (
          <option key={name} value={name}>
            {name === "unknown" ? "Not yet decided" : OUTCOME_WORDS[name]}
          </option>
        ))}
      </select>
      <select
        aria-label="Territory"
        value={filters.territory ?? ""}
        onChange={event => change({ territory: event.target.value || null })}
      >
        <option value="">Anywhere</option>
        {territories.map(([code, name]) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </select>
      <select
        aria-label="Link"
        value={filters.linked === null ? "" : filters.linked ? "yes" : "no"}
        onChange={event =>
          change({ linked: event.target.value === "" ? null : event.target.value === "yes" })
        }
      >
        <option value="">Link or not</option>
        <option value="yes">With link</option>
        <option value="no">Without link</option>
      </select>
    </div>
  );
}
