// SPDX-License-Identifier: MIT
// For tests only: measurements that are not part of the project.
import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

const folder = new URL("../../../../../shared/data/", import.meta.url);

/** Options of a test that needs recorded files: skipped, with the reason shown, where one is absent. */
export function needs(...paths: string[]): { skip: string | false } {
  const absent = paths.filter(path => !existsSync(new URL(path, folder)));
  return {
    skip: absent.length === 0 ? false : `absent: ${absent.map(path => `../shared/data/${path}`).join(", ")}`,
  };
}

/** The text of a recorded file, unpacked. */
export function recorded(path: string): string {
  const bytes = readFileSync(new URL(path, folder));
  return (path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
}

/** The rows of a recorded CSV file without quoted fields, by column name. */
export function recordedCsv(path: string): Record<string, string>[] {
  const [head, ...lines] = recorded(path).trim().split("\n");
  const names = head!.split(",");
  return lines.map(line => Object.fromEntries(line.split(",").map((value, k) => [names[k]!, value])));
}
