// SPDX-License-Identifier: MIT
import type { LatenessStats, LinkEngineClient, TerminalStats } from "@perigee/link";

/** What the data plane last said about itself. */
export interface LinkReport {
  readonly latenessMs: LatenessStats;
  readonly authorityReachable: boolean;
  readonly terminals: ReadonlyMap<string, TerminalStats>;
}

const SILENT: LatenessStats = { count: 0, p50: 0, p95: 0, p99: 0, max: 0 };

/** Asks the data plane for its figures now and then, so that pages need not wait for another thread. */
export class LinkMonitor {
  readonly #ports: ReadonlyMap<string, number>;
  readonly #host: string;
  #report: LinkReport = { latenessMs: SILENT, authorityReachable: true, terminals: new Map() };

  constructor(host: string, ports: ReadonlyMap<string, number>) {
    this.#host = host;
    this.#ports = ports;
  }

  /** Address of a terminal's proxy; both protocols share the port. */
  proxyOf(terminalId: string): { socks5: string; http: string } {
    const port = this.#ports.get(terminalId);
    const address = port === undefined ? "none" : `${this.#host}:${port}`;
    return { socks5: address, http: address };
  }

  latest(): LinkReport {
    return this.#report;
  }

  async refresh(engine: LinkEngineClient): Promise<void> {
    const stats = await engine.stats();
    if (!stats.ok) return;
    this.#report = {
      ...this.#report,
      latenessMs: stats.value.latenessMs,
      terminals: new Map(stats.value.terminals.map(t => [t.terminalId, t])),
    };
  }

  setAuthorityReachable(authorityReachable: boolean): void {
    this.#report = { ...this.#report, authorityReachable };
  }
}
