// SPDX-License-Identifier: MIT
import { useTheme } from "../../app/theme.ts";
import { PUBLISHED_WORDS, type PublishedStateName, publishedInk } from "../../map/areas/published-ink.ts";
import { CellSwatch } from "../../map/cells/cell-swatch.tsx";

/** A state of the published map as it looks on the map, and in words. */
export function PublishedMark({ state }: { state: PublishedStateName }) {
  const theme = useTheme();
  return (
    <span className="published-mark">
      <CellSwatch ink={publishedInk(theme, state)} />
      {PUBLISHED_WORDS[state]}
    </span>
  );
}

/** What the looks of cells mean. */
export function PublishedLegend() {
  return (
    <ul className="published-legend" aria-label="What the map's colours and patterns mean">
      {(Object.keys(PUBLISHED_WORDS) as PublishedStateName[]).map(state => (
        <li key={state}>
          <PublishedMark state={state} />
        </li>
      ))}
    </ul>
  );
}
