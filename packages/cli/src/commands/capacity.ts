// SPDX-License-Identifier: MIT
import {
  BOTTLENECKS,
  type BusyLink,
  type CapacityResult,
  type Planner,
  slotAt,
  capacity as study,
} from "@perigee/network";
import { barPlot, type Table } from "@perigee/report";
import { CliError, type Command, printTable, readArguments } from "../command.ts";
import { countedRows } from "../study/cell-rows.ts";
import { cellFlags, type StudyCells, studyCells } from "../study/cells.ts";
import { demandFlags, studyDemand } from "../study/demand.ts";
import { type Engine, engineFlags, openEngine } from "../study/engine.ts";
import { cellMap } from "../study/maps.ts";
import { outFiles, type Views, writeViews } from "../study/output.ts";
import { progressBar } from "../study/progress-bar.ts";

const VIEWS = {
  tables: ["cells", "gateways", "pops", "satellites", "links"],
  pictures: ["map", "bottlenecks"],
} as const;
const LISTED = 10;

/** `perigee capacity`: what is wanted, what is carried, and what stands in the way. */
export const capacity: Command = {
  name: "capacity",
  usage: [
    [
      "capacity [--region …] [--demand f | --customers n]",
      "what is wanted, what is carried, what stands in the way",
    ],
  ],
  async run(args) {
    const { words, flags } = readArguments(args, { ...engineFlags, ...cellFlags, ...demandFlags } as const);
    if (words.length > 0) throw new CliError(`"${words[0]}": capacity takes flags only`, 2);
    const files = outFiles(flags.out, VIEWS);
    const bar = progressBar("stages");
    bar.stage("Preparing");
    const engine = await openEngine(flags);
    const cells = await studyCells(flags);
    const { demand, title } = await studyDemand(flags, cells, engine.slotMs);
    bar.stage("Planning");
    const result = study(engine.planner, {
      slot: slotAt(engine.atMs),
      cells: cells.cells,
      counted: cells.counted,
      demand,
    });
    bar.clear();
    await writeViews(files, viewsOf(result, cells, engine, title));
    if (flags.json) {
      const { totals, cellsWithDemand, gateways, pops, busiest } = result;
      const report = { title: cells.title, cellsWithDemand, totals, gateways, pops, busiest };
      return void console.log(JSON.stringify({ ...report, demand: title, notes: engine.notes }));
    }
    print(result, cells.title, title, engine.planner);
  },
};

const gbps = (mbps: number): string => (mbps / 1000).toFixed(mbps < 100_000 ? 1 : 0);
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

function print(result: CapacityResult, title: string, demand: string, { ground }: Planner): void {
  const { totals, cellsWithDemand, gateways } = result;
  console.log(`${title}: ${cellsWithDemand} cells with demand; ${demand}\n`);
  printTable(
    ["", "wanted Gbit/s", "carried Gbit/s", "carried"],
    (["down", "up"] as const).map(way => [
      way,
      gbps(totals[way].demandMbps),
      gbps(totals[way].carriedMbps),
      percent(totals[way].satisfiedShare),
    ]),
  );
  console.log("");
  printTable(
    ["what stops more, down", "cells", "missing Gbit/s"],
    BOTTLENECKS.filter(name => totals.down.bottlenecks[name].cells > 0).map(name => [
      name === "demand" ? "nothing: all that is wanted" : name,
      String(totals.down.bottlenecks[name].cells),
      gbps(totals.down.bottlenecks[name].missingMbps),
    ]),
  );
  console.log("");
  printTable(
    ["fullest gateways", "antennas", "to users Gbit/s", "of", "from users Gbit/s", "fullest antenna"],
    [...gateways]
      .sort((a, b) => b.downMbps - a.downMbps || a.gateway - b.gateway)
      .slice(0, LISTED)
      .map(row => [
        ground.gateways[row.gateway]!.id,
        String(row.contacts),
        gbps(row.downMbps),
        gbps(row.downCapacityMbps),
        gbps(row.upMbps),
        percent(row.greatestUtilisation),
      ]),
  );
}

function viewsOf(result: CapacityResult, study: StudyCells, engine: Engine, demand: string): Views {
  const { planner, source, notes } = engine;
  const { allocation, totals } = result;
  const satisfied = Float64Array.from(allocation.downMbps, (mbps, c) =>
    result.downDemandMbps[c]! > 0 ? Math.min(1, mbps / result.downDemandMbps[c]!) : Number.NaN,
  );
  const noted = { ...notes, demand };
  return {
    tables: {
      cells: () => cellTable(result, study, noted),
      gateways: () => gatewayTable(result, planner, noted),
      pops: () => popTable(result, planner, noted),
      satellites: () => satelliteTable(result, planner, noted),
      links: () => linkTable(result, planner, noted),
    },
    pictures: {
      map: () =>
        cellMap(
          study,
          satisfied,
          { label: "Share of the downlink demand that is carried", min: 0, max: 1 },
          {
            title: `${percent(totals.down.satisfiedShare)} of the demand is carried`,
            subtitle: `${study.title}; ${demand}`,
            source,
          },
        ),
      bottlenecks: () => {
        const short = BOTTLENECKS.filter(name => name !== "demand");
        return barPlot({
          title: "What keeps cells from having more",
          subtitle: `${study.title}; ${demand}`,
          source,
          categories: short,
          value: { label: "Demand not carried", unit: "Gbit/s" },
          series: (["down", "up"] as const).map(way => ({
            name: way,
            values: short.map(name => totals[way].bottlenecks[name].missingMbps / 1000),
          })),
          digits: 0,
        });
      },
    },
  };
}

