// SPDX-License-Identifier: MIT
import "maplibre-gl/dist/maplibre-gl.css";
import type { PublicMap } from "@perigee/operator/contract";
import { useEffect, useMemo, useRef, useState } from "react";
import { useTheme } from "../../app/theme.ts";
import { published } from "../../data/published.ts";
import { useResource } from "../../data/resource.ts";
import { CellGeometry } from "../cells/cell-geometry.ts";
import { MapControls } from "../map-controls.tsx";
import { MapEngine } from "../map-engine.ts";
import { wholeGlobe } from "../map-view.ts";
import { usePublishedCells } from "./use-published-cells.ts";

const LAND_URL = __LAND_URL__;
/** A region: cells are some pixels wide. */
const PLACE_ZOOM = 5.7;

/** A place on the map. */
export interface PlaceOnMap {
  readonly latDeg: number;
  readonly lonDeg: number;
}

/** The published map, and the place that is asked about; a click asks about another. */
export function PublicMapPane(props: {
  map: PublicMap | null;
  place: PlaceOnMap | null;
  onPlace: (place: PlaceOnMap) => void;
}) {
  const { map, place, onPlace } = props;
  const box = useRef<HTMLDivElement>(null);
  const [engine, setEngine] = useState<MapEngine | null>(null);
  const [flat, setFlat] = useState(false);
  const theme = useTheme();
  const geometry = useMemo(() => new CellGeometry(), []);
  const borders = useResource("borders", map?.boundaryView.version, published.borders);

  // biome-ignore lint/correctness/useExhaustiveDependencies: made once; the theme is followed below
  useEffect(() => {
    if (!box.current) return;
    const viewPx = Math.min(box.current.clientWidth, box.current.clientHeight);
    const made = new MapEngine(box.current, theme, "globe", wholeGlobe(30, 20, viewPx), {
      map: "Published map. What it shows is in the list beside it too.",
    });
    made.setLand(LAND_URL);
    setEngine(made);
    return () => made.destroy();
  }, []);
  useEffect(() => () => geometry.close(), [geometry]);
  useEffect(() => engine?.setTheme(theme), [engine, theme]);
  useEffect(() => engine?.setProjection(flat ? "flat" : "globe"), [engine, flat]);
  useEffect(() => {
    if (borders.value) engine?.setBorders(borders.value);
  }, [engine, borders.value]);
  useEffect(() => {
    if (engine) engine.onGround = (latDeg, lonDeg) => onPlace({ latDeg, lonDeg });
  }, [engine, onPlace]);
  useEffect(() => {
    engine?.setFocus(place);
    if (engine && place) engine.flyTo(place.latDeg, place.lonDeg, Math.max(PLACE_ZOOM, engine.map.getZoom()));
  }, [engine, place]);
  const { near } = usePublishedCells(engine, geometry, map);
  return (
    <>
      <div ref={box} className="map" />
      {engine && <MapControls engine={engine} flat={flat} setFlat={setFlat} />}
      <div className="boundary-note">
        <span>
          {near ? "Cells of about 250 km²." : "Large cells; go nearer for the cells that are decided by."}{" "}
          {map && `Borders as stated by ${map.boundaryView.asserter}.`}
        </span>
      </div>
    </>
  );
}
