// SPDX-License-Identifier: MIT
import { lazy, type ReactNode, Suspense, useCallback, useMemo } from "react";
import { useSearchParams } from "wouter";
import { ErrorGuard } from "../../app/error-guard.tsx";
import { published } from "../../data/published.ts";
import { useResource } from "../../data/resource.ts";
import type { PlaceOnMap } from "../../map/areas/public-map-pane.tsx";
import { FailureNote, Skeleton } from "../../ui/notes.tsx";
import { PlaceAnswers } from "./place-answers.tsx";
import { PlaceSearch } from "./place-search.tsx";
import { PublicFrame } from "./public-frame.tsx";
import { PublishedLegend } from "./published-mark.tsx";
import { TerritoryList } from "./territory-list.tsx";

const PublicMapPane = lazy(async () => {
  const { PublicMapPane } = await import("../../map/areas/public-map-pane.tsx");
  return { default: PublicMapPane };
});

/** Can I have service here? For everybody, without signing in. The place is in the address. */
export function MapPage({ who }: { who: ReactNode }) {
  const map = useResource("map", null, published.map);
  const [place, choose] = usePlace();
  const answer = useResource(place && `${place.latDeg} ${place.lonDeg}`, map.value?.version, () =>
    published.place(place?.latDeg ?? 0, place?.lonDeg ?? 0),
  );
  return (
    <PublicFrame who={who} wide>
      <section className="map-pane" aria-label="Map">
        <ErrorGuard what="The map cannot be drawn here. It needs WebGL 2. The list beside it says the same.">
          <Suspense fallback={<div className="map-coming">The map is loading…</div>}>
            <PublicMapPane map={map.value} place={place} onPlace={choose} />
          </Suspense>
        </ErrorGuard>
      </section>
      <main className="panel open-panel" tabIndex={-1}>
        <h1>Can I have service here?</h1>
        <PlaceSearch onPlace={choose} />
        {answer.failure && <FailureNote failure={answer.failure} retry={answer.reload} />}
        {answer.loading && <Skeleton lines={8} label="The answers are loading" />}
        {answer.value && <PlaceAnswers place={answer.value} />}
        <PublishedLegend />
        {map.failure && <FailureNote failure={map.failure} retry={map.reload} />}
        {map.loading && (
          <>
            <p className="quiet">
              The map is being made from the rules in force; the first time takes seconds.
            </p>
            <Skeleton lines={8} label="The map is being made" />
          </>
        )}
        {map.value && <TerritoryList map={map.value} />}
      </main>
    </PublicFrame>
  );
}

/** The place in the address; each change is a step in the browser's history. */
function usePlace(): [PlaceOnMap | null, (place: PlaceOnMap) => void] {
  const [parameters, setParameters] = useSearchParams();
  const [lat, lon] = [parameters.get("lat"), parameters.get("lon")];
  const place = useMemo(() => {
    const latDeg = lat === null || lat === "" ? Number.NaN : Number(lat);
    const lonDeg = lon === null || lon === "" ? Number.NaN : Number(lon);
    return Math.abs(latDeg) <= 90 && Math.abs(lonDeg) <= 180 ? { latDeg, lonDeg } : null;
  }, [lat, lon]);
  const choose = useCallback(
    ({ latDeg, lonDeg }: PlaceOnMap) =>
      setParameters(before => {
        const next = new URLSearchParams(before);
        next.set("lat", latDeg.toFixed(4));
        next.set("lon", lonDeg.toFixed(4));
        return next;
      }),
    [setParameters],
  );
  return [place, choose];
}
