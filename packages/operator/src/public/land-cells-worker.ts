// SPDX-License-Identifier: MIT
import { parentPort, workerData } from "node:worker_threads";
import { viewById } from "../boundary.ts";
import { CellFiles } from "../planet/cell-files.ts";
import { parentsAt } from "../planet/parent-cells.ts";
import { loadTable, loadTerritories } from "../planet/planet-cells.ts";
import { FAR_RESOLUTION, type LandCells, type LandCellsOrder } from "./land-cells.ts";

const { folder, viewId } = workerData as LandCellsOrder;
const files = new CellFiles(folder);
const table = loadTable("land", files);
const { territories, territoryOf } = loadTerritories(table, viewById(viewId)!, files, () => undefined);
const { id: parent, offset } = parentsAt(table, FAR_RESOLUTION);
const { id, latDeg, lonDeg } = table;
parentPort!.postMessage({ id, latDeg, lonDeg, territoryOf, territories, parent, offset } satisfies LandCells);
