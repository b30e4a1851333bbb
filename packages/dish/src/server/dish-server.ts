// SPDX-License-Identifier: MIT
import { createServer, isIPv6, type Server } from "node:net";
import { type BrowserRules, defaultBrowserRules } from "./browser-rules.ts";
import type { Farewell } from "./connection.ts";
import { Door } from "./door.ts";
import type { Endpoint, EndpointState, ListeningEndpoint, PortKind } from "./endpoint.ts";
import { defaultLimits, type Limits } from "./limits.ts";
import { MemoryAccount } from "./memory.ts";
import { methods } from "./methods.ts";

/** How long calls may go on after the endpoint was taken away, in milliseconds. */
const CLOSING_MS = 1000;

/** Why an endpoint does not listen. */
export interface DishServerError {
  /** `taken`: the port or the id is in use; `address`: no such address here, or not allowed; `closed`: too late. */
  readonly code: "taken" | "address" | "closed";
  readonly message: string;
  /** `grpcPort`, `grpcWebPort`, `address`, `id` or `server`. */
  readonly place: string;
}

/** An outcome of this room. */
export type DishServerResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: DishServerError };

/** How to serve. Everything has a default that fits a terminal on its owner's network. */
export interface DishServerOptions {
  /** Where to listen from the start; more may follow by `add`. */
  readonly endpoints?: readonly Endpoint[];
  readonly limits?: Partial<Limits>;
  /** Which web pages may call. */
  readonly browsers?: Partial<BrowserRules>;
  /** A device threw; its call ended with INTERNAL. */
  readonly onFault?: (cause: unknown, endpointId: string) => void;
}

/** What the server is doing. */
export interface DishServerFigures {
  readonly endpoints: number;
  readonly connections: number;
  /** Held by open calls, as the limits count it. */
  readonly memoryBytes: number;
  /** Connections that the server ended, by reason. */
  readonly farewells: Readonly<Partial<Record<Farewell, number>>>;
}

/** Terminals and routers that can be reached. */
export interface DishServer extends AsyncDisposable {
  readonly endpoints: ReadonlyMap<string, ListeningEndpoint>;
  /** Listens for one more device. */
  add(endpoint: Endpoint): Promise<DishServerResult<ListeningEndpoint>>;
  /** Stops listening and ends its connections. @returns whether there was one */
  remove(id: string): Promise<boolean>;
  figures(): DishServerFigures;
}

/** One that is listening, with its sockets. */
interface Opened {
  readonly state: EndpointState;
  readonly listening: ListeningEndpoint;
  readonly servers: readonly Server[];
}

/**
 * Serves any number of devices from one process: gRPC over HTTP/2 without TLS and gRPC-Web over HTTP/1.1 (or HTTP/2),
 * with reflection. Every endpoint has sockets of its own; all share one table of methods and one set of limits.
 *
 * @returns an error if one of the endpoints cannot listen; then none does
 * @example
 * const dish = { id: "ut01000000-00000000-00001234", handle: () => ({ dishGetStatus: {} }) };
 * const started = await startDishServer({
 *   endpoints: [{ address: "192.168.100.1", grpcPort: 9200, grpcWebPort: 9201, device: dish }],
 * });
 */
export async function startDishServer(
  options: DishServerOptions = {},
): Promise<DishServerResult<DishServer>> {
  const server = new Listeners(options);
  for (const endpoint of options.endpoints ?? []) {
    const added = await server.add(endpoint);
    if (added.ok) continue;
    await server[Symbol.asyncDispose]();
    return added;
  }
  return { ok: true, value: server };
}

class Listeners implements DishServer {
  readonly endpoints = new Map<string, ListeningEndpoint>();
  readonly #door: Door;
  readonly #limits: Limits;
  readonly #opened = new Map<string, Opened>();
  #closed = false;

