// SPDX-License-Identifier: MIT
import { progressLine } from "@perigee/report";

const REFRESH_MS = 100;

/** A line on standard error that shows how far a study is; nothing where nobody watches. */
export interface ProgressBar {
  /** Says what is being done. */
  stage(label: string): void;
  /** Moves the bar of the present stage. */
  step(done: number, of: number): void;
  /** Takes the line away. */
  clear(): void;
}

/**
 * A progress bar.
 *
 * @param unit What is counted, in the plural.
 */
export function progressBar(unit: string): ProgressBar {
  const { stderr } = process;
  if (!stderr.isTTY) return { stage() {}, step() {}, clear() {} };
  let label = "";
  let sinceMs = performance.now();
  let shownMs = 0;
  const show = (line: string): void => {
    stderr.write(`\r${line}\u001b[K`);
    shownMs = performance.now();
  };
  return {
    stage(next) {
      label = next;
      sinceMs = performance.now();
      show(`${label} …`);
    },
    step(done, total) {
      const now = performance.now();
      if (now - shownMs < REFRESH_MS && done < total) return;
      const width = Math.max(20, (stderr.columns ?? 80) - 1);
      show(progressLine({ label, done, total, unit, elapsedMs: now - sinceMs }, width));
    },
    clear() {
      stderr.write("\r\u001b[K");
    },
  };
}
