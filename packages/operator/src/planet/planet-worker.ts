// SPDX-License-Identifier: MIT
// The planet's thread: seconds of computing in every slot, which neither pages nor packets may wait for.
import { setPriority } from "node:os";
import { parentPort, workerData } from "node:worker_threads";
import { cellsVersion, populationOf } from "@perigee/earth";
import { createPlanner, type Planner } from "@perigee/network";
import { viewById } from "../boundary.ts";
import { createRain } from "../weather/rain.ts";
import { CellFiles } from "./cell-files.ts";
import { loadTable, loadTerritories, type PlanetCells } from "./planet-cells.ts";
import type { PlanetNews, PlanetOrder, PlanetWorkerData, SentConstellation } from "./planet-messages.ts";
import { PlanetPlanner } from "./planet-planner.ts";
import { encodePlanetSlot } from "./slot-record.ts";

const data = workerData as PlanetWorkerData;
const port = parentPort!;
// Linux counts niceness by thread. Elsewhere it is the whole process's, and the data plane must not be nice.
if (process.platform === "linux") setPriority(5);

const say = (news: PlanetNews, transfer: ArrayBuffer[] = []): void => port.postMessage(news, transfer);
const progress = (stage: string, fraction: number): void => say({ kind: "progress", stage, fraction });

const files = new CellFiles(data.folder);
progress("cells", 0);
const table = loadTable(data.scope, files);
progress("territories", 0.2);
const view = viewById(data.boundaryView)!;
const cells: PlanetCells = {
  table,
  ...loadTerritories(table, view, files, part => progress("territories", 0.2 + 0.1 * part)),
};
progress("people", 0.3);
const population = populationOf(table, data.scope === "land" ? table : undefined);
const rain = createRain(data.weather, data.startMs);
let planet = planetOf(data.constellation);
let lastSubscribers: Float32Array | null = null;

port.on("message", (order: PlanetOrder) => {
  if (order.kind === "constellation") {
    planet = planetOf(order.constellation);
    return;
  }
  const { plan, loads, record, subscribers } = planet.plan(order.question);
  const packed = encodePlanetSlot(record);
  const { slot, elements, figures } = record;
  const isKnown = subscribers === lastSubscribers;
  lastSubscribers = subscribers;
  say(
    {
      kind: "planned",
      slot,
      elements,
      plan,
      loads,
      packed,
      figures,
      subscribers: isKnown ? null : subscribers,
    },
    // Made for this slot, and of no more use here.
    [packed, ...Object.values(loads)].map(({ buffer }) => buffer as ArrayBuffer),
  );
});
say({ kind: "ready", cells: table, territories: cells.territories, territoryOf: cells.territoryOf });

function planetOf({ elements, checksum, services }: SentConstellation): PlanetPlanner {
  progress("constellation", 0.4);
  const planner = createPlanner({
    elements,
    elementsVersion: checksum,
    serviceOf: satellite => services[satellite]!,
    seed: data.seed,
  });
  progress("points of presence", 0.5);
  return new PlanetPlanner({ cells, planner, population, popOfCell: homesOf(planner), rain });
}

/** Where the addresses of each cell's subscribers live: a function of the network, and slow enough to be kept. */
function homesOf(planner: Planner): Int16Array {
  const { elementsVersion, ground, policy } = planner;
  const key = JSON.stringify([cellsVersion(table), elementsVersion, ground, policy]);
  return files.get(
    "homes",
    key,
    () => planner.popsOf(table),
    pops => new Uint8Array(pops.buffer, pops.byteOffset, pops.byteLength),
    bytes => (bytes.length === 2 * table.count ? new Int16Array(new Uint8Array(bytes).buffer) : null),
  );
}
