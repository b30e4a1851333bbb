// SPDX-License-Identifier: MIT
import { createHash, generateKeyPairSync } from "node:crypto";
import { keyIdOf } from "@perigee/ledger";
import { SLOT_MS, slotAt, slotStartMs } from "@perigee/network";
import { createWorld } from "@perigee/world";
import { AuthorityService } from "../authority/authority-service.ts";
import { IdentityWatch } from "../authority/identity-watch.ts";
import { replayLog } from "../authority/replay-log.ts";
import { viewById } from "../boundary.ts";
import { SimClock } from "../clock.ts";
import { LinkConditions } from "../conditions/link-conditions.ts";
import { builtInConstellation, type Constellation, parseConstellation } from "../constellation.ts";
import { hostDishes } from "../dish/operator-dishes.ts";
import { watchOf } from "../location/watch-of.ts";
import { NetworkService } from "../network-service.ts";
import { ScenarioMismatch, unknownTarget } from "../scenario/conditions.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { ScenarioRun } from "../scenario/scenario-commands.ts";
import { SlotLoop } from "../slot-loop.ts";
import { openDatabase } from "../storage/database.ts";
import type { LoggedDecision } from "../storage/decisions.ts";
import type { SigningKey } from "../storage/keys.ts";
import { verifyStoredLog } from "../storage/ledger-audit.ts";
import { newestHead } from "../storage/ledger-store.ts";
import { StoredLists } from "../storage/screening-lists.ts";
import { devicesOf, seedRecords } from "../storage/seed.ts";
import type { TelemetryRow } from "../telemetry/row.ts";
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
  /** Given what the terminals measured, slot after slot. */
  readonly onTelemetry?: (rows: readonly TelemetryRow[]) => void;
}

/** Same preparation lead as a live operator's: reports are taken, and decisions made, this long before the edge. */
const LEAD_MS = 1_500;

/**
 * Runs a scenario in simulated time, as fast as the machine allows, with the code that a live operator runs: the same
 * world, authority, ledger, network and slot loop; only the clock differs and no bytes are carried.
 *
 * @throws RangeError for elements that nobody has read before; {@link ScenarioMismatch} for a condition on a satellite,
 * laser link or shell that they do not have.
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
    operatorName: scenario.operator,
    screeningLists: await StoredLists.open(db),
    salt: counted(options.seed ?? scenario.seed),
    ledgerKey,
    authorityKey: ephemeralKey(),
    boundaryView: viewById(scenario.policy.boundaryView)!,
    longestLeaseMs: 60_000,
    onDecision: decision => decisions.push(decision),
  });
  const constellation = constellationOf(options, scenario.startMs);
  const rain = createRain(scenario.weather, scenario.startMs);
  const conditions = new LinkConditions(scenario.conditions, scenario.startMs);
  const network = new NetworkService(constellation, options.seed ?? scenario.seed, rain, conditions);
  const unknown = unknownTarget(scenario, network);
  if (unknown !== null) throw new ScenarioMismatch(`${unknown.place}: ${unknown.message}`);
  const devices = network.silence.devices(devicesOf(scenario, scenario.startMs));
  const watch = new IdentityWatch(
    devices,
    id => authority.book.get("terminal", id)?.publicKey ?? null,
    nonces(options.seed ?? scenario.seed),
  );
  const world = network.silence.world(createWorld(scenario.world, scenario.startMs));
  const locations = watchOf({
    ...{ network, devices, terminals: scenario.world, startMs: scenario.startMs },
    seed: options.seed ?? scenario.seed,
  });
  const loop = new SlotLoop(authority, network, world, () => null, watch, locations);
  const recorder = new RunRecorder(authority);
  const dishes = hostDishes({
    ...{ authority, network, world: scenario.world, seed: options.seed ?? scenario.seed },
    ...{ startMs: scenario.startMs, nowMs: () => clock.nowMs() },
    config: { dishLocation: "allowed", dishWrites: "lan" },
    ...(options.onTelemetry === undefined ? {} : { onRows: options.onTelemetry }),
  });

  const first = slotAt(scenario.startMs) + 1;
  const slots = Math.round((hours * 3_600_000) / SLOT_MS);
  const commands = [...scenario.commands];
  const run = new ScenarioRun(scenario.startMs);
  for (let slot = first; slot < first + slots; slot++) {
    const nowMs = slotStartMs(slot) - LEAD_MS;
    clock.moveTo(nowMs);
    while (commands.length > 0 && scenario.startMs + commands[0]!.atS * 1000 <= nowMs) {
      const command = commands.shift()!;
      const done = await run.askFor(command, asked => authority.carryOut(asked, nowMs - 1));
      if (!done.ok) {
        const { code, message, place } = done.error;
        throw new Error(`the scenario's ${command.name} is refused: ${message} [${code} at ${place}]`);
      }
    }
    const step = await loop.prepare(slot, nowMs);
    recorder.take(step);
    dishes.follow(slotStartMs(slot));
    if (options.onSlot !== undefined)
      await options.onSlot(terminalSlots(authority, step), slot - first + 1, slots);
    if ((slot - first) % 240 === 239) options.progress?.((slot - first + 1) / 240, hours);
  }
  dishes.follow(slotStartMs(first + slots));
  const report = await verifyStoredLog(db, ledgerKey);
  const head = await newestHead(db);
  const replayed = await replayLog(db, authority.commands.values());
  return {
    scenario: scenario.title,
    start: new Date(scenario.startMs).toISOString(),
    hours,
    slots,
    satellites: constellation.elements.length,
    policyVersion: scenario.policy.version,
    ...recorder.figures(decisions),
    ledger: {
      entries: head?.size ?? 0,
      intact: report.ok,
      replayed: replayed.decisions + replayed.admissions,
      differences: replayed.differences.length,
    },
  };
}

/** @throws RangeError for elements that nobody has read before. */
function constellationOf({ elements }: RunOptions, startMs: number): Constellation {
  if (elements === undefined) return builtInConstellation(startMs, startMs);
  const parsed = parseConstellation(elements.text, elements.source, startMs);
  if (!parsed.ok) throw new RangeError(`${elements.source}: ${parsed.error.message}`);
  return parsed.value;
}

/** Salts of a run: nobody's secrets are in it, and the same run gives the same bytes. */
function counted(seed: number): () => string {
  let n = 0;
  return () => createHash("sha256").update(`${seed} ${n++}`).digest("hex").slice(0, 32);
}

/** Nonces of a run: no two are the same, and its devices cannot foresee them. */
function nonces(seed: number): (bytes: number) => Uint8Array {
  let n = 0;
  return bytes => createHash("sha256").update(`nonce ${seed} ${n++}`).digest().subarray(0, bytes);
}

/** Keys of a run: signatures are made and checked, and nothing in the summary depends on them. */
function ephemeralKey(): SigningKey {
  const pair = generateKeyPairSync("ed25519");
  return { ...pair, keyId: keyIdOf(pair.publicKey) };
}
