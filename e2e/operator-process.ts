// SPDX-License-Identifier: MIT
// Starts a whole operator as a process of its own, the way a person does, and talks to it over HTTP.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type {
  Link,
  Order,
  OrderRequest,
  Status,
  TerminalDetail,
  TerminalRow,
} from "@perigee/operator/contract";

export const root = resolve(import.meta.dirname, "..");
const main = join(root, "packages/cli/src/main.ts");

export interface StartOptions {
  /** Kept and reused by a restart when given; else a temporary one that is removed at the end. */
  readonly data?: string;
  readonly scenario?: string;
  readonly leaseSeconds?: number;
  readonly faults?: boolean;
  /** host:port of an emergency relay. */
  readonly emergency?: string;
  /** Off where a story does not ask for the planet: that takes a processor for seconds in every slot. */
  readonly planet?: "off" | "land" | "ocean";
  /** Open where a story is not about signing in. */
  readonly signIn?: "local" | "open";
}

/** A data directory of its own. */
export const temporaryData = (): string => mkdtempSync(join(tmpdir(), "perigee-e2e-"));

/** A running operator. Disposing it stops the process and, if the data directory was temporary, removes it. */
export class OperatorProcess implements AsyncDisposable {
  readonly url: string;
  readonly data: string;
  readonly output: () => string;
  readonly #child: ChildProcess;
  readonly #temporary: boolean;

  private constructor(
    child: ChildProcess,
    url: string,
    data: string,
    temporary: boolean,
    output: () => string,
  ) {
    this.#child = child;
    this.url = url;
    this.data = data;
    this.#temporary = temporary;
    this.output = output;
  }

  static async start(options: StartOptions = {}): Promise<OperatorProcess> {
    const data = options.data ?? temporaryData();
    const args = ["up", "--data", data, "--port", "0", "--proxy-port", "0", "--dish-port", "0"];
    args.push("--planet", options.planet ?? "off");
    args.push("--sign-in", options.signIn ?? "open");
    if (options.scenario) args.push("--scenario", options.scenario);
    if (options.leaseSeconds) args.push("--lease-seconds", String(options.leaseSeconds));
    if (options.faults) args.push("--faults");
    if (options.emergency) args.push("--emergency", options.emergency);
    const child = spawn(process.execPath, [main, ...args], { stdio: ["ignore", "pipe", "pipe"] });
    let text = "";
    child.stderr!.on("data", chunk => {
      text += chunk;
    });
    await new Promise<void>((ready, fail) => {
      const timer = setTimeout(() => fail(new Error(`not ready within 90 s:\n${text}`)), 90_000);
      child.stdout!.on("data", chunk => {
        text += chunk;
        if (!text.includes("Ready in")) return;
        clearTimeout(timer);
        ready();
      });
      child.on("exit", code => {
        clearTimeout(timer);
        fail(new Error(`the operator ended with code ${code}:\n${text}`));
      });
    });
    const url = /console +(http:\S+?)\/?\s/.exec(text)?.[1];
    if (url === undefined) throw new Error(`no address in:\n${text}`);
    return new OperatorProcess(child, url, data, options.data === undefined, () => text);
  }

  /** What `kill -9` does. */
  async kill(): Promise<void> {
    const gone = once(this.#child, "exit");
    this.#child.kill("SIGKILL");
    await gone;
  }

  get pid(): number {
    return this.#child.pid!;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      const gone = once(this.#child, "exit");
      this.#child.kill("SIGTERM");
      await gone;
    }
    if (this.#temporary) rmSync(this.data, { recursive: true, force: true });
  }

  async get<T>(path: string): Promise<T> {
    const response = await fetch(this.url + path);
    if (!response.ok) throw new Error(`GET ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }

  async post(
    path: string,
    body: unknown,
    headers: Record<string, string> = {},
  ): Promise<{ status: number; body: unknown }> {
    const response = await fetch(this.url + path, {
      method: "POST",
      headers: { "content-type": "application/json", "x-perigee-client": "e2e", ...headers },
      body: typeof body === "string" ? body : JSON.stringify(body),
    });
    return { status: response.status, body: await response.json() };
  }

  async order(request: OrderRequest): Promise<Order> {
    const { status, body } = await this.post("/v1/orders", request);
    if (status !== 201) throw new Error(`order refused: ${JSON.stringify(body)}`);
    return body as Order;
  }

  status = (): Promise<Status> => this.get("/v1/status");
  terminals = (): Promise<TerminalRow[]> => this.get("/v1/terminals");
  terminal = (id: string): Promise<TerminalDetail> => this.get(`/v1/terminals/${id}`);

  /** The proxy port of a terminal. */
  async proxyPort(id: string): Promise<number> {
    return Number((await this.terminal(id)).proxy.socks5.split(":").pop());
  }

  /** The link of a terminal now; fails when there is none. */
  async link(id: string): Promise<Link> {
    const { link } = (await this.terminal(id)).detail;
    if (link === null) throw new Error(`${id} has no link`);
    return link;
  }
}

/** Polls until `probe` gives a value other than `null` or `false`. */
export async function eventually<T>(
  what: string,
  withinMs: number,
  probe: () => Promise<T | null | false>,
): Promise<T> {
  const until = performance.now() + withinMs;
  for (;;) {
    const value = await probe();
    if (value !== null && value !== false) return value;
    if (performance.now() > until) throw new Error(`not within ${withinMs} ms: ${what}`);
    await new Promise(done => setTimeout(done, 50));
  }
}
