// SPDX-License-Identifier: MIT
import type {
  LinkRecord,
  PlanetCellDetail,
  PlanetGateway,
  PlanetSatellite,
} from "@perigee/operator/contract";
import { createContext, type ReactNode, useContext } from "react";
import { useLocation } from "wouter";
import { api } from "../data/api.ts";
import { useShownTime } from "../data/as-of.ts";
import { type Resource, useResource } from "../data/resource.ts";
import { useSelection } from "../data/selection.ts";

/** What the plan of the shown slot says about the selection. */
export interface SelectedPlanet {
  readonly satellite: Resource<PlanetSatellite>;
  readonly cell: Resource<PlanetCellDetail>;
  /** All gateways by load; only while the page lists them or one is selected. */
  readonly gateways: Resource<PlanetGateway[]>;
  /** The link that the selected terminal had, while a past slot is shown. */
  readonly record: Resource<LinkRecord>;
}

/** What is known of another slot than the one that failed to load says nothing about this one. */
function ofThisSlot<T>(resource: Resource<T>): Resource<T> {
  return resource.failure ? { ...resource, value: null } : resource;
}

const NOTHING = { value: null, failure: null, loading: false, reload: () => {} };
const Context = createContext<SelectedPlanet>({
  satellite: NOTHING,
  cell: NOTHING,
  gateways: NOTHING,
  record: NOTHING,
});

/** Loads once for map and panel what plan and record say about the selection, and anew with every slot. */
export function SelectedPlanetProvider({ children }: { children: ReactNode }) {
  const [selection] = useSelection();
  const [location] = useLocation();
  const { planSlot, asOf, kind } = useShownTime();
  const slot = planSlot ?? 0;
  const idOf = (kind: "satellite" | "cell") =>
    planSlot !== null && selection?.kind === kind ? selection.id : null;
  const satelliteId = idOf("satellite");
  const cellId = idOf("cell");
  const listed = planSlot !== null && (location === "/network" || selection?.kind === "gateway");
  const satellite = useResource(satelliteId, slot, () => api.planetSatellite(satelliteId ?? "", slot));
  const cell = useResource(cellId, slot, () => api.planetCell(cellId ?? "", slot));
  const gateways = useResource(listed ? "gateways" : null, slot, () => api.planetGateways(slot));
  const pastSlot = asOf && (kind === "recorded" || kind === "positions") ? asOf.slot : null;
  const terminalId = selection?.kind === "terminal" ? selection.id : null;
  const record = useResource(terminalId !== null && pastSlot !== null ? terminalId : null, pastSlot, () =>
    api.linkRecord(terminalId ?? "", pastSlot ?? 0),
  );
  const value = {
    satellite: ofThisSlot(satellite),
    cell: ofThisSlot(cell),
    gateways: ofThisSlot(gateways),
    record: ofThisSlot(record),
  };
  return <Context.Provider value={value}>{children}</Context.Provider>;
}

export function useSelectedPlanet(): SelectedPlanet {
  return useContext(Context);
}
