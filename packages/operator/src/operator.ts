// SPDX-License-Identifier: MIT
import { randomBytes } from "node:crypto";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { decisionOf, retentionRules } from "@perigee/authority";
import type { ReservedService } from "@perigee/link";
import { slotAt } from "@perigee/network";
import { createWorld } from "@perigee/world";
import type { FastifyInstance } from "fastify";
import { Access } from "./access/access.ts";
import type { PasswordCode } from "./access/accounts.ts";
import { ACCOUNT_SITE, EMERGENCY_RELAY, startAccountSite } from "./account-site.ts";
import { passwordLink } from "./api/people.ts";
import { createServer } from "./api/server.ts";
import { AuthorityService } from "./authority/authority-service.ts";
import { decisionView } from "./authority/authority-views.ts";
import { IdentityWatch } from "./authority/identity-watch.ts";
import { viewById } from "./boundary.ts";
import { type Clock, liveClock } from "./clock.ts";
import { ConditionDesk } from "./conditions/condition-desk.ts";
import { LinkConditions } from "./conditions/link-conditions.ts";
import { type Config, isLoopback } from "./config.ts";
import { builtInConstellation, type Constellation, parseConstellation } from "./constellation.ts";
import type { OperatorContext } from "./context.ts";
import { DishDesk } from "./dish/dish-desk.ts";
import type { DishAddresses } from "./dish/dish-endpoints.ts";
import { hostDishes, serveLocalApis } from "./dish/operator-dishes.ts";
import { EventHub } from "./event-hub.ts";
import type { Fleet } from "./fleet/fleet.ts";
import { openFleet } from "./fleet/open-fleet.ts";
import { Keeper } from "./keeping/keeper.ts";
import { LinkMonitor } from "./link-monitor.ts";
import { startLinkThread } from "./link-thread.ts";
import { LiveLoop } from "./live-loop.ts";
import { lastContradicted } from "./location/evidence-store.ts";
import { watchOf } from "./location/watch-of.ts";
import { NetworkService } from "./network-service.ts";
import { PlanetService } from "./planet/planet-service.ts";
import { unknownTarget } from "./scenario/conditions.ts";
import { loadScenario, type Scenario, type ScenarioError } from "./scenario/scenario.ts";
import { SlotLoop } from "./slot-loop.ts";
import { type Database, openDatabase } from "./storage/database.ts";
import { lockDatabase } from "./storage/database-lock.ts";
import { newestElements, storeElements } from "./storage/element-sets.ts";
import { type SigningKey, signingKey } from "./storage/keys.ts";
import { LinkRecords } from "./storage/link-records.ts";
import { type LockHeld, lockDirectory } from "./storage/lock.ts";
import { readOrigin } from "./storage/origin.ts";
import { StoredLists } from "./storage/screening-lists.ts";
import { devicesOf, seedRecords } from "./storage/seed.ts";
import { TelemetryStore } from "./telemetry/store.ts";
import { VERSION } from "./version.ts";
import { Views } from "./views.ts";
import { createRain } from "./weather/rain.ts";

/** How long a started operator is left alone before the planet is prepared: pages load, terminals connect. */
const PLANET_AFTER_MS = 2_000;
/** How often a day that is over gets the digest of its reads of positions, and what is past its time is looked for. */
const KEEPING_MS = 60_000;

/** A running operator; disposing it stops every part in order. */
export interface Operator extends AsyncDisposable {
  /** Where the API and the console are. */
  readonly url: string;
  readonly context: OperatorContext;
  /** How the first admin sets a password; `null` once one has. */
  readonly firstSignIn: FirstSignIn | null;
}

/** A link for the first admin: it works once. */
export interface FirstSignIn extends PasswordCode {
  readonly person: { readonly name: string; readonly email: string };
  readonly link: string;
}

