// SPDX-License-Identifier: MIT
import type { PublicMap } from "@perigee/operator/contract";
import { useSearchParams } from "wouter";
import { count } from "../../format/number.ts";
import { dateTime } from "../../format/time.ts";
import { PUBLISHED_WORDS, type PublishedStateName } from "../../map/areas/published-ink.ts";
import { EmptyNote } from "../../ui/notes.tsx";
import { PublishedMark } from "./published-mark.tsx";

/** The map in words: what an ordinary terminal gets in each territory. Search and state stand in the address. */
export function TerritoryList({ map }: { map: PublicMap }) {
  const [parameters, setParameters] = useSearchParams();
  const wanted = (parameters.get("territory") ?? "").trim().toLowerCase();
  const state = parameters.get("state");
  const put = (name: string, value: string) =>
    setParameters(
      before => {
        const next = new URLSearchParams(before);
        if (value === "") next.delete(name);
        else next.set(name, value);
        return next;
      },
      { replace: true },
    );
  const rows = map.territories.flatMap(territory => {
    const shown = map.states[territory.state];
    if (!shown || (state !== null && shown.state !== state)) return [];
    return territory.name.toLowerCase().includes(wanted) ? [{ ...territory, ...shown }] : [];
  });
  return (
    <section className="territory-list" aria-label="The map in words">
      <h2>The map in words</h2>
      <p className="quiet">
        What an ordinary terminal gets, as of {dateTime(map.at)}. It is made from the rules that decide, so it
        cannot say anything else than they do.
      </p>
      <div className="filters">
        <input
          type="search"
          aria-label="Filter territories"
          placeholder="Territory"
          value={parameters.get("territory") ?? ""}
          onChange={event => put("territory", event.target.value)}
        />
        <select aria-label="State" value={state ?? ""} onChange={event => put("state", event.target.value)}>
          <option value="">Any state</option>
          {(Object.keys(PUBLISHED_WORDS) as PublishedStateName[]).map(name => (
            <option key={name} value={name}>
              {PUBLISHED_WORDS[name]}
            </option>
          ))}
        </select>
        <span className="quiet figures" role="status">
          {count(rows.length)} of {count(map.territories.length)}
        </span>
      </div>
      {rows.length === 0 ? (
        <EmptyNote title="No territory fits.">Clear the search to see all of them.</EmptyNote>
      ) : (
        <table className="table">
          <thead>
            <tr>
              <th scope="col">Territory</th>
              <th scope="col">Ordinary terminal</th>
              <th scope="col">Why</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(row => (
              <tr key={row.id}>
                <th scope="row">{row.name}</th>
                <td>
                  <PublishedMark state={row.state} />
                </td>
                <td className="quiet">{row.reason === null ? "" : whyOf(row.sentence)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

/** The sentence after the first, which the state says already. */
const whyOf = (sentence: string): string => sentence.slice(sentence.indexOf(". ") + 2);
