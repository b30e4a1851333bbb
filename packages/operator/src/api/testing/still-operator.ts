// SPDX-License-Identifier: MIT
// Test support, not exported: the operator's real server over the demo's records, its time standing still until a test
// moves it. No slots pass and nothing listens, so that whatever changes was changed by a request.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { slotAt } from "@perigee/network";
import type { FastifyInstance } from "fastify";
import { Access } from "../../access/access.ts";
import type { NewPerson } from "../../access/people.ts";
import { AuthorityService } from "../../authority/authority-service.ts";
import { viewById } from "../../boundary.ts";
import { SimClock } from "../../clock.ts";
import { ConditionDesk } from "../../conditions/condition-desk.ts";
import { LinkConditions } from "../../conditions/link-conditions.ts";
import { defaults } from "../../config.ts";
import { builtInConstellation } from "../../constellation.ts";
import type { OperatorContext } from "../../context.ts";
import { DishDesk } from "../../dish/dish-desk.ts";
import { hostDishes } from "../../dish/operator-dishes.ts";
import { EventHub } from "../../event-hub.ts";
import type { Fleet } from "../../fleet/fleet.ts";
import { type FleetOptions, openFleet } from "../../fleet/open-fleet.ts";
import { LinkMonitor } from "../../link-monitor.ts";
import { watchOf } from "../../location/watch-of.ts";
import { NetworkService } from "../../network-service.ts";
import { PlanetService } from "../../planet/planet-service.ts";
import type { Database } from "../../storage/database.ts";
import type { LoggedDecision } from "../../storage/decisions.ts";
import type { SigningKey } from "../../storage/keys.ts";
import { LinkRecords } from "../../storage/link-records.ts";
import { StoredLists } from "../../storage/screening-lists.ts";
import { devicesOf, seedRecords } from "../../storage/seed.ts";
import { embedded, type TestEngine } from "../../storage/testing.ts";
import { TelemetryStore } from "../../telemetry/store.ts";
import { demo, demoPath, newKey } from "../../testing.ts";
import { Views } from "../../views.ts";
import { createServer } from "../server.ts";

export interface StillOperator extends AsyncDisposable {
  readonly server: FastifyInstance;
  readonly context: OperatorContext;
  readonly authority: AuthorityService;
  readonly db: Database;
  readonly key: SigningKey;
  readonly clock: SimClock;
  /** Everything that was decided, oldest first. */
  readonly decisions: LoggedDecision[];
}

/**
 * @param customers - People beside those of the demo.
 * @param forSale - Products, and programs that may use the operator API V2; none are the demo's.
 */
export async function stillOperator(
  customers: readonly NewPerson[] = [],
  engine: TestEngine = embedded,
  forSale: Partial<FleetOptions> = {},
): Promise<StillOperator> {
  await using stack = new AsyncDisposableStack();
  const folder = stack.adopt(mkdtempSync(join(tmpdir(), "perigee-still-")), path =>
    rmSync(path, { recursive: true, force: true }),
  );
  const { db } = stack.use(await engine.open());
  const scenario = demo();
  const { startMs } = scenario;
  const clock = new SimClock(startMs + 1);
  const config = { ...defaults(demoPath), data: folder, planet: "off" as const };
  const key = newKey();
  await seedRecords(db, key, scenario, startMs);
  const hub = new EventHub();
  const lists = await StoredLists.open(db);
  const boundaryView = viewById(scenario.policy.boundaryView)!;
  const decisions: LoggedDecision[] = [];
  const authority = await AuthorityService.open({
    ...{ db, boundaryView, ledgerKey: key, authorityKey: newKey(), screeningLists: lists },
    ...{ operatorName: scenario.operator, longestLeaseMs: 60_000 },
    onDecision: decision => {
      decisions.push(decision);
      if (decision.action === "erase") access.people.forget(decision.subject, decision.atMs);
    },
  });
  const access: Access = stack.use(
    await Access.open({
      ...{ mode: "open", db, directory: folder, nowMs: startMs },
      people: [...scenario.people, ...customers],
      log: (decision, change) => authority.log(decision, change),
    }),
  );
  const conditions = new LinkConditions([], startMs);
  const network = new NetworkService(builtInConstellation(startMs, startMs), scenario.seed, null, conditions);
  const slot = (): number => slotAt(clock.nowMs());
  const nowMs = (): number => clock.nowMs();
  const planet = stack.use(
    new PlanetService({
      ...{ scope: "off", data: folder, policy: scenario.policy, boundaryView, seed: scenario.seed },
      ...{ weather: null, startMs, clock, hub },
      constellation: () => network.constellation,
      sites: () => [],
      outageAt: atMs => network.outageAt(atMs),
    }),
  );
  const monitor = new LinkMonitor(config.host, new Map());
  const devices = devicesOf(scenario, startMs);
  const terminals = scenario.world;
  const locations = watchOf({ network, devices, terminals, startMs, seed: scenario.seed });
  const context: OperatorContext = {
    ...{
      version: "0",
      config,
      clock,
      db,
      hub,
      ledgerKey: key,
      authority,
      network,
      planet,
      lists,
      access,
      slot,
    },
    linkRecords: new LinkRecords(db),
    locations,
    ownStatements: scenario.ownStatements,
    views: new Views({
      ...{
        version: "0",
        title: scenario.title,
        clock,
        authority,
        network,
        monitor,
        locations,
        boundaryView,
        slot,
      },
      faults: false,
    }),
    dishes: new DishDesk(
      hostDishes({ authority, network, config, nowMs, startMs, world: scenario.world, seed: scenario.seed }),
      new Map(),
    ),
    telemetry: stack.use(await TelemetryStore.open({ folder: join(folder, "telemetry"), retentionDays: 30 })),
    get fleet() {
      return fleet;
    },
    linkConditions: new ConditionDesk({
      ...{ network, slot, nowMs },
      hasTerminal: id => authority.has(id),
      carryOut: async change => change(nowMs()),
    }),
    hostNames: new Set(["localhost"]),
    order: async request => {
      const done = await authority.order(request, nowMs());
      return done.ok ? { ok: true, value: done.value.order } : done;
    },
    carryOut: asked => authority.carryOut(asked, nowMs()),
    // Elements and the data plane have tests of their own; here nobody loads or cuts anything.
    loadElements: () => Promise.reject(new Error("no elements are loaded in this test")),
    setAuthorityReachable: () => Promise.reject(new Error("there is no data plane in this test")),
  };
  const fleet: Fleet = await openFleet(context, { ...scenario, ...forSale });
  stack.use(fleet.desks);
  const server = await createServer(context, join(folder, "no-console"));
  stack.defer(() => server.close());
  const parts = stack.move();
  return {
    ...{ server, context, authority, db, key, clock, decisions },
    [Symbol.asyncDispose]: () => parts.disposeAsync(),
  };
}

/** Headers of a request in a person's name. */
export const asPerson = (id: string): Record<string, string> => ({
  "x-perigee-client": "test",
  "x-perigee-as": id,
});
