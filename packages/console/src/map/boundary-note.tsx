// SPDX-License-Identifier: MIT
import { useEffect } from "react";
import { useViewOptions } from "../app/view-options.ts";
import { api } from "../data/api.ts";
import { useLive } from "../data/live-state.ts";
import { useResource } from "../data/resource.ts";
import type { MapEngine } from "./map-engine.ts";

/** Whose borders these are. Borders come from the chosen view only, and its name stands beside the map. */
export function BoundaryNote({ engine }: { engine: MapEngine }) {
  const [{ boundaryView }, changeView] = useViewOptions();
  const own = useLive(state => state.status?.boundaryView);
  const listed = useLive(state => state.boundaryViews);
  const views = listed ?? (own ? [own] : []);
  const id = boundaryView ?? own?.id ?? views[0]?.id ?? null;
  const shown = views.find(view => view.id === id) ?? null;
  const borders = useResource(id, null, () => api.borders(id ?? ""));
  useEffect(() => {
    if (borders.value) engine.setBorders(borders.value);
  }, [engine, borders.value]);
  return (
    <div className="boundary-note">
      <label htmlFor="boundary-view">Borders</label>
      <select
        id="boundary-view"
        value={id ?? ""}
        onChange={event =>
          changeView({ boundaryView: event.target.value === own?.id ? null : event.target.value })
        }
      >
        {views.map(view => (
          <option key={view.id} value={view.id}>
            {view.title}
          </option>
        ))}
      </select>
      <span className="asserter">
        {borders.failure
          ? "could not be loaded"
          : shown
            ? `as stated by ${shown.asserter}, version ${shown.version}`
            : "…"}
      </span>
    </div>
  );
}
