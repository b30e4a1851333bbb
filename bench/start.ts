// SPDX-License-Identifier: MIT
// How long from the command to "Ready", cold (empty data directory) and warm, and how much memory it then has.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { OperatorProcess } from "../e2e/operator-process.ts";
import { type Bench, quantile, round } from "./result.ts";

const RUNS = 3;

export const bench: Bench = async progress => {
  const cold: number[] = [];
  const warm: number[] = [];
  const residentMb: number[] = [];
  let satellites = 0;
  let policy = "";
  for (let run = 0; run < RUNS; run++) {
    const data = mkdtempSync(join(tmpdir(), "perigee-bench-start-"));
    try {
      for (const times of [cold, warm, warm]) {
        const started = performance.now();
        await using operator = await OperatorProcess.start({ data });
        times.push((performance.now() - started) / 1000);
        const status = await operator.status();
        satellites = status.elements.satellites;
        policy = status.policyVersion;
        await new Promise(done => setTimeout(done, 3_000));
        residentMb.push(residentOf(operator.pid));
      }
    } finally {
      rmSync(data, { recursive: true, force: true });
    }
    progress(
      `run ${run + 1} of ${RUNS}: cold ${cold.at(-1)?.toFixed(2)} s, warm ${warm.at(-1)?.toFixed(2)} s`,
    );
  }
  return {
    workload: `perigee up with the demo scenario (12 terminals, ${satellites} satellites), from the command to Ready, ${RUNS} times`,
    checksum: policy,
    figures: {
      coldSeconds: round(quantile(cold, 0.5)),
      coldSecondsMost: round(Math.max(...cold)),
      warmSeconds: round(quantile(warm, 0.5)),
      warmSecondsMost: round(Math.max(...warm)),
      residentMb: round(quantile(residentMb, 0.5)),
    },
    peers: {},
    ratios: { coldToWarm: round(quantile(cold, 0.5) / quantile(warm, 0.5)) },
  };
};

/** Resident set of a process now, in MB. */
function residentOf(pid: number): number {
  const kb = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Number(kb) / 1024;
}
