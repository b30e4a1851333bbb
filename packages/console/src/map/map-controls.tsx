// SPDX-License-Identifier: MIT
import { Icon } from "../ui/icon.tsx";
import type { MapEngine } from "./map-engine.ts";

/** Globe or flat, nearer, farther. The map itself also takes arrow keys, + and −. */
export function MapControls(props: { engine: MapEngine; flat: boolean; setFlat: (flat: boolean) => void }) {
  const { map } = props.engine;
  return (
    <div className="map-controls" role="toolbar" aria-label="Map view">
      <button
        type="button"
        className="icon-button"
        aria-label={props.flat ? "Show as globe" : "Show as flat map"}
        title={`${props.flat ? "Globe" : "Flat map"} (m)`}
        onClick={() => props.setFlat(!props.flat)}
      >
        <Icon name={props.flat ? "globe" : "flat"} />
      </button>
      <button
        type="button"
        className="icon-button"
        aria-label="Zoom in"
        title="Nearer"
        onClick={() => map.zoomIn()}
      >
        <Icon name="plus" />
      </button>
      <button
        type="button"
        className="icon-button"
        aria-label="Zoom out"
        title="Farther"
        onClick={() => map.zoomOut()}
      >
        <Icon name="minus" />
      </button>
    </div>
  );
}
