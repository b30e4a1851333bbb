// SPDX-License-Identifier: MIT
import type { NoticeCause } from "./notice.ts";

/** A grave command carried out by one person in an emergency: it ends within four hours and is reviewed by others. */
export interface BreakGlass {
  readonly id: string;
  readonly command: { readonly name: string; readonly request: unknown };
  readonly by: string;
  readonly emergency: string;
  /** What it led to: records that end by themselves no later than it does. */
  readonly effects: readonly NoticeCause[];
  readonly atMs: number;
  readonly endsMs: number;
  readonly endedMs: number | null;
  /** By when somebody else must have reviewed it. */
  readonly reviewDueMs: number;
  readonly review: {
    readonly by: string;
    readonly verdict: "justified" | "notJustified";
    readonly reason: string;
    readonly atMs: number;
  } | null;
}
