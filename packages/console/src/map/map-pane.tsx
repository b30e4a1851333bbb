// SPDX-License-Identifier: MIT
import "maplibre-gl/dist/maplibre-gl.css";
import { useEffect, useMemo, useRef, useState } from "react";
import { onLookAt } from "../app/look-at.ts";
import { useSelectedTerminal } from "../app/selected-terminal.tsx";
import { useTheme } from "../app/theme.ts";
import { useViewOptions } from "../app/view-options.ts";
import { useLive } from "../data/live-state.ts";
import { useSelection } from "../data/selection.ts";
import { BoundaryNote } from "./boundary-note.tsx";
import { indexConstellation } from "./constellation.ts";
import { Legend } from "./legend.tsx";
import { MapControls } from "./map-controls.tsx";
import { MapEngine } from "./map-engine.ts";
import { wholeGlobe } from "./map-view.ts";
import { SatelliteCard } from "./satellite-card.tsx";
import { useSelectedPlace } from "./selected-place.ts";

const LAND_URL = __LAND_URL__;

/** The map beside the panel: takes everything from the live state and the address. */
export function MapPane() {
  const box = useRef<HTMLDivElement>(null);
  const [engine, setEngine] = useState<MapEngine | null>(null);
  const [selection, select] = useSelection();
  const [view, changeView] = useViewOptions();
  const theme = useTheme();
  const terminals = useLive(state => state.terminals);
  const ground = useLive(state => state.ground);
  const satellites = useLive(state => state.satellites);
  const ephemeris = useLive(state => state.ephemeris);
  const constellation = useMemo(() => satellites && indexConstellation(satellites), [satellites]);
  const detail = useSelectedTerminal().value;
  const link = detail?.detail.link ?? null;
  const place = useSelectedPlace(selection);

  // biome-ignore lint/correctness/useExhaustiveDependencies: made once; theme and view are followed below
  useEffect(() => {
    if (!box.current) return;
    const viewPx = Math.min(box.current.clientWidth, box.current.clientHeight);
    const whole = wholeGlobe(38, 22, viewPx);
    const made = new MapEngine(
      box.current,
      theme,
      view.flat ? "flat" : "globe",
      view.flat ? { ...whole, zoom: 0.6 } : whole,
      { map: "Map of the network. Everything on it is also in the tables." },
    );
    made.setLand(LAND_URL);
    setEngine(made);
    return () => made.destroy();
  }, []);
  useEffect(() => {
    if (engine) engine.onSelect = select;
  }, [engine, select]);
  useEffect(() => engine?.setTheme(theme), [engine, theme]);
  useEffect(() => engine?.setProjection(view.flat ? "flat" : "globe"), [engine, view.flat]);
  useEffect(() => {
    if (terminals) engine?.setTerminals(terminals);
  }, [engine, terminals]);
  useEffect(() => {
    if (ground) engine?.setGround(ground);
  }, [engine, ground]);
  useEffect(() => {
    if (constellation) engine?.setConstellation(constellation);
  }, [engine, constellation]);
  useEffect(() => {
    if (ephemeris) engine?.setEphemeris(ephemeris);
  }, [engine, ephemeris]);
  useEffect(() => {
    const shell = satellites?.shells.findIndex(({ id }) => id === view.shell) ?? -1;
    const chosen =
      selection?.kind === "satellite"
        ? constellation?.indexOfCatalogNumber.get(selection.id)
        : link?.satellite.index;
    engine?.setSky({ shell: shell < 0 ? null : shell, satellite: chosen ?? null, link });
  }, [engine, constellation, satellites, selection, link, view.shell]);
  useEffect(() => engine?.setFocus(place), [engine, place]);
  const ready = selection?.kind === "terminal" ? detail?.id === selection.id : place !== null;
  const seen = selection && ready ? `${selection.kind} ${selection.id}` : null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a moving selection is followed by eye, not by the camera
  useEffect(() => {
    if (link && seen) engine?.fit(link.nodes);
    else if (place && seen) engine?.flyTo(place.latDeg, place.lonDeg);
  }, [engine, seen]);
  useEffect(
    () => (engine ? onLookAt(({ latDeg, lonDeg, zoom }) => engine.flyTo(latDeg, lonDeg, zoom)) : undefined),
    [engine],
  );

  return (
    <>
      <div ref={box} className="map" />
      {engine && <MapControls engine={engine} flat={view.flat} setFlat={flat => changeView({ flat })} />}
      <Legend />
      <SatelliteCard constellation={constellation} ephemeris={ephemeris} />
      {engine && <BoundaryNote engine={engine} />}
    </>
  );
}
