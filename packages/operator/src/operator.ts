// SPDX-License-Identifier: MIT
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { decisionOf } from "@perigee/authority";
import { slotAt } from "@perigee/network";
import { createWorld } from "@perigee/world";
import type { FastifyInstance } from "fastify";
import { ACCOUNT_SITE, EMERGENCY_RELAY, startAccountSite } from "./account-site.ts";
import { createServer } from "./api/server.ts";
import { AuthorityService } from "./authority-service.ts";
import { decisionView } from "./authority-views.ts";
import { viewById } from "./boundary.ts";
import { type Clock, liveClock } from "./clock.ts";
import type { Config } from "./config.ts";
import { builtInConstellation, type Constellation, parseConstellation } from "./constellation.ts";
import type { OperatorContext } from "./context.ts";
import { EventHub } from "./event-hub.ts";
import { LinkMonitor } from "./link-monitor.ts";
import { startLinkThread } from "./link-thread.ts";
import { LiveLoop } from "./live-loop.ts";
import { NetworkService } from "./network-service.ts";
import { PlanetService } from "./planet/planet-service.ts";
import { loadScenario, type Scenario, type ScenarioError } from "./scenario/scenario.ts";
import { SlotLoop } from "./slot-loop.ts";
import { type Database, openDatabase } from "./storage/database.ts";
import { newestElements, storeElements } from "./storage/element-sets.ts";
import { type SigningKey, signingKey } from "./storage/keys.ts";
import { LinkRecords } from "./storage/link-records.ts";
import { type LockHeld, lockDirectory } from "./storage/lock.ts";
import { readOrigin } from "./storage/origin.ts";
import { seedRecords } from "./storage/seed.ts";
import { VERSION } from "./version.ts";
import { Views } from "./views.ts";
import { createRain } from "./weather/rain.ts";

/** How long a started operator is left alone before the planet is prepared: pages load, terminals connect. */
const PLANET_AFTER_MS = 2_000;

/** A running operator; disposing it stops every part in order. */
export interface Operator extends AsyncDisposable {
  /** Where the API and the console are. */
  readonly url: string;
  readonly context: OperatorContext;
}

/** Why an operator did not start. */
export type StartError =
  | LockHeld
  | ScenarioError
  | {
      readonly code: "SCENARIO_CHANGED" | "PORT_UNAVAILABLE";
      readonly message: string;
      readonly place: string;
    };

export interface StartOptions {
  readonly config: Config;
  /** Folder of the built console; awaited only when the server needs it. */
  readonly consoleFolder: string | Promise<string>;
  /** Says what is being done, for whoever waits. */
  readonly progress?: (step: string) => void;
  /** Called when a part dies that the operator cannot do without. */
  readonly onFailure?: (error: Error) => void;
}

type Result<T, E> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E };

/**
 * Starts an operator in this process.
 *
 * The scenario fills an empty data directory. One that holds records already goes on with them, and is refused when
 * it was filled from another scenario.
 */
