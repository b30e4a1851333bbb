// SPDX-License-Identifier: MIT
import "maplibre-gl/dist/maplibre-gl.css";
import { useEffect, useMemo, useRef, useState } from "react";
import { onLookAt } from "../app/look-at.ts";
import { useSelectedPlanet } from "../app/selected-planet.tsx";
import { useSelectedTerminal } from "../app/selected-terminal.tsx";
import { useTheme } from "../app/theme.ts";
import { useViewOptions } from "../app/view-options.ts";
import { api } from "../data/api.ts";
import { useShownTime } from "../data/as-of.ts";
import { useLive } from "../data/live-state.ts";
import { useResource } from "../data/resource.ts";
import { useSelection } from "../data/selection.ts";
import { useAreaLayer } from "./areas/use-area-layer.ts";
import { BoundaryNote } from "./boundary-note.tsx";
import { useCaseLayer } from "./cases/use-case-layer.ts";
import { CellCard } from "./cells/cell-card.tsx";
import { CellPanel } from "./cells/cell-panel.tsx";
import { useCellLayers } from "./cells/use-cell-layers.ts";
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
  const liveEphemeris = useLive(state => state.ephemeris);
  const { asOf, kind } = useShownTime();
  const otherSlot = asOf && kind !== "outside" ? asOf.slot : null;
  const other = useResource(otherSlot === null ? null : "ephemeris", otherSlot, () =>
    api.ephemeris(otherSlot ?? 0),
  );
  const ephemeris = asOf ? (other.value ?? liveEphemeris) : liveEphemeris;
  const asOfMs = asOf && other.value ? asOf.startMs : null;
  const constellation = useMemo(() => satellites && indexConstellation(satellites), [satellites]);
  const detail = useSelectedTerminal().value;
  // A path belongs to the slot it was planned for; of other slots only who served the terminal is on record.
  const link = asOf ? null : (detail?.detail.link ?? null);
  const { satellite, record } = useSelectedPlanet();
  const planned = satellite.value;
  const served = record.value?.link?.satellite ?? null;
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
    engine?.setAsOf(asOfMs);
  }, [engine, ephemeris, asOfMs]);
  useEffect(() => {
    const shell = satellites?.shells.findIndex(({ id }) => id === view.shell) ?? -1;
    const number = selection?.kind === "satellite" ? selection.id : served?.catalogNumber;
    const chosen =
      number === undefined ? link?.satellite.index : constellation?.indexOfCatalogNumber.get(String(number));
    const from = served ? place : null;
    engine?.setSky({
      shell: shell < 0 ? null : shell,
      satellite: chosen ?? null,
      link,
      from,
      loads: planned,
    });
  }, [engine, constellation, satellites, selection, link, planned, served, place, view.shell]);
  useAreaLayer(engine);
  useCaseLayer(engine);
  const cellLayers = useCellLayers(engine, selection, select);
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
      <div className="map-corner">
        <Legend />
        <CellPanel state={cellLayers} />
      </div>
      <SatelliteCard constellation={constellation} ephemeris={ephemeris} asOfMs={asOfMs} />
      <CellCard />
      {engine && <BoundaryNote engine={engine} />}
    </>
  );
}
