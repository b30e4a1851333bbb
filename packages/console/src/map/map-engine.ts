// SPDX-License-Identifier: MIT
import type { Ground, TerminalRow } from "@perigee/operator/contract";
import type { FeatureCollection } from "geojson";
import { type GeoJSONSource, Map as MapLibreMap, setWorkerUrl } from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?url";
import { operatorNowMs } from "../data/live-state.ts";
import type { Selection } from "../data/selection.ts";
import { baseStyle, CROWD_ZOOM, type SOURCES } from "./base-style.ts";
import { type Camera, eyeOf } from "./camera.ts";
import { CellPainter } from "./cells/cell-painter.ts";
import type { Constellation } from "./constellation.ts";
import { type Ephemeris, slotShare } from "./ephemeris.ts";
import { focusFeature, gatewayFeatures, popFeatures, samePicture, terminalFeatures } from "./features.ts";
import { addIcons } from "./icons.ts";
import { latitudeZoom, type MapView, viewOf } from "./map-view.ts";
import { NightLayer } from "./night-layer.ts";
import { Overlay } from "./overlay/overlay.ts";
import { PALETTES, rgb, type Theme } from "./palette.ts";
import { PathLabels } from "./path-labels.ts";
import { pickSatellite } from "./pick.ts";
import {
  linkSegments,
  loadLabels,
  looksOf,
  pathEnds,
  pathLabels,
  pathSegments,
  type SkyChoice,
} from "./sky.ts";

setWorkerUrl(workerUrl);

/** Globe or flat map. */
export type Projection = "globe" | "flat";

const REACH_PX = 10;
/** Less than for things on the ground: in a crowded sky every point is near some satellite. */
const SATELLITE_REACH_PX = 6;
const NIGHT_STEP_MS = 60_000;
const MOST_SYMBOLS = 4_000;
const KINDS: Readonly<Record<string, Selection["kind"]>> = {
  terminals: "terminal",
  "terminal-dots": "terminal",
  gateways: "gateway",
  pops: "pop",
};
const NO_LINK: SkyChoice = { shell: null, satellite: null, link: null, from: null, loads: null };

/** The map under the overlay, and the overlay: everything that draws, without React. */
export class MapEngine {
  readonly map: MapLibreMap;
  readonly #overlay: Overlay | null;
  readonly #labels: PathLabels;
  readonly #data = new Map<string, FeatureCollection | string>();
  readonly #night: ReturnType<typeof setInterval>;
  #theme: Theme;
  #projection: Projection;
  #camera: Camera | null = null;
  #moved = false;
  #constellation: Constellation | null = null;
  #ephemeris: Ephemeris | null = null;
  #sky: SkyChoice = NO_LINK;
  #rows: readonly TerminalRow[] = [];
  #asOfMs: number | null = null;
  #dim = false;
  /** Cells of the planet. */
  readonly cells: CellPainter;
  onSelect: (selection: Selection) => void = () => {};
  /** A click where nothing stands. */
  onGround: (latDeg: number, lonDeg: number) => void = () => {};