/** Why an operator did not start. */
export type StartError =
  | LockHeld
  | ScenarioError
  | {
      readonly code: "SCENARIO_CHANGED" | "PORT_UNAVAILABLE" | "SIGN_IN_OPEN";
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
  const tooOpen = refuseOpen(config, scenario.value);
  if (tooOpen !== null) return { ok: false, error: tooOpen };
  const lock = lockDirectory(config.data);
  if (!lock.ok) return lock;

  await using stack = new AsyncDisposableStack();
  stack.use(lock.value);
  const clock = liveClock;
  progress("opening the records");
  if (config.database !== "") {
    const owner = await lockDatabase(config.database, options.onFailure ?? fail);
    if (!owner.ok) return owner;
    stack.use(owner.value);
  }
  const where = config.database === "" ? config.data : config.database;
  const db = stack.adopt(await openDatabase(where, clock.nowMs()), opened => opened.destroy());
  const ledgerKey = signingKey(config.data, "ledger");
  const authorityKey = signingKey(config.data, "authority");
  const startMs = await firstStart(db, ledgerKey, scenario.value, { clock, config, progress });
  if (!startMs.ok) return startMs;

  const boundaryView = viewById(scenario.value.policy.boundaryView)!;
  const hub = new EventHub();
  const lists = await StoredLists.open(db);
  const authority = await AuthorityService.open({
    db,
    operatorName: scenario.value.operator,
    screeningLists: lists,
    ledgerKey,
    authorityKey,
    boundaryView,
    longestLeaseMs: config.leaseSeconds * 1000,
    onDecision: decision => {
      hub.announce("decision", decisionView(decision));
      if (decision.action === "erase") access.people.forget(decision.subject, decision.atMs);
    },
  });

  const access: Access = stack.use(
    await Access.open({
      mode: config.signIn,
      db,
      directory: config.data,
      people: scenario.value.people,
      log: (decision, change) => authority.log(decision, change),
      nowMs: clock.nowMs(),
    }),
  );
  const keeper = new Keeper(db, (decision, change) => authority.log(decision, change));
  const keeping = setInterval(() => {
    keeper
      .run(clock.nowMs())
      .catch((error: Error) =>
        process.emitWarning(`what is past its time is not forgotten: ${error.message}`),
      );
    access.reads
      .digestDays(clock.nowMs())
      .catch((error: Error) => process.emitWarning(`the day's reads have no digest yet: ${error.message}`));
  }, KEEPING_MS);
  stack.defer(() => clearInterval(keeping));

  progress("preparing the constellation");
  const { policy, seed, weather } = scenario.value;
  const rain = createRain(weather, startMs.value);
  const conditions = new LinkConditions(scenario.value.conditions, startMs.value);
  const network = new NetworkService(await constellationOf(db, startMs.value, clock), seed, rain, conditions);
  const unknown = unknownTarget(scenario.value, network);
  if (unknown !== null)
    return { ok: false, error: { ...unknown, place: `${config.scenario}: ${unknown.place}` } };

  progress("starting the data plane");
  const hostNames = new Set(["localhost", config.host.toLowerCase()]);
  const ports = new Map<string, number>();
  const monitor = new LinkMonitor(config.host, ports);
  const world = network.silence.world(createWorld(scenario.value.world, startMs.value));
  const devices = network.silence.devices(devicesOf(scenario.value, startMs.value));
  const watch = new IdentityWatch(
    devices,
    id => authority.book.get("terminal", id)?.publicKey ?? null,
    randomBytes,
  );
  const locations = watchOf({
    ...{ network, devices, terminals: scenario.value.world, startMs: startMs.value, seed },
    suspected: await lastContradicted(db),
  });
  const loop: SlotLoop = new SlotLoop(
    authority,
    network,
    world,
    slot => planet.servingIn(slot, network.constellation.checksum),
    watch,
    locations,
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
      outageAt: atMs => network.outageAt(atMs),
    }),
  );
  const linkRecords = new LinkRecords(db);
  const telemetry = stack.use(
    await TelemetryStore.open({
      folder: join(config.data, "telemetry"),
      retentionDays: retentionRules.telemetry.days ?? 30,
    }),
  );
  const views = new Views({
    version: VERSION,
    title: scenario.value.title,
    clock,
    authority,
    network,
    monitor,
    locations,
    boundaryView,
    faults: config.faults,
    slot: () => slotAt(clock.nowMs()),
  });

  // The data plane needs the server's address (for the account site), the server's handlers need the data plane: a
  // request that comes in between waits.
  const live = Promise.withResolvers<LiveLoop>();
  const dishAddresses = new Map<string, DishAddresses>();
  const dishes = hostDishes({
    ...{ authority, network, config, monitor, seed, startMs: startMs.value },
    world: scenario.value.world,
    nowMs: () => clock.nowMs(),
    onRadio: async () => (await live.promise).changeConditions(() => true),
    onRows: rows =>
      telemetry
        .take(rows)
        .catch((error: Error) => process.emitWarning(`a slot's telemetry is not kept: ${error.message}`)),
    onRouters: (slot, rows) => fleet.desks.telemetry.routers.take(slot, rows),
  });
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
    lists,
    linkRecords,
    locations,
    ownStatements: scenario.value.ownStatements,
    views,
    access,
    dishes: new DishDesk(dishes, dishAddresses),
    telemetry,
    get fleet() {
      return fleet;
    },
    linkConditions: new ConditionDesk({
      network,
      hasTerminal: id => authority.has(id),
      slot: () => slotAt(clock.nowMs()),
      nowMs: () => clock.nowMs(),
      carryOut: async change => (await live.promise).changeConditions(change),
    }),
    hostNames,
    slot: () => slotAt(clock.nowMs()),
    order: async request => (await live.promise).order(request),
    carryOut: async asked => (await live.promise).carryOut(asked),
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
  const fleet: Fleet = await openFleet(context, scenario.value);
  stack.use(fleet.desks);
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
        captive: ACCOUNT_SITE,
        ownPorts: [port, accountSite.port],
        faults: config.faults,
      },
      options.onFailure ?? fail,
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
      commands: scenario.value.commands,
      startMs: startMs.value,
    }),
  );
  await loopRunning.start(first);
  live.resolve(loopRunning);
  progress("opening the terminals' local APIs");
  const localApis = await serveLocalApis(dishes, config, dishAddresses);
  if (!localApis.ok) return localApis;
  stack.use(localApis.value);
  stack.use(dishes).start();
  const planetTimer = setTimeout(() => planet.start(), PLANET_AFTER_MS);
  stack.defer(() => clearTimeout(planetTimer));

  const addressFile = join(config.data, "operator.json");
  writeFileSync(addressFile, JSON.stringify({ url, pid: process.pid }));
  stack.defer(() => rmSync(addressFile, { force: true }));
  const code = await access.firstCode(clock.nowMs());
  const firstSignIn = code && { ...code, link: passwordLink(url, code.person.email, code.code) };
  const parts = stack.move();
  return {
    ok: true,
    value: { url, context, firstSignIn, [Symbol.asyncDispose]: () => parts.disposeAsync() },
  };
}

/** Why signing in may not be open here. */
function refuseOpen({ signIn, host, scenario }: Config, { people }: Scenario): StartError | null {
  if (signIn !== "open") return null;
  if (!isLoopback(host)) {
    const message = `With signIn open everyone who reaches ${host} may do everything; it is for loopback only.`;
    return { code: "SIGN_IN_OPEN", message, place: "signIn" };
  }
  if (people.length > 0) return null;
  const message = "With signIn open somebody has to be there to act as: the scenario names no people.";
  return { code: "SIGN_IN_OPEN", message, place: `${scenario}: people` };
}

/** What happens to a part's death where nobody asked to be told. */
const fail = (error: Error): never => {
  throw error;
};

/** The relay as a reserved service; none where the operator was not told of one. */
function emergencyRelay(address: string): Record<string, ReservedService> {
  if (address === "") return {};
  const colon = address.lastIndexOf(":");
  const relay = { host: address.slice(0, colon), port: Number(address.slice(colon + 1)) };
  return { [EMERGENCY_RELAY]: { ...relay, emergency: true } };
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
