// SPDX-License-Identifier: MIT
import { generateKeyPairSync } from "node:crypto";
import { keyIdOf } from "@perigee/ledger";
import { SLOT_MS, slotAt, slotStartMs } from "@perigee/network";
import { createWorld } from "@perigee/world";
import { AuthorityService } from "../authority-service.ts";
import { viewById } from "../boundary.ts";
import { SimClock } from "../clock.ts";
import { builtInConstellation, type Constellation, parseConstellation } from "../constellation.ts";
import { NetworkService } from "../network-service.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { SlotLoop } from "../slot-loop.ts";
import { openDatabase } from "../storage/database.ts";
import type { LoggedDecision } from "../storage/decisions.ts";
import type { SigningKey } from "../storage/keys.ts";
import { newestHead, verifyStoredLog } from "../storage/ledger-store.ts";
import { seedRecords } from "../storage/seed.ts";
import { createRain } from "../weather/rain.ts";
import { RunRecorder } from "./run-recorder.ts";
import type { ScenarioSummary } from "./summary.ts";
import { type TerminalSlot, terminalSlots } from "./terminal-slots.ts";

export type { ScenarioSummary } from "./summary.ts";
export type { TerminalSlot } from "./terminal-slots.ts";

export interface RunOptions {
  /** Simulated hours; the scenario's own when left out. */
  readonly hours?: number;
  /** Seed of every draw; the scenario's own when left out. */
  readonly seed?: number;
  /** Satellites from a text of elements that `parseElements` of `@perigee/orbit` reads; the built-in ones when left out. */
  readonly elements?: { readonly text: string; readonly source: string };
  /** Called about once per simulated hour. */
  readonly progress?: (hoursDone: number, hours: number) => void;
  /** Given every terminal of every slot as soon as the slot is prepared; the run waits for it. */
  readonly onSlot?: (terminals: readonly TerminalSlot[], done: number, slots: number) => void | Promise<void>;
}

/** Same preparation lead as a live operator's: reports are taken, and decisions made, this long before the edge. */
const LEAD_MS = 1_500;

/**
 * Runs a scenario in simulated time, as fast as the machine allows, with the code that a live operator runs: the same
 * world, authority, ledger, network and slot loop; only the clock differs and no bytes are carried.
 */
export async function runScenario(scenario: Scenario, options: RunOptions = {}): Promise<ScenarioSummary> {
  const hours = options.hours ?? scenario.durationHours;
  const clock = new SimClock(scenario.startMs);
  await using stack = new AsyncDisposableStack();
  const db = stack.adopt(await openDatabase(null, scenario.startMs), opened => opened.destroy());
  const ledgerKey = ephemeralKey();
  await seedRecords(db, ledgerKey, scenario, scenario.startMs);
  const decisions: LoggedDecision[] = [];
  const authority = await AuthorityService.open({
    db,
    ledgerKey,
    authorityKey: ephemeralKey(),
    policy: scenario.policy,
    boundaryView: viewById(scenario.policy.boundaryView)!,
    longestLeaseMs: 60_000,
    onDecision: decision => decisions.push(decision),
  });
  const constellation = constellationOf(options, scenario.startMs);
  const rain = createRain(scenario.weather, scenario.startMs);
  const network = new NetworkService(constellation, options.seed ?? scenario.seed, rain);
  const loop = new SlotLoop(authority, network, createWorld(scenario.world, scenario.startMs));
  const recorder = new RunRecorder(authority);

  const first = slotAt(scenario.startMs) + 1;
  const slots = Math.round((hours * 3_600_000) / SLOT_MS);
  const orders = [...scenario.orders];
  for (let slot = first; slot < first + slots; slot++) {
    const nowMs = slotStartMs(slot) - LEAD_MS;
    clock.moveTo(nowMs);
    while (orders.length > 0 && scenario.startMs + orders[0]!.atS * 1000 <= nowMs) {
      const { atS: _, hours: term, ...request } = orders.shift()!;
      const result = await authority.order(
        { ...request, ...(term === undefined ? {} : { hours: term }) },
        nowMs - 1,
      );
      if (!result.ok) throw new Error(`scenario order refused: ${result.error.message}`);
    }
    const step = await loop.prepare(slot, nowMs);
    recorder.take(step);
    if (options.onSlot !== undefined)
      await options.onSlot(terminalSlots(authority, step), slot - first + 1, slots);
    if ((slot - first) % 240 === 239) options.progress?.((slot - first + 1) / 240, hours);
  }
  const report = await verifyStoredLog(db, ledgerKey);
  const head = await newestHead(db);
  return {
    scenario: scenario.title,
    start: new Date(scenario.startMs).toISOString(),
    hours,
    slots,
    satellites: constellation.elements.length,
    policyVersion: scenario.policy.version,
    ...recorder.figures(decisions),
    ledger: { entries: head?.size ?? 0, intact: report.ok },
  };
}

/** @throws RangeError for elements that nobody has read before. */
function constellationOf({ elements }: RunOptions, startMs: number): Constellation {
  if (elements === undefined) return builtInConstellation(startMs, startMs);
  const parsed = parseConstellation(elements.text, elements.source, startMs);
  if (!parsed.ok) throw new RangeError(`${elements.source}: ${parsed.error.message}`);
  return parsed.value;
}

/** Keys of a run: signatures are made and checked, and nothing in the summary depends on them. */
function ephemeralKey(): SigningKey {
  const pair = generateKeyPairSync("ed25519");
  return { ...pair, keyId: keyIdOf(pair.publicKey) };
}