const mbpsColumn = (name: string, values: ArrayLike<number>) =>
  ({ name, type: "f32", unit: "Mbit/s", digits: 3, values }) as const;

function cellTable(result: CapacityResult, study: StudyCells, notes: Table["notes"] & object): Table {
  const { rows, columns, pick } = countedRows(study);
  const { allocation } = result;
  return {
    title: `Capacity of ${study.title}`,
    notes,
    columns: [
      ...columns,
      mbpsColumn("downDemandMbps", pick(result.downDemandMbps)),
      mbpsColumn("downMbps", pick(allocation.downMbps)),
      mbpsColumn("upDemandMbps", pick(result.upDemandMbps)),
      mbpsColumn("upMbps", pick(allocation.upMbps)),
      {
        name: "downBottleneck",
        type: "text",
        values: Array.from(rows, c => BOTTLENECKS[allocation.downBottleneck[c]!]!),
      },
      {
        name: "upBottleneck",
        type: "text",
        values: Array.from(rows, c => BOTTLENECKS[allocation.upBottleneck[c]!]!),
      },
      { name: "downQueueMs", type: "f32", unit: "ms", digits: 3, values: pick(allocation.downQueueMs) },
      { name: "upQueueMs", type: "f32", unit: "ms", digits: 3, values: pick(allocation.upQueueMs) },
    ],
  };
}

function gatewayTable(
  { gateways }: CapacityResult,
  { ground }: Planner,
  notes: Table["notes"] & object,
): Table {
  return {
    title: "What gateways carry",
    notes,
    columns: [
      { name: "gateway", type: "text", values: gateways.map(row => ground.gateways[row.gateway]!.id) },
      { name: "contacts", type: "i32", values: gateways.map(row => row.contacts) },
      ...(["downMbps", "downCapacityMbps", "upMbps", "upCapacityMbps"] as const).map(name =>
        mbpsColumn(
          name,
          gateways.map(row => row[name]),
        ),
      ),
      {
        name: "greatestUtilisation",
        type: "f32",
        digits: 4,
        values: gateways.map(row => row.greatestUtilisation),
      },
    ],
  };
}

function popTable({ pops }: CapacityResult, { ground }: Planner, notes: Table["notes"] & object): Table {
  return {
    title: "What PoPs carry",
    notes,
    columns: [
      { name: "pop", type: "text", values: pops.map(row => ground.pops[row.pop]!.code) },
      { name: "city", type: "text", values: pops.map(row => ground.pops[row.pop]!.city) },
      { name: "cells", type: "i32", values: pops.map(row => row.cells) },
      ...(["downDemandMbps", "downMbps", "upDemandMbps", "upMbps"] as const).map(name =>
        mbpsColumn(
          name,
          pops.map(row => row[name]),
        ),
      ),
    ],
  };
}

function satelliteTable(
  result: CapacityResult,
  { elements }: Planner,
  notes: Table["notes"] & object,
): Table {
  const { satellites } = result;
  return {
    title: "What satellites carry for their own users",
    notes,
    columns: [
      { name: "satellite", type: "text", values: satellites.map(row => elements[row.satellite]!.name) },
      {
        name: "catalogNumber",
        type: "i32",
        values: satellites.map(row => elements[row.satellite]!.catalogNumber),
      },
      { name: "beams", type: "i32", values: satellites.map(row => row.beams) },
      ...(["downMbps", "downCapacityMbps", "upMbps", "upCapacityMbps"] as const).map(name =>
        mbpsColumn(
          name,
          satellites.map(row => row[name]),
        ),
      ),
    ],
  };
}

function linkTable({ busiest }: CapacityResult, planner: Planner, notes: Table["notes"] & object): Table {
  const nameOf = (link: BusyLink, end: "from" | "to"): string => {
    const isGateway =
      end === "from" ? link.kind === "gatewayToSatellite" : link.kind === "satelliteToGateway";
    return isGateway ? planner.ground.gateways[link[end]]!.id : planner.elements[link[end]]!.name;
  };
  return {
    title: "The fullest links",
    notes,
    columns: [
      { name: "kind", type: "text", values: busiest.map(({ kind }) => kind) },
      { name: "from", type: "text", values: busiest.map(link => nameOf(link, "from")) },
      { name: "to", type: "text", values: busiest.map(link => nameOf(link, "to")) },
      mbpsColumn(
        "carriedMbps",
        busiest.map(({ carriedMbps }) => carriedMbps),
      ),
      mbpsColumn(
        "capacityMbps",
        busiest.map(({ capacityMbps }) => capacityMbps),
      ),
      mbpsColumn(
        "offeredMbps",
        busiest.map(({ offeredMbps }) => offeredMbps),
      ),
    ],
  };
}