  constructor(options: DishServerOptions) {
    this.#limits = { ...defaultLimits, ...options.limits };
    const browsers = { ...defaultBrowserRules, ...options.browsers };
    this.#door = new Door({ limits: this.#limits, methods, browsers }, options.onFault ?? ignore, () =>
      performance.now(),
    );
  }

  async add(endpoint: Endpoint): Promise<DishServerResult<ListeningEndpoint>> {
    const { address, device, grpcPort, grpcWebPort, id = device.id } = endpoint;
    const obstacle = this.#obstacle(id);
    if (obstacle !== null) return obstacle;
    const sharedPort = grpcWebPort !== null && grpcWebPort === grpcPort && grpcPort !== 0;
    const state: Mutable<EndpointState> = {
      id,
      device,
      caller: endpoint.caller ?? "lan",
      find: endpoint.find ?? nobody,
      ownOrigin: "",
      memory: new MemoryAccount(this.#limits.endpointMemoryBytes, this.#door.memory),
      connections: new Set(),
      silent: new Set(),
    };
    const grpc = await this.#listen(state, address, grpcPort, { grpc: true, web: sharedPort }, "grpcPort");
    if (!grpc.ok) return grpc;
    const servers = [grpc.value.server];
    let webPort: number | null = sharedPort ? grpc.value.port : null;
    if (grpcWebPort !== null && !sharedPort) {
      const web = await this.#listen(state, address, grpcWebPort, { grpc: true, web: true }, "grpcWebPort");
      if (!web.ok) {
        await closed(grpc.value.server);
        return web;
      }
      servers.push(web.value.server);
      webPort = web.value.port;
    }
    if (webPort !== null) state.ownOrigin = `http://${isIPv6(address) ? `[${address}]` : address}:${webPort}`;
    const listening = { id, address, grpcPort: grpc.value.port, grpcWebPort: webPort };
    const opened = { state, listening, servers };
    // Again, for while this one was being opened, something may have happened.
    const late = this.#obstacle(id);
    if (late !== null) {
      await this.#close(opened);
      return late;
    }
    this.#opened.set(id, opened);
    this.endpoints.set(id, listening);
    return { ok: true, value: listening };
  }

  async remove(id: string): Promise<boolean> {
    const opened = this.#opened.get(id);
    if (opened === undefined) return false;
    this.#opened.delete(id);
    this.endpoints.delete(id);
    await this.#close(opened);
    return true;
  }

  figures(): DishServerFigures {
    return {
      endpoints: this.#opened.size,
      connections: this.#door.connections,
      memoryBytes: this.#door.memory.heldBytes,
      farewells: Object.fromEntries(this.#door.farewells),
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    const all = [...this.#opened.values()];
    this.#opened.clear();
    this.endpoints.clear();
    await Promise.all(all.map(opened => this.#close(opened)));
    this.#door.close();
  }

  /** Why there can be no endpoint of that name, if so. */
  #obstacle(id: string): ReturnType<typeof fail> | null {
    if (this.#closed) return fail("closed", "server", "The server has been closed.");
    return this.#opened.has(id) ? fail("taken", "id", `There is an endpoint ${id} already.`) : null;
  }

  async #listen(
    state: EndpointState,
    address: string,
    port: number,
    kind: PortKind,
    place: "grpcPort" | "grpcWebPort",
  ): Promise<DishServerResult<{ server: Server; port: number }>> {
    const server = createServer(socket => this.#door.admit(socket, state, kind));
    const { promise, resolve } = Promise.withResolvers<NodeJS.ErrnoException | null>();
    server.once("error", resolve);
    server.listen({ host: address, port, exclusive: true }, () => resolve(null));
    const error = await promise;
    // Later errors concern one connection that could not be accepted, e.g. for want of file descriptors.
    server.on("error", ignore);
    if (error !== null)
      return error.code === "EADDRINUSE" ? taken(address, port, place) : unusable(address, port, error);
    const bound = server.address();
    return {
      ok: true,
      value: { server, port: bound !== null && typeof bound === "object" ? bound.port : port },
    };
  }

  async #close({ state, servers }: Opened): Promise<void> {
    const ended = Promise.all(servers.map(closed));
    this.#door.empty(state);
    const timer = setTimeout(() => this.#door.clear(state), CLOSING_MS);
    await ended;
    clearTimeout(timer);
  }
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const ignore = (): void => undefined;
const nobody = (): undefined => undefined;

/** Waits until a server and its last connection are closed. */
const closed = (server: Server): Promise<void> => new Promise(resolve => server.close(() => resolve()));

const fail = (
  code: DishServerError["code"],
  place: string,
  message: string,
): { readonly ok: false; readonly error: DishServerError } => ({
  ok: false,
  error: { code, message, place },
});

const taken = (address: string, port: number, place: string): DishServerResult<never> =>
  fail("taken", place, `Port ${port} of ${address} is in use.`);

const unusable = (address: string, port: number, error: NodeJS.ErrnoException): DishServerResult<never> =>
  fail("address", "address", `Port ${port} of ${address} cannot be opened here (${error.code}).`);
