// SPDX-License-Identifier: MIT
import { type OutageCause, outageCauses } from "./outage-causes.ts";

/** One time without service. UTC milliseconds. */
export interface Outage {
  readonly cause: OutageCause;
  readonly startMs: number;
  readonly untilMs: number;
  /** Whether another satellite served afterwards. */
  readonly switched: boolean;
}

/** A thing that happened, for the event log. */
export interface DishEvent {
  /** `EventReason`. */
  readonly reason: number;
  /** `EventSeverity`. */
  readonly severity: number;
  readonly startMs: number;
  readonly durationMs: number;
}

/** The event log reaches back half a day, and the list of outages as far as the rings of `get_history`. */
const EVENT_MEMORY_MS = 12 * 3_600_000;
const OUTAGE_MEMORY_MS = 900_000;
/** Bounds of what is kept, whatever happens: oldest first out. */
const MOST_OUTAGES = 900;
const MOST_EVENTS = 500;

/** What a terminal remembers of its outages and other events. */
export class OutageLog {
  /** When remembering began: events before it are unknown. UTC milliseconds. */
  readonly sinceMs: number;
  #outages: Outage[] = [];
  #events: DishEvent[] = [];
  #open: { cause: OutageCause; startMs: number; satellite: number | null } | null = null;
  #satellite: number | null = null;
  /** Events that go on, by reason. */
  readonly #lasting = new Map<number, { readonly severity: number; readonly startMs: number }>();

  constructor(sinceMs: number) {
    this.sinceMs = sinceMs;
  }

  /** The outage that goes on; null: none. */
  get open(): { readonly cause: OutageCause; readonly startMs: number } | null {
    return this.#open;
  }

  /**
   * What holds from an instant on. Another cause ends one outage and begins the next.
   *
   * @param satellite catalogue number of the serving satellite; null: none
   */
  note(cause: OutageCause | null, atMs: number, satellite: number | null): void {
    if (cause !== (this.#open?.cause ?? null)) {
      this.#close(atMs, satellite);
      if (cause !== null) this.#open = { cause, startMs: atMs, satellite: this.#satellite };
    }
    if (satellite !== null) this.#satellite = satellite;
  }

  /** Enters an event that is no outage. */
  add(event: DishEvent): void {
    this.#events.push(event);
    if (this.#events.length > MOST_EVENTS) this.#events.shift();
  }

  /** Says whether an event that lasts goes on; its end enters it. */
  keep(reason: number, severity: number, active: boolean, atMs: number): void {
    const lasting = this.#lasting.get(reason);
    if (active === (lasting !== undefined)) return;
    if (lasting === undefined) this.#lasting.set(reason, { severity, startMs: atMs });
    else {
      this.#lasting.delete(reason);
      this.add({ reason, severity, startMs: lasting.startMs, durationMs: atMs - lasting.startMs });
    }
  }

  /** Outages that reach into the last quarter of an hour, oldest first, the open one last with its length so far. */
  outages(atMs: number): readonly Outage[] {
    const kept = this.#outages.filter(outage => outage.untilMs > atMs - OUTAGE_MEMORY_MS);
    this.#outages = kept;
    const open = this.#open;
    if (open === null) return kept;
    return [...kept, { cause: open.cause, startMs: open.startMs, untilMs: atMs, switched: false }];
  }

  /** Events of the last half day, oldest first, those that go on last with their length so far. */
  events(atMs: number): readonly DishEvent[] {
    this.#events = this.#events.filter(event => event.startMs + event.durationMs > atMs - EVENT_MEMORY_MS);
    const events = [...this.#events];
    for (const [reason, { severity, startMs }] of this.#lasting) {
      events.push({ reason, severity, startMs, durationMs: atMs - startMs });
    }
    const open = this.#open;
    if (open !== null) events.push(eventOf(open.cause, open.startMs, atMs));
    return events;
  }

  #close(atMs: number, satellite: number | null): void {
    const open = this.#open;
    if (open === null) return;
    this.#open = null;
    if (atMs <= open.startMs) return;
    const switched = satellite !== null && open.satellite !== null && satellite !== open.satellite;
    this.#outages.push({ cause: open.cause, startMs: open.startMs, untilMs: atMs, switched });
    if (this.#outages.length > MOST_OUTAGES) this.#outages.shift();
    this.add(eventOf(open.cause, open.startMs, atMs));
  }
}

function eventOf(cause: OutageCause, startMs: number, untilMs: number): DishEvent {
  const { event, severity } = outageCauses[cause];
  return { reason: event, severity, startMs, durationMs: untilMs - startMs };
}
