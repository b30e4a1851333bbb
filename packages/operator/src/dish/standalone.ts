// SPDX-License-Identifier: MIT
import { type LocationPolicy, sceneNamed, scenes, startDishServer } from "@perigee/dish";
import { slotAt, slotStartMs } from "@perigee/network";
import { createSurroundings } from "@perigee/world";
import Fastify from "fastify";
import { serveDishes } from "../api/dishes.ts";
import { guardOrigin } from "../api/guard.ts";
import { serveMetrics } from "../api/metrics.ts";
import { answerProblems } from "../api/problem.ts";
import { useContract } from "../api/zod-contract.ts";
import { LinkConditions } from "../conditions/link-conditions.ts";
import { builtInConstellation } from "../constellation.ts";
import { NetworkService } from "../network-service.ts";
import { VERSION } from "../version.ts";
import type { DishView, SceneView } from "./contract.ts";
import { DishDesk } from "./dish-desk.ts";
import {
  type AddressError,
  type DishAddresses,
  openEndpoints,
  type WantedAddresses,
} from "./dish-endpoints.ts";
import { DishHost } from "./dish-host.ts";
import { makeTerminal } from "./make-terminal.ts";
import { RadioSilence } from "./radio-silence.ts";
import { satelliteLook } from "./satellite-look.ts";
import { StandaloneFeed, type StandingTerminal } from "./standalone-feed.ts";

export interface StandaloneOptions {
  /** Where the first one stands, degrees; the others stand some hundred metres apart, to the east of it. */
  readonly latDeg: number;
  readonly lonDeg: number;
  readonly terminals: number;
  /** Where the n-th terminal answers, from 0. */
  readonly addressesOf: (n: number) => WantedAddresses;
  readonly location: LocationPolicy;
  readonly lanWrites: boolean;
  /** What all of them show from the start; `null`: what they are. */
  readonly scene: string | null;
  readonly admin: { readonly host: string; readonly port: number };
}

/** Terminals without an operator; disposing them closes their ports. */
export interface StandaloneDishes extends AsyncDisposable {
  /** Of the admin API. */
  readonly url: string;
  list(): DishView[];
}

type Result =
  | { readonly ok: true; readonly value: StandaloneDishes }
  | { readonly ok: false; readonly error: AddressError };

/** How long before a slot's start it is planned. */
const LEAD_MS = 1_500;
/** Time since they were switched on, when they begin: they have entered the network and settled. */
const UP_FOR_MS = 3_600_000;
/** What `get_history` holds. */
const HISTORY_MS = 900_000;
const MOST_WITH_A_PAST = 100;
/** Between neighbours, degrees of longitude: some hundred metres, so that thousands fit into one cell of service. */
const APART_DEG = 0.001;
const BESIDE_EACH_OTHER = 100;
const SEED = 1;

/** What terminals can be made to show, in the order in which they are offered. */
export function listScenes(): SceneView[] {
  return scenes.map(({ name, sentence }) => ({ name, sentence }));
}

/**
 * Starts terminals that nobody operates: the built-in satellites over their heads, a plan of their links every slot,
 * their local APIs, and an admin API on which scripts switch scenes and Prometheus scrapes.
 */
