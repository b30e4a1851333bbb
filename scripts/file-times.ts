// SPDX-License-Identifier: MIT
// A reporter of node:test: the seconds that each test file took, a line of JSON per file.
import { readFileSync } from "node:fs";
import { relative } from "node:path";
import type { EventData } from "node:test";

/** A test file that ran, or, with `cpuSeconds`, the process that ran it and all that it started. */
export interface FileTime {
  readonly file: string;
  readonly seconds: number;
  readonly cpuSeconds?: number;
}

type Event =
  | { readonly type: "test:pass"; readonly data: EventData.TestPass }
  | { readonly type: "test:fail"; readonly data: EventData.TestFail };

export async function* fileTimes(
  source: AsyncIterable<Event | { readonly type: string }>,
): AsyncGenerator<string> {
  const line = (time: FileTime): string => `${JSON.stringify(time)}\n`;
  const ms = new Map<string, number>();
  for await (const event of source) {
    if (event.type !== "test:pass" && event.type !== "test:fail") continue;
    const { file, nesting, details } = (event as Event).data;
    // The time of a suite holds that of its tests.
    if (nesting === 0 && file !== undefined) ms.set(file, (ms.get(file) ?? 0) + details.duration_ms);
  }
  for (const [file, took] of ms) yield line({ file: relative(process.cwd(), file), seconds: took / 1000 });
  const { user, system } = process.cpuUsage();
  const cpuSeconds = (user + system) / 1e6 + childrensCpuSeconds();
  yield line({ file: "", seconds: performance.now() / 1000, cpuSeconds });
}

/** Of children that have ended, and theirs: proc(5), fields 16 and 17 of `stat`, in hundredths of a second. */
function childrensCpuSeconds(): number {
  const stat = readFileSync("/proc/self/stat", "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[13]) + Number(fields[14])) / 100;
}

// biome-ignore lint/style/noDefaultExport: `--test-reporter` takes the default export
export default fileTimes;
