// SPDX-License-Identifier: MIT
import { useMemo } from "react";
import { useViewOptions } from "../../app/view-options.ts";
import { useLive } from "../../data/live-state.ts";
import { count } from "../../format/number.ts";
import { SERVICE_WORDS } from "../../format/words.ts";
import { FailureNote, Skeleton } from "../../ui/notes.tsx";

/** Satellites by shell; a shell can be shown alone on the map. */
export function ShellTable() {
  const satellites = useLive(state => state.satellites);
  const failure = useLive(state => state.failures.satellites);
  const [view, changeView] = useViewOptions();
  const rows = useMemo(() => {
    if (!satellites) return [];
    const { shells, shell, lasers } = satellites;
    return shells.map((of, i) => {
      let links = 0;
      for (let k = 0; k < lasers.length; k += 2) if (shell[lasers[k] ?? -1] === i) links += 1;
      return { ...of, satellites: shell.filter(s => s === i).length, links };
    });
  }, [satellites]);
  return (
    <section aria-labelledby="shells">
      <h2 id="shells">Shells</h2>
      {failure && <FailureNote failure={failure} />}
      {!satellites && !failure && <Skeleton lines={5} label="Shells are loading" />}
      {satellites && (
        <table className="table">
          <thead>
            <tr>
              <th scope="col">Shell</th>
              <th scope="col">Service</th>
              <th scope="col" data-figures>
                Satellites
              </th>
              <th scope="col" data-figures>
                Lasers
              </th>
              <th scope="col">Map</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(row => (
              <tr key={row.id} data-selected={view.shell === row.id || undefined}>
                <th scope="row">{row.title}</th>
                <td>{SERVICE_WORDS[row.service]}</td>
                <td data-figures>{count(row.satellites)}</td>
                <td data-figures>{count(row.links)}</td>
                <td>
                  <button
                    type="button"
                    className="link-button"
                    aria-pressed={view.shell === row.id}
                    aria-label={
                      view.shell === row.id ? "All shells on the map" : `Only ${row.title} on the map`
                    }
                    onClick={() => changeView({ shell: view.shell === row.id ? null : row.id })}
                  >
                    {view.shell === row.id ? "All" : "Only"}
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
