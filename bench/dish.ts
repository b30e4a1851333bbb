// SPDX-License-Identifier: MIT
// Many terminals in one process, each with a port of its own, and clients in another process that ask them all.
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { codecOf } from "../packages/dish/src/codec/codec.ts";
import { frameOf } from "../packages/dish/src/server/frame.ts";
import { type Answers, type Caller, callersTo, flatOut, steady } from "./dish/load.ts";
import type { Used } from "./dish/serve.ts";
import { type Bench, quantile, round } from "./result.ts";

const TERMINALS = 10_000;
/** Of these terminals, every so manyth has a client that stays connected: a process may have 20,000 sockets. */
const CLIENTS = 4_000;
const CALLS = 20_000;
const AT_ONCE = 32;
const PER_SECOND = 1_000;
const HISTORIES = 4_000;

const request = codecOf("SpaceX.API.Device.Request");
const status = frameOf(request.encode({ getStatus: {} }));
const history = frameOf(request.encode({ getHistory: {} }));

/** A server in a process of its own, with clients connected to it. */
class Party implements AsyncDisposable {
  readonly answers: Answers = { calls: 0, bytes: 0, lost: 0 };
  readonly #child: ChildProcess;
  #callers: readonly Caller[] = [];

  constructor(kind: "ours" | "connect", terminals: number) {
    const child = fork(new URL("./dish/serve.ts", import.meta.url), [kind, String(terminals)]);
    this.#child = child;
  }

  async connect(clients: number): Promise<void> {
    const [ports] = (await once(this.#child, "message")) as [number[]];
    const step = ports.length / clients;
    this.#callers = await callersTo(
      Array.from({ length: clients }, (_, i) => ports[Math.floor(i * step)]!),
      this.answers,
    );
  }

  async used(): Promise<Used> {
    this.#child.send("used");
    const [used] = (await once(this.#child, "message")) as [Used];
    return used;
  }

  /** CPU time of the server during some work, in milliseconds. */
  async cpuMs<T>(work: (callers: readonly Caller[]) => Promise<T>): Promise<{ cpuMs: number; value: T }> {
    const before = await this.used();
    const value = await work(this.#callers);
    return { cpuMs: (await this.used()).cpuMs - before.cpuMs, value };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const caller of this.#callers) caller.close();
    const ended = once(this.#child, "exit");
    this.#child.disconnect();
    await ended;
  }
}

/** CPU time of one call when they come as fast as they are answered, in milliseconds. */
async function cpuMsPerCall(party: Party, framed: Uint8Array, calls: number): Promise<number> {
  await party.cpuMs(callers => flatOut(callers, framed, Math.max(2_000, callers.length), AT_ONCE));
  const { cpuMs } = await party.cpuMs(callers => flatOut(callers, framed, calls, AT_ONCE));
  return cpuMs / calls;
}

export const bench: Bench = async progress => {
  await using many = new Party("ours", TERMINALS);
  await many.connect(CLIENTS);
  const { residentMb } = await many.used();
  progress(`${TERMINALS} terminals, ${CLIENTS} clients connected, ${Math.round(residentMb)} MB`);
  const manyStatusMs = await cpuMsPerCall(many, status, CALLS);
  const historyMs = await cpuMsPerCall(many, history, HISTORIES);
  progress(`get_status ${round(manyStatusMs)} ms of CPU, get_history ${round(historyMs)} ms`);
  const paced = await many.cpuMs(callers => steady(callers, status, CALLS, PER_SECOND));
  progress(`${PER_SECOND} calls/s: ${Math.round((CALLS * 1000) / paced.cpuMs)} calls per CPU second`);

  await using few = new Party("ours", 10);
  await few.connect(10);
  const fewStatusMs = await cpuMsPerCall(few, status, CALLS);
  await using connect = new Party("connect", 10);
  await connect.connect(10);
  const connectStatusMs = await cpuMsPerCall(connect, status, CALLS / 2);
  const connectHistoryMs = await cpuMsPerCall(connect, history, HISTORIES / 2);

  const { calls, bytes, lost } = many.answers;
  return {
    workload: `${TERMINALS} live terminals with a gRPC port each in one process; ${CLIENTS} clients in another: ${CALLS} get_status at ${PER_SECOND} a second and ${AT_ONCE} at a time, ${HISTORIES} get_history`,
    checksum: `${calls} answers, ${lost} lost, ${Math.round(bytes / calls)} bytes each`,
    figures: {
      requestsPerCpuSecond: round((CALLS * 1000) / paced.cpuMs),
      requestsPerCpuSecondFlatOut: round(1000 / manyStatusMs),
      p50Ms: round(quantile(paced.value, 0.5)),
      p99Ms: round(quantile(paced.value, 0.99)),
      historyCpuMs: round(historyMs),
      residentMb: round(residentMb),
    },
    peers: {
      connectNodeRequestsPerCpuSecondFlatOut: round(1000 / connectStatusMs),
      connectNodeHistoryCpuMs: round(connectHistoryMs),
    },
    ratios: {
      cpuOf10000To10Terminals: round(manyStatusMs / fewStatusMs),
      connectNodeToOurs: round(connectStatusMs / fewStatusMs),
    },
  };
};
