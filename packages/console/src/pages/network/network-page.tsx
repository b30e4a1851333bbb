// SPDX-License-Identifier: MIT
import { useLive } from "../../data/live-state.ts";
import { FailureNote, Skeleton } from "../../ui/notes.tsx";
import { PageHead } from "../page-head.tsx";
import { GroundTables } from "./ground-tables.tsx";
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
      {failure && <FailureNote failure={failure} />}
      {status ? <StatusFacts status={status} /> : <Skeleton lines={9} label="Status is loading" />}
      <ShellTable />
      <GroundTables />
      <SatelliteTable />
    </div>
  );
}
