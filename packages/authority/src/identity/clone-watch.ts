// SPDX-License-Identifier: MIT
import { type CloneAlarm, type CloneRules, cloneRules, type SessionRecord } from "./clone-rules.ts";
import { compareSessions } from "./clone-signs.ts";

/** Records kept of one terminal and slot; a device that is heard more often is remembered by its latest ones. */
export const sessionsKept = 8;

interface Seen {
  slot: number;
  /** Those of `slot`. */
  now: SessionRecord[];
  /** Those of the slot before in which it was heard; they end with it. */
  before: SessionRecord[];
  /** What `slot` has had of alarms. */
  alarmed: CloneAlarm["recommendation"] | null;
  /** Devices that another one has taken over from, the latest last. */
  gone: string[];
}

/** Devices remembered as replaced. */
const goneKept = 4;

/**
 * Watches for two devices under one identity (invariant 11: noticed within a slot). Every record is compared with those of
 * its own slot and of the slot before in which the terminal was heard, so that whatever the two devices do, the slot in
 * which both were heard raises the alarm. Plain: no clock, the same records give the same alarms. At most one alarm per
 * terminal and slot, and a second one if it is graver.
 *
 * Memory: up to twice {@link sessionsKept} records for each terminal heard since the last {@link forgetBefore}.
 */
export class CloneWatch {
  readonly #rules: CloneRules;
  readonly #seen = new Map<string, Seen>();

  constructor(rules: CloneRules = cloneRules) {
    this.#rules = rules;
  }

  /** Terminals remembered. */
  get size(): number {
    return this.#seen.size;
  }

  /**
   * Takes the next record. Slots come in order; within a slot records may come in any order.
   *
   * @returns the alarm that this record raises, if it does; a record of a slot gone by raises none
   */
  take(record: SessionRecord): CloneAlarm | null {
    let seen = this.#seen.get(record.terminalId);
    if (seen === undefined) {
      seen = { slot: record.slot, now: [], before: [], alarmed: null, gone: [] };
      this.#seen.set(record.terminalId, seen);
    }
    if (record.slot < seen.slot) return null;
    if (record.slot > seen.slot) {
      seen.before = seen.now;
      seen.now = [];
      seen.slot = record.slot;
      seen.alarmed = null;
      for (const { deviceId } of seen.before) {
        if (deviceId === record.deviceId || seen.gone.includes(deviceId)) continue;
        seen.gone = [...seen.gone, deviceId].slice(-goneKept);
      }
    }
    const found = this.#compare(record, seen);
    const alarm = found !== null && outweighs(found, seen.alarmed) ? found : null;
    if (alarm !== null) seen.alarmed = alarm.recommendation;
    seen.now.push(record);
    if (seen.now.length > sessionsKept) seen.now.splice(mostHeard(seen.now), 1);
    return alarm;
  }

  /** Forgets the terminals that have not been heard since a slot began. */
  forgetBefore(slot: number): void {
    for (const [terminalId, seen] of this.#seen) if (seen.slot < slot) this.#seen.delete(terminalId);
  }

  /** The plainest sign first: an alarm that leaves no innocent reading, then one that does. */
  #compare(record: SessionRecord, { now, before, gone }: Seen): CloneAlarm | null {
    let weaker: CloneAlarm | null = null;
    // A device that was exchanged does not come back.
    const isBack = gone.includes(record.deviceId);
    for (const other of [...now, ...before]) {
      const alarm = compareSessions(other, record, this.#rules, isBack);
      if (alarm?.recommendation === "cloneSuspect") return alarm;
      weaker ??= alarm;
    }
    return weaker;
  }
}

function outweighs(alarm: CloneAlarm, earlier: CloneAlarm["recommendation"] | null): boolean {
  return earlier === null || (earlier === "review" && alarm.recommendation === "cloneSuspect");
}

/** Index of the oldest record of the device and cell that has most: no other device is forgotten for it. */
function mostHeard(records: readonly SessionRecord[]): number {
  const name = ({ deviceId, cell }: SessionRecord): string => `${deviceId} ${cell}`;
  const groups = Map.groupBy(records, name);
  let most: readonly SessionRecord[] = [];
  for (const group of groups.values()) if (group.length > most.length) most = group;
  const oldest = most.reduce((a, b) => (b.atMs < a.atMs ? b : a));
  return records.indexOf(oldest);
}
