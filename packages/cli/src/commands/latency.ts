// SPDX-License-Identifier: MIT
import { instantsOf, type LatencyPath, type LatencyResult, latency as measure } from "@perigee/network";
import { CliError, type Command, printTable, readArguments } from "../command.ts";
import { engineFlags, openEngine } from "../study/engine.ts";
import { endsText, LATENCY_VIEWS, latencyViews } from "../study/latency-views.ts";
import { instantText, readDuration, readNumber } from "../study/moments.ts";
import { writeViews } from "../study/output.ts";
import {
  inputsOf,
  type PartedStudy,
  partFlags,
  runStudy,
  type Stretch,
  studyFiles,
} from "../study/parted.ts";
import { placeNamed } from "../study/places.ts";
import { progressBar } from "../study/progress-bar.ts";

const ATTACHMENTS = ["all", "nearest", "longest"] as const;

const FLAGS = {
  ...engineFlags,
  ...partFlags,
  over: { type: "string" },
  step: { type: "string" },
  mode: { type: "string" },
  paths: { type: "string" },
  attach: { type: "string" },
  relay: { type: "boolean" },
  "hop-ms": { type: "string" },
} as const;

/** `perigee latency`: round trips between two places over time. */
export const latency: Command = {
  name: "latency",
  usage: [
    [
      "latency <place> [<place>] [--over 24h] [--paths n]",
      "round trips of subscribers, over time and hop by hop",
    ],
    ["latency <place> <place> --mode direct [--step 1s]", "least delay over satellites and lasers alone"],
  ],
  async run(args) {
    const { words, flags } = readArguments(args, FLAGS);
    await runStudy(latencyStudy, args, words, flags);
  },
};

type Series = Stretch & Pick<LatencyResult, "samples" | "paths">;

/** Latency, by shares of its instants. */
export const latencyStudy: PartedStudy<Series> = {
  name: "latency",
  async open(args) {
    const { words, flags } = readArguments(args, FLAGS);
    const [a, b, ...more] = words;
    if (a === undefined || more.length > 0)
      throw new CliError("say: perigee latency <place> [<place>]; a name of several words in quotes", 2);
    const mode = flags.mode ?? "service";
    if (mode !== "service" && mode !== "direct") throw new CliError("--mode takes service or direct", 2);
    if (mode === "direct" && b === undefined) throw new CliError("--mode direct needs two places", 2);
    const attachment = ATTACHMENTS.find(name => name === (flags.attach ?? "all"));
    if (attachment === undefined) throw new CliError(`--attach takes ${ATTACHMENTS.join(", ")}`, 2);
    for (const flag of ["attach", "relay", "hop-ms"] as const) {
      if (mode === "service" && flags[flag] !== undefined)
        throw new CliError(`--${flag} is for --mode direct`, 2);
    }
    const overMs = flags.over === undefined ? 0 : readDuration("over", flags.over);
    const stepMs = flags.step === undefined ? 15_000 : readDuration("step", flags.step);
    if (mode === "service" && stepMs % 15_000 !== 0)
      throw new CliError("--step takes whole slots of 15s; --mode direct takes any step", 2);
    if (overMs / stepMs > MOST_SAMPLES)
      throw new CliError(`--over and --step make more than ${MOST_SAMPLES} samples`, 2);
    const hopMs = flags["hop-ms"] === undefined ? undefined : readNumber("hop-ms", flags["hop-ms"], 0, 1000);
    const paths =
      flags.paths === undefined
        ? 1
        : readNumber("paths", flags.paths, 1, mode === "service" ? 8 : 256, "whole");
    const files = studyFiles(flags, LATENCY_VIEWS);
    const [from, to] = [placeNamed(a), b === undefined ? null : placeNamed(b)];
    const bar = progressBar(mode === "service" ? "slots" : "samples");
    bar.stage("Preparing");
    const engine = await openEngine(flags);
    const options = {
      from,
      to,
      mode,
      fromMs: engine.atMs,
      overMs,
      stepMs,
      paths,
      attachment,
      groundRelay: flags.relay === true,
      ...(hopMs === undefined ? {} : { hopMs }),
    } as const;
    return {
      looks: instantsOf(options).length,
      inputs: inputsOf(engine, options),
      compute(share) {
        bar.stage("Measuring");
        const { samples, paths, mark } = measure(engine.planner, {
          ...options,
          ...(share === undefined ? {} : { share }),
          onStep: bar.step,
        });
        bar.clear();
        return { samples, paths, mark };
      },
      async show(series) {
        const result = measure(engine.planner, { ...options, series });
        bar.clear();
        await writeViews(files, latencyViews(result, engine));
        if (flags.json !== true) return print(result, engine.fleetTitle);
        const { samples: _, mark: __, ...rest } = result;
        console.log(JSON.stringify({ ...rest, notes: engine.notes }));
      },
    };
  },
};

/** A day of seconds ten times over. */
const MOST_SAMPLES = 864_000;

function print(result: LatencyResult, fleet: string): void {
  const { summary, samples, paths, mode } = result;
  const ms = (value: number): string => (Number.isNaN(value) ? "–" : value.toFixed(1));
  console.log(`${endsText(result)}, ${mode}; ${fleet}`);
  console.log(
    `${summary.samples} samples from ${instantText(Math.round(samples[0]!.atMs))}, a way in ${(100 * summary.servedShare).toFixed(2)} % of them`,
  );
  if (summary.servedShare > 0) {
    printTable(
      ["rtt ms", "least", "p5", "p25", "p50", "p75", "p95", "p99", "most", "mean"],
      [
        [
          "",
          summary.leastMs,
          summary.p5Ms,
          summary.p25Ms,
          summary.p50Ms,
          summary.p75Ms,
          summary.p95Ms,
          summary.p99Ms,
          summary.mostMs,
          summary.meanMs,
        ].map(value => (typeof value === "string" ? value : ms(value))),
      ],
    );
  } else console.log(`no way: ${samples.find(({ unserved }) => unserved !== null)?.unserved ?? ""}`);
  if (summary.samples > 1) {
    const gateways = mode === "service" ? `, of gateway ${summary.gatewayChanges}` : "";
    console.log(
      `changes of satellite ${summary.satelliteChanges}${gateways}; longest time without a way ${(summary.longestOutageMs / 1000).toFixed(0)} s`,
    );
  }
  if (!Number.isNaN(result.groundKm))
    console.log(
      `${result.groundKm.toFixed(0)} km along the ground: ${ms(result.fibreRttMs)} ms in straight fibre, ${ms(result.vacuumRttMs)} ms in vacuum`,
    );
  for (const [k, path] of paths.entries()) printPath(path, k, paths.length);
}

function printPath({ atMs, rttMs, nodes, hops, overheadMs }: LatencyPath, k: number, of: number): void {
  const overhead = overheadMs > 0 ? `, of it ${overheadMs.toFixed(1)} ms access and modems` : "";
  console.log(
    `\n${of > 1 ? `way ${k + 1}, ` : ""}${instantText(Math.round(atMs))}: ${rttMs.toFixed(1)} ms${overhead}`,
  );
  printTable(
    ["hop", "to", "km", "ms one way"],
    hops.map((hop, h) => {
      const to = nodes[h + 1]!;
      const name = to.kind === "gateway" || to.kind === "pop" ? `${to.name} (${to.id})` : to.name;
      return [hop.kind, `${to.kind} ${name}`, hop.lengthKm.toFixed(0), hop.delayMs.toFixed(2)];
    }),
  );
}
