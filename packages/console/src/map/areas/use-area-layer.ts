// SPDX-License-Identifier: MIT
import { useEffect } from "react";
import { useLocation } from "wouter";
import { listRecords } from "../../data/records.ts";
import { useResource } from "../../data/resource.ts";
import type { OperatorAreaRow } from "../../pages/areas/operator-area-row.ts";
import { useRecordAddress } from "../../ui/record-table/record-address.ts";
import { useDecisions } from "../../ui/record-table/use-records.ts";
import type { MapEngine } from "../map-engine.ts";
import { areaOutlines } from "./area-outlines.ts";

/** Draws the operator's own areas while the page is about areas. */
export function useAreaLayer(engine: MapEngine | null): void {
  const [location] = useLocation();
  const [{ id }] = useRecordAddress();
  const decisions = useDecisions();
  const shown = location === "/areas";
  const areas = useResource(shown ? "operator-areas" : null, decisions, () =>
    listRecords<OperatorAreaRow>("operator-areas", ["drawingOf:"]),
  );
  useEffect(() => {
    engine?.setAreas(areaOutlines(shown ? (areas.value?.items ?? []) : [], id));
  }, [engine, areas.value, shown, id]);
}
