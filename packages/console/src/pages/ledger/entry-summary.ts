// SPDX-License-Identifier: MIT
import type { LedgerEntry } from "@perigee/operator/contract";
import { actionWords } from "../../format/words.ts";

type Entry = LedgerEntry["entry"];

/**
 * One line for an entry of any form: what was done, and the sentence about it. An entry may hold its subject under the
 * name of its kind. Entries may gain forms that this console does not know, so nothing here is required to be there.
 */
export function entrySummary(entry: Entry): { title: string; detail: string } {
  const outer = members(entry);
  if (!outer) return { title: "Entry", detail: JSON.stringify(entry).slice(0, 80) };
  const kind = outer["kind"];
  const inner = (typeof kind === "string" && members(outer[kind])) || outer;
  const text = (name: string) => (typeof inner[name] === "string" ? inner[name] : undefined);
  const parts = [text("subject") ?? text("terminalId") ?? text("name"), text("outcome")];
  return {
    title: actionWords(text("action") ?? text("kind") ?? (typeof kind === "string" ? kind : "Entry")),
    detail: text("text") ?? parts.filter(part => part !== undefined).join(" · "),
  };
}

function members(value: Entry | undefined): Record<string, Entry> | null {
  return value !== null && typeof value === "object" && !Array.isArray(value) ? value : null;
}