  constructor(
    container: HTMLElement,
    theme: Theme,
    projection: Projection,
    view: MapView,
    labels: MapLabels,
  ) {
    this.#theme = theme;
    this.#projection = projection;
    this.map = new MapLibreMap({
      container,
      style: baseStyle(PALETTES[theme], styleProjection(projection)),
      center: [view.lonDeg, view.latDeg],
      zoom: view.zoom,
      minZoom: 0,
      maxZoom: 11,
      maxPitch: 60,
      attributionControl: false,
      fadeDuration: 0,
      pixelRatio: Math.min(2, devicePixelRatio),
      canvasContextAttributes: { antialias: false },
      locale: { "Map.Title": labels.map },
    });
    this.map.on("style.load", () => this.#furnish());
    this.map.on("click", event => this.#click(event.point));
    // The map also draws when only its own data changed; the sky then keeps its own pace.
    this.map.on("render", () => {
      if (this.#moved) this.#overlay?.draw();
      this.#moved = false;
    });
    this.cells = new CellPainter(this.map, (name, data) => this.#put(name, data));
    const canvas = document.createElement("canvas");
    canvas.className = "overlay";
    canvas.setAttribute("aria-hidden", "true");
    this.map.getCanvasContainer().append(canvas);
    this.#labels = new PathLabels(container);
    const gl = canvas.getContext("webgl2", {
      antialias: false,
      alpha: true,
      premultipliedAlpha: true,
      depth: false,
    });
    this.#overlay = gl && new Overlay(canvas, gl, this.#host());
    this.#night = setInterval(() => this.map.triggerRepaint(), NIGHT_STEP_MS);
  }

  setTheme(theme: Theme): void {
    if (theme === this.#theme) return;
    this.#theme = theme;
    this.map.setStyle(baseStyle(PALETTES[theme], styleProjection(this.#projection)), { diff: false });
    this.#drawSky();
  }

  setProjection(projection: Projection): void {
    if (projection === this.#projection) return;
    this.#projection = projection;
    this.map.setProjection({ type: styleProjection(projection) });
  }

  setLand(url: string): void {
    this.#put("land", url);
  }

  setBorders(lines: FeatureCollection): void {
    this.#put("borders", lines);
  }

  /** Outlines of the operator's own areas. */
  setAreas(outlines: FeatureCollection): void {
    this.#put("areas", outlines);
  }

  /** The case that is open: terminals that are looked at and places that its documents name. */
  setCase(features: FeatureCollection): void {
    this.#put("cases", features);
    this.map.getContainer().dataset["caseMarks"] = String(features.features.length);
  }

  setGround(ground: Ground): void {
    this.#put("gateways", gatewayFeatures(ground));
    this.#put("pops", popFeatures(ground));
  }

  setTerminals(rows: readonly TerminalRow[]): void {
    if (samePicture(this.#rows, rows)) return;
    this.#rows = rows;
    this.#put("terminals", terminalFeatures(rows));
    // For whoever needs to know what the picture shows without reading pixels.
    const restricted = rows.filter(row => row.admission !== null && row.admission.reach !== "all");
    this.map.getContainer().dataset["refused"] = restricted.map(row => row.id).join(" ");
    this.#crowd();
  }

  setFocus(place: { latDeg: number; lonDeg: number } | null): void {
    this.#put("focus", focusFeature(place));
  }

  setConstellation(constellation: Constellation): void {
    this.#constellation = constellation;
    this.#drawSky();
  }

  setEphemeris(ephemeris: Ephemeris): void {
    this.#ephemeris = ephemeris;
    this.#overlay?.setEphemeris(ephemeris);
  }

  /** The instant whose sky is shown and stands still; `null`: now, moving. */
  setAsOf(utcMs: number | null): void {
    if (utcMs === this.#asOfMs) return;
    this.#asOfMs = utcMs;
    this.#overlay?.draw();
    this.map.triggerRepaint();
  }

  /** Fainter satellites, for when the ground is what one looks at. */
  setDim(dim: boolean): void {
    if (dim === this.#dim) return;
    this.#dim = dim;
    this.#drawSky();
  }

  setSky(sky: SkyChoice): void {
    this.#sky = sky;
    this.#drawSky();
  }

  /**
   * Brings a place into the middle, with this zoom or the same size of the Earth as now; without a flight for people
   * who asked for less motion.
   */
  flyTo(latDeg: number, lonDeg: number, zoom?: number): void {
    const now = this.map.getCenter().lat;
    const sameSize =
      this.map.getZoom() + (this.#projection === "globe" ? latitudeZoom(latDeg) - latitudeZoom(now) : 0);
    const target = { center: [lonDeg, latDeg] as [number, number], zoom: zoom ?? sameSize };
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) this.map.jumpTo(target);
    else this.map.easeTo({ ...target, duration: 900 });
  }

  /** Brings all these places into view, as near as they allow but not nearer than a region. */
  fit(places: readonly { latDeg: number; lonDeg: number }[], nearestZoom?: number): void {
    const { clientWidth, clientHeight } = this.map.getContainer();
    const view = viewOf(places, Math.min(clientWidth, clientHeight), nearestZoom);
    if (view) this.flyTo(view.latDeg, view.lonDeg, view.zoom);
  }

  destroy(): void {
    clearInterval(this.#night);
    this.#overlay?.destroy();
    this.map.remove();
  }

  #furnish(): void {
    const palette = PALETTES[this.#theme];
    addIcons(this.map, palette);
    const night = new NightLayer(this.#nowMs, [...rgb(palette.night), palette.nightOpacity]);
    this.map.addLayer(night, "coast");
    this.cells.furnish("coast");
    this.map.addLayer({
      id: "camera",
      type: "custom",
      renderingMode: "3d",
      render: (_gl, { defaultProjectionData: data }) => {
        const main = Float64Array.from(data.mainMatrix);
        const globe = data.projectionTransition;
        const before = this.#camera;
        this.#moved ||= before?.globe !== globe || main.some((value, i) => value !== before.main[i]);
        const flat = globe > 0 ? Float64Array.from(data.fallbackMatrix) : main;
        this.#camera = { main, flat, globe, eye: globe > 0 ? eyeOf(main) : [0, 0, 10] };
      },
    });
    for (const [name, data] of this.#data) this.#source(name)?.setData(data);
    this.#crowd();
  }

  /** Symbols for some, plain dots for a crowd: a tile cannot hold more than some thousand symbols. */
  #crowd(): void {
    if (!this.map.getLayer("terminals")) return;
    const crowded = this.#rows.length > MOST_SYMBOLS;
    this.map.setLayerZoomRange("terminals", crowded ? CROWD_ZOOM : 0, 24);
    this.map.setLayoutProperty("terminal-dots", "visibility", crowded ? "visible" : "none");
  }

  #put(name: (typeof SOURCES)[number], data: FeatureCollection | string): void {
    this.#data.set(name, data);
    this.#source(name)?.setData(data);
  }

  #source(name: string): GeoJSONSource | undefined {
    return this.map.getSource<GeoJSONSource>(name);
  }

  #drawSky(): void {
    if (!this.#constellation) return;
    const palette = PALETTES[this.#theme];
    const link = this.#sky.link;
    this.#overlay?.setLasers(linkSegments(this.#constellation, palette, this.#sky));
    this.#overlay?.setPath(pathSegments(this.#constellation, palette, this.#sky));
    this.#labels.set(
      link
        ? pathLabels(link, pathEnds(this.#constellation, link))
        : loadLabels(this.#constellation, this.#sky),
    );
    this.#overlay?.setLooks(
      looksOf(this.#constellation, palette, this.#sky, this.#dim),
      this.#theme === "dark" ? 0.85 : 0.8,
    );
  }

  readonly #nowMs = (): number => this.#asOfMs ?? operatorNowMs();

  #host() {
    return {
      camera: () => this.#camera,
      zoom: () => this.map.getZoom(),
      nowMs: this.#nowMs,
      still: () => this.#asOfMs !== null,
      worlds: () => {
        const bounds = this.map.getBounds();
        return [-1, 0, 1].filter(w => bounds.getWest() < 180 + 360 * w && bounds.getEast() > 360 * w - 180);
      },
      drawn: () => {
        if (this.#camera && this.#ephemeris)
          this.#labels.place(this.#camera, this.#ephemeris, slotShare(this.#ephemeris, this.#nowMs()));
      },
    };
  }

  #click(at: { x: number; y: number }): void {
    const box: [[number, number], [number, number]] = [
      [at.x - REACH_PX, at.y - REACH_PX],
      [at.x + REACH_PX, at.y + REACH_PX],
    ];
    const found = this.map.queryRenderedFeatures(box, {
      layers: ["terminals", "terminal-dots", "gateways", "pops"],
    })[0];
    if (found) {
      const kind = KINDS[found.layer.id];
      if (kind) this.onSelect({ kind, id: String(found.properties["id"]) });
      return;
    }
    const satellite = this.#satelliteAt(at);
    const catalogNumber =
      satellite === null ? undefined : this.#constellation?.satellites.catalogNumber[satellite];
    if (catalogNumber !== undefined) this.onSelect({ kind: "satellite", id: String(catalogNumber) });
    else {
      const { lng, lat } = this.map.unproject([at.x, at.y]).wrap();
      this.onGround(lat, lng);
    }
  }

  #satelliteAt(at: { x: number; y: number }): number | null {
    if (!this.#camera || !this.#ephemeris || !this.#constellation) return null;
    const { shell } = this.#constellation.satellites;
    const chosen = this.#sky.shell;
    const { clientWidth: width, clientHeight: height } = this.map.getContainer();
    const share = slotShare(this.#ephemeris, this.#nowMs());
    return pickSatellite(
      this.#camera,
      this.#ephemeris,
      share,
      { width, height },
      at,
      SATELLITE_REACH_PX,
      i => (chosen === null ? true : shell[i] === chosen),
    );
  }
}

/** Texts that assistive technology reads. */
export interface MapLabels {
  readonly map: string;
}

function styleProjection(projection: Projection): "globe" | "mercator" {
  return projection === "globe" ? "globe" : "mercator";
}