export async function startOperator(options: StartOptions): Promise<Result<Operator, StartError>> {
  const { config } = options;
  const progress = options.progress ?? (() => undefined);
  const scenario = loadScenario(config.scenario);
  if (!scenario.ok) return scenario;
  const lock = lockDirectory(config.data);
  if (!lock.ok) return lock;

  await using stack = new AsyncDisposableStack();
  stack.use(lock.value);
  const clock = liveClock;
  progress("opening the records");
  const db = stack.adopt(await openDatabase(config.data, clock.nowMs()), opened => opened.destroy());
  const ledgerKey = signingKey(config.data, "ledger");
  const authorityKey = signingKey(config.data, "authority");
  const startMs = await firstStart(db, ledgerKey, scenario.value, { clock, config, progress });
  if (!startMs.ok) return startMs;

  const boundaryView = viewById(scenario.value.policy.boundaryView)!;
  const hub = new EventHub();
  const authority = await AuthorityService.open({
    db,
    ledgerKey,
    authorityKey,
    policy: scenario.value.policy,
    boundaryView,
    longestLeaseMs: config.leaseSeconds * 1000,
    onDecision: decision => hub.announce("decision", decisionView(decision)),
  });

  progress("preparing the constellation");
  const { policy, seed, weather } = scenario.value;
  const rain = createRain(weather, startMs.value);
  const network = new NetworkService(await constellationOf(db, startMs.value, clock), seed, rain);

  progress("starting the data plane");
  const hostNames = new Set(["localhost", config.host.toLowerCase()]);
  const ports = new Map<string, number>();
  const monitor = new LinkMonitor(config.host, ports);
  const world = createWorld(scenario.value.world, startMs.value);
  const loop: SlotLoop = new SlotLoop(authority, network, world, slot =>
    planet.servingIn(slot, network.constellation.checksum),
  );
  const planet: PlanetService = stack.use(
    new PlanetService({
      scope: config.planet,
      data: config.data,
      policy,
      boundaryView,
      seed,
      weather,
      startMs: startMs.value,
      clock,
      hub,
      constellation: () => network.constellation,
      sites: () => loop.sites(),
    }),
  );
  const linkRecords = new LinkRecords(db);
  const views = new Views({
    version: VERSION,
    title: scenario.value.title,
    clock,
    authority,
    network,
    monitor,
    boundaryView,
    faults: config.faults,
    slot: () => slotAt(clock.nowMs()),
  });

  // The data plane needs the server's address (for the account site), the server's handlers need the data plane: a
  // request that comes in between waits.
  const live = Promise.withResolvers<LiveLoop>();
  const context: OperatorContext = {
    version: VERSION,
    config,
    clock,
    db,
    hub,
    ledgerKey,
    authority,
    network,
    planet,
    linkRecords,
    views,
    hostNames,
    slot: () => slotAt(clock.nowMs()),
    order: async request => (await live.promise).order(request),
    loadElements: async (text, source) => {
      const atMs = clock.nowMs();
      const parsed = parseConstellation(text, source, atMs);
      if (!parsed.ok) return parsed;
      const logged = await authority.log(elementsDecision(parsed.value), (tx, ledgerIndex) =>
        storeElements(tx, parsed.value, text, ledgerIndex),
      );
      network.replace(parsed.value);
      planet.replaceConstellation();
      return {
        ok: true,
        value: {
          satellites: parsed.value.elements.length,
          epoch: new Date(parsed.value.medianEpochMs).toISOString(),
          ageDays: (atMs - parsed.value.medianEpochMs) / 86_400_000,
          checksum: parsed.value.checksum,
          ledgerIndex: logged.ledgerIndex,
        },
      };
    },
    setAuthorityReachable: async reachable => {
      const result = await (await live.promise).engine.setAuthorityReachable(reachable);
      if (result.ok) monitor.setAuthorityReachable(reachable);
      return result;
    },
  };
  progress("waiting for the console's build");
  const server: FastifyInstance = await createServer(context, await options.consoleFolder);
  stack.defer(() => server.close());
  const listening = await listen(server, config);
  if (!listening.ok) return listening;
  const { url, port } = listening.value;

  const accountSite = stack.use(await startAccountSite(id => views.explain(id)));
  const link = stack.use(
    startLinkThread(
      {
        authorityKey: authorityKey.publicKey,
        listenAddress: config.host,
        reserved: {
          [ACCOUNT_SITE]: { host: "127.0.0.1", port: accountSite.port, introduce: true },
          ...emergencyRelay(config.emergency),
        },
        ownPorts: [port, accountSite.port],
        faults: config.faults,
      },
      options.onFailure ??
        (error => {
          throw error;
        }),
    ),
  );
  const ids = authority.terminalIds();
  const attaching = Promise.all(
    ids.map((terminalId, i) =>
      link.engine.attach({ terminalId, port: config.proxyPort === 0 ? 0 : config.proxyPort + i }),
    ),
  );
  // The first plan keeps this thread busy while the data plane's thread starts.
  progress("planning the first slot");
  const first = await loop.prepare(slotAt(clock.nowMs()), clock.nowMs());
  for (const [i, attached] of (await attaching).entries()) {
    if (!attached.ok) {
      const { message, place } = attached.error;
      return {
        ok: false,
        error: { code: "PORT_UNAVAILABLE", message, place: `proxy of ${ids[i]}: ${place}` },
      };
    }
    ports.set(ids[i]!, attached.value.port);
  }
  const loopRunning = stack.use(
    new LiveLoop({
      loop,
      authority,
      network,
      engine: link.engine,
      clock,
      hub,
      views,
      monitor,
      linkRecords,
      orders: scenario.value.orders,
      startMs: startMs.value,
    }),
  );
  await loopRunning.start(first);
  live.resolve(loopRunning);
  const planetTimer = setTimeout(() => planet.start(), PLANET_AFTER_MS);
  stack.defer(() => clearTimeout(planetTimer));

  const addressFile = join(config.data, "operator.json");
  writeFileSync(addressFile, JSON.stringify({ url, pid: process.pid }));
  stack.defer(() => rmSync(addressFile, { force: true }));
  const parts = stack.move();
  return { ok: true, value: { url, context, [Symbol.asyncDispose]: () => parts.disposeAsync() } };
}