export async function startStandaloneDishes(options: StandaloneOptions): Promise<Result> {
  const scene = options.scene === null ? null : sceneNamed(options.scene);
  if (scene === null && options.scene !== null) {
    const message = `There is no scene "${options.scene}".`;
    return { ok: false, error: { code: "SCENE_UNKNOWN", message, place: "scene" } };
  }
  const nowMs = Date.now();
  const clock = new LivedClock(nowMs - livedMs(options.terminals));
  const terminals = Array.from({ length: options.terminals }, (_, n) => placeOf(options, n));
  const silence = new RadioSilence();
  const constellation = builtInConstellation(nowMs, nowMs);
  const network = new NetworkService(constellation, SEED, null, new LinkConditions(), silence);
  const surroundings = createSurroundings(
    terminals.map(({ id, latDeg, lonDeg }) => ({
      ...{ id, off: [] },
      track: { waypoints: [{ atS: 0, latDeg, lonDeg }], afterEnd: "stay" },
    })),
    nowMs,
    SEED,
  );
  const { location, lanWrites } = options;
  const feed = new StandaloneFeed({ network, terminals, surroundings, location, lanWrites });
  feed.plan(slotAt(clock.nowMs()));

  await using stack = new AsyncDisposableStack();
  const host = stack.use(
    new DishHost({
      feed,
      silence,
      nowMs: () => clock.nowMs(),
      onRadio: async () => {
        for (const slot of [slotAt(Date.now()), slotAt(Date.now()) + 1]) {
          network.recondition(slot, Math.max(Date.now(), slotStartMs(slot)));
        }
      },
    }),
  );
  for (const { id, lonDeg } of terminals) {
    const record = { id, kitNumber: null, serial: null };
    host.add(
      makeTerminal({
        ...{ record, country: "ZZ", lonDeg, isMobile: false, surroundings, lanWrites },
        ...{ clock: () => clock.nowMs(), startedMs: nowMs - UP_FOR_MS },
        look: satelliteLook(() => network.planner),
      }),
    );
  }
  live(feed, host, clock);
  if (scene !== null) for (const { id } of terminals) host.setScene(id, scene);
  const server = await startDishServer({});
  if (!server.ok) return server;
  stack.use(server.value);
  const addresses = new Map<string, DishAddresses>();
  for (const [n, { id }] of terminals.entries()) {
    const opened = await openEndpoints(server.value, host, id, options.addressesOf(n));
    if (!opened.ok) return opened;
    addresses.set(id, opened.value);
  }
  const desk = new DishDesk(host, addresses);
  const admin = await serveAdmin(desk, options.admin);
  if (!admin.ok) return admin;
  stack.use(admin.value);
  stack.use(planAhead(feed));
  host.start();
  const parts = stack.move();
  return {
    ok: true,
    value: {
      url: admin.value.url,
      list: () => desk.list(),
      [Symbol.asyncDispose]: () => parts.disposeAsync(),
    },
  };
}

/** Time that has been lived through before, then the wall's. */
class LivedClock {
  /** UTC ms; `null`: the wall's. */
  livedMs: number | null;

  constructor(fromMs: number) {
    this.livedMs = fromMs;
  }

  nowMs(): number {
    return this.livedMs ?? Date.now();
  }
}

/** A full history, unless there are so many terminals that somebody would have to wait for it. */
const livedMs = (terminals: number): number => (terminals > MOST_WITH_A_PAST ? 0 : HISTORY_MS);

/** Lets terminals live from a moment in the past until now, slot by slot. */
function live(feed: StandaloneFeed, host: DishHost, clock: LivedClock): void {
  for (let slot = slotAt(clock.nowMs()); slotStartMs(slot) < Date.now(); slot++) {
    feed.plan(slot);
    clock.livedMs = Math.max(clock.nowMs(), slotStartMs(slot));
    host.follow(clock.livedMs);
  }
  clock.livedMs = null;
}

function placeOf({ latDeg, lonDeg }: StandaloneOptions, n: number): StandingTerminal {
  const row = Math.floor(n / BESIDE_EACH_OTHER);
  const place = { latDeg: latDeg + row * APART_DEG, lonDeg: lonDeg + (n % BESIDE_EACH_OTHER) * APART_DEG };
  return { id: `terminal-${n + 1}`, ...place };
}

/** Plans each slot shortly before it begins, and the running one: getting ready may have taken longer than a slot. */
function planAhead(feed: StandaloneFeed): Disposable {
  let timer: NodeJS.Timeout;
  feed.plan(slotAt(Date.now()));
  const wait = (slot: number): void => {
    timer = setTimeout(
      () => {
        feed.plan(slot);
        wait(Math.max(slot, slotAt(Date.now())) + 1);
      },
      slotStartMs(slot) - LEAD_MS - Date.now(),
    );
  };
  wait(slotAt(Date.now()) + 1);
  return { [Symbol.dispose]: () => clearTimeout(timer) };
}

type Admin =
  | { readonly ok: true; readonly value: AsyncDisposable & { readonly url: string } }
  | { readonly ok: false; readonly error: AddressError };

/** The part of the operator's API that is about terminals as devices, without people and permissions. */
async function serveAdmin(desk: DishDesk, { host, port }: StandaloneOptions["admin"]): Promise<Admin> {
  const server = Fastify({ bodyLimit: 4096, requestTimeout: 30_000, forceCloseConnections: true });
  answerProblems(server);
  guardOrigin(server, new Set(["localhost"]));
  await useContract(server, VERSION);
  serveDishes(server, desk, true);
  serveMetrics(server, desk.host, async () => null);
  try {
    const url = await server.listen({ host, port });
    return { ok: true, value: { url, [Symbol.asyncDispose]: () => server.close() } };
  } catch (error) {
    await server.close();
    const message = `The admin API cannot listen on ${host}:${port}: ${(error as Error).message}.`;
    return { ok: false, error: { code: "PORT_UNAVAILABLE", message, place: "admin" } };
  }
}
