// SPDX-License-Identifier: MIT
import type { RecordRow } from "../../data/records.ts";

/** A request or lawful order as the operator's list has it. */
export interface RequestRow extends RecordRow {
  readonly requester: string | null;
  readonly kind: "request" | "lawfulOrder";
  readonly scope:
    | { readonly kind: "area"; readonly areas: readonly string[]; readonly wants: string }
    | { readonly kind: "terminals"; readonly terminalIds: readonly string[]; readonly wants: string }
    | { readonly kind: "data"; readonly subjects: readonly string[]; readonly wants: string };
  readonly jurisdiction: string;
  readonly legalBasis: string | null;
  readonly emergency: boolean;
  readonly sealed: boolean;
  readonly receivedMs: number;
  readonly state:
    | "received"
    | "authenticated"
    | "reviewed"
    | "granted"
    | "partial"
    | "refused"
    | "needsDirective"
    | "executed"
    | "verified"
    | "expired"
    | "withdrawn";
  readonly stateSinceMs: number;
  readonly authentication: { readonly method: string; readonly by: string; readonly atMs: number } | null;
  readonly impactNote: string | null;
  readonly reasons: readonly {
    readonly atMs: number;
    readonly by: string;
    readonly text: string;
    readonly directiveOf: string | null;
  }[];
  readonly granted: readonly string[];
  readonly expiresMs: number | null;
  readonly verifiedBy: string | null;
  readonly execution?: {
    readonly atMs: number;
    readonly done: readonly string[];
    readonly notDone: readonly { readonly id: string; readonly why: string }[];
  };
}

/** Of a sealed request those who may not see what is sealed get its id and no more. */
export const isShown = (
  row: RequestRow | { readonly id: string; readonly sealed: true },
): row is RequestRow => "state" in row;
