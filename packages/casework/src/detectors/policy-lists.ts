// SPDX-License-Identifier: MIT
// Allow-lists that the policy document itself holds: admission honours their entries beside those of applications.
import { type AllowListEntry, compilePolicy, type PolicyRecord } from "@perigee/authority";
import type { CaseBook } from "../records.ts";

/** An entry of the policy document, with the territory of its list. */
export interface PolicyEntry extends AllowListEntry {
  readonly territory: string;
}

type Entries = ReadonlyMap<string, readonly PolicyEntry[]>;

/** Documents are replaced and never changed. */
const read = new WeakMap<PolicyRecord, Entries>();
const none: Entries = new Map();

/** The entries about a terminal in the policy document, whether or not they hold now; none where no policy is on record. */
export function policyEntriesOf(book: CaseBook, terminalId: string): readonly PolicyEntry[] {
  const record = book.get("policy", "policy");
  if (record === undefined) return [];
  let entries = read.get(record);
  if (entries === undefined) {
    const policy = compilePolicy(record.document);
    entries = policy.ok
      ? Map.groupBy(
          policy.value.allowLists.flatMap(({ territory, entries: all }) =>
            all.map(entry => ({ ...entry, territory })),
          ),
          entry => entry.terminalId,
        )
      : none;
    read.set(record, entries);
  }
  return entries.get(terminalId) ?? [];
}
