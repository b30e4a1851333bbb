// SPDX-License-Identifier: MIT
import { type Decision, decisionOf, readScreeningList, type ScreeningList } from "@perigee/authority";
import { z } from "zod";

/** A sanctions list that is at hand from the start. */
export interface ScenarioList {
  readonly list: ScreeningList;
  /** One JSON object a line, as a list is loaded. */
  readonly body: string;
}

/** A list as a scenario file has it: each entry as a line of a list that is loaded. */
export const scenarioList = z.strictObject({
  list: z.string().trim().min(1).max(60),
  version: z.string().trim().min(1).max(100),
  entries: z.array(z.json()).min(1).max(10_000),
});

/** Reads the lists, or says what is wrong with the first bad one. */
export function readLists(
  lists: readonly z.infer<typeof scenarioList>[],
):
  | { readonly ok: true; readonly value: readonly ScenarioList[] }
  | { readonly ok: false; readonly place: string; readonly message: string } {
  const read: ScenarioList[] = [];
  for (const [i, { list, version, entries }] of lists.entries()) {
    const place = `screeningLists[${i}]`;
    if (lists.findIndex(other => other.list === list && other.version === version) < i)
      return { ok: false, place, message: `version ${version} of ${list} stands twice` };
    const lines = entries.map(entry => JSON.stringify(entry));
    const found = readScreeningList(lines, { list, version });
    if (!found.ok) return { ok: false, place: `${place} ${found.error.place}`, message: found.error.message };
    read.push({ list: found.value, body: lines.join("\n") });
  }
  return { ok: true, value: read };
}

/** That a list is at hand from the start, as the ledger says it. */
export function loadedAtStart({ list }: ScenarioList, atMs: number): Decision {
  return decisionOf({
    ...{ atMs, subject: `list:${list.list}`, action: "screeningList", outcome: "loaded" },
    reasons: [list.version],
    text: `Version ${list.version} of the list ${list.list}, with ${list.entries.length} entries, is at hand.`,
    inputs: { listHash: list.hash },
  });
}
