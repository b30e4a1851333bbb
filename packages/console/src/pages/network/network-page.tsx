// SPDX-License-Identifier: MIT
import { useLive } from "../../data/live-state.ts";
import { FailureNote, Skeleton } from "../../ui/notes.tsx";
import { AsOfNote } from "../as-of-note.tsx";
import { PageHead } from "../page-head.tsx";
import { GroundTables } from "./ground-tables.tsx";
import { PlanetFacts } from "./planet-facts.tsx";
import { SatelliteBeams } from "./satellite-beams.tsx";
import { SatelliteTable } from "./satellite-table.tsx";
import { ShellTable } from "./shell-table.tsx";
import { StatusFacts } from "./status-facts.tsx";

/** How is it running? */
export function NetworkPage() {
  const status = useLive(state => state.status);
  const failure = useLive(state => state.failures.status);
  return (
    <div className="page scroll">
      <PageHead title="Network">How it is running, slot by slot.</PageHead>
      <AsOfNote>
        Map, gateways and beams are of then. Status, coverage by reason and terminals are those of now.
      </AsOfNote>
      {failure && <FailureNote failure={failure} />}
      {status ? <StatusFacts status={status} /> : <Skeleton lines={9} label="Status is loading" />}
      <SatelliteBeams />
      <PlanetFacts />
      <ShellTable />
      <GroundTables />
      <SatelliteTable />
    </div>
  );
}