/** The relay as a reserved service; none where the operator was not told of one. */
function emergencyRelay(address: string): Record<string, { host: string; port: number }> {
  if (address === "") return {};
  const colon = address.lastIndexOf(":");
  return { [EMERGENCY_RELAY]: { host: address.slice(0, colon), port: Number(address.slice(colon + 1)) } };
}

/** When the scenario's time began: now, on an empty data directory; as recorded, on any other. */
async function firstStart(
  db: Database,
  ledgerKey: SigningKey,
  scenario: Scenario,
  { clock, config, progress }: { clock: Clock; config: Config; progress: (step: string) => void },
): Promise<Result<number, StartError>> {
  const recorded = await readOrigin(db);
  if (recorded === null) {
    progress("writing the scenario's records");
    const startMs = clock.nowMs();
    await seedRecords(db, ledgerKey, scenario, startMs);
    return { ok: true, value: startMs };
  }
  if (recorded.title !== scenario.title || recorded.policyVersion !== scenario.policy.version) {
    return {
      ok: false,
      error: {
        code: "SCENARIO_CHANGED",
        message: `The data directory ${config.data} was filled from another scenario ("${recorded.title}") or another version of its policy. Choose another directory with --data.`,
        place: config.scenario,
      },
    };
  }
  return { ok: true, value: recorded.startMs };
}

/** The elements that were loaded last, else the built-in ones laid on the first start. */
async function constellationOf(db: Database, startMs: number, clock: Clock): Promise<Constellation> {
  const stored = await newestElements(db);
  if (stored === null) return builtInConstellation(startMs, clock.nowMs());
  const parsed = parseConstellation(stored.body, stored.source, stored.loadedAtMs);
  if (!parsed.ok)
    throw new Error(`stored elements ${stored.checksum} no longer parse: ${parsed.error.message}`);
  return parsed.value;
}

function elementsDecision({ elements, source, checksum, medianEpochMs, loadedAtMs }: Constellation) {
  return decisionOf({
    atMs: loadedAtMs,
    subject: "elements",
    action: "elements",
    outcome: "inForce",
    reasons: [source],
    text: `${elements.length} satellites from ${source}, median epoch ${new Date(medianEpochMs).toISOString()}, are in force from the next slot.`,
    inputs: { elementsChecksum: checksum },
  });
}

async function listen(
  server: FastifyInstance,
  { host, port }: Config,
): Promise<Result<{ url: string; port: number }, StartError>> {
  try {
    await server.listen({ host, port });
  } catch (error) {
    const message = `The API cannot listen on ${host}:${port}: ${(error as Error).message}. Choose another port with --port (0 = any).`;
    return { ok: false, error: { code: "PORT_UNAVAILABLE", message, place: `${host}:${port}` } };
  }
  const address = server.server.address();
  const actual = typeof address === "object" && address !== null ? address.port : port;
  return {
    ok: true,
    value: { url: `http://${host.includes(":") ? `[${host}]` : host}:${actual}`, port: actual },
  };
}
