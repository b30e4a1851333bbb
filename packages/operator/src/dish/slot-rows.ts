// SPDX-License-Identifier: MIT
import { plannedRttMs, SLOT_MS, slotStartMs } from "@perigee/network";
import type { AuthorityService } from "../authority/authority-service.ts";
import type { TelemetryRow } from "../telemetry/row.ts";
import type { SlotReport } from "./dish-host.ts";
import type { PlanIndex } from "./plan-index.ts";

/** The code of territory in which no country's rules hold, in telemetry. */
const NOBODYS = "XZ";

/** Turns what terminals say at the end of slots into rows of telemetry, with what the operator knows besides. */
export class SlotRows {
  readonly #authority: AuthorityService;
  readonly #plans: PlanIndex;
  /** Bytes that each terminal had carried at the end of the slot before. */
  readonly #carried = new Map<string, { readonly down: number; readonly up: number }>();

  constructor(authority: AuthorityService, plans: PlanIndex) {
    this.#authority = authority;
    this.#plans = plans;
  }

  of(slot: number, reports: readonly SlotReport[]): TelemetryRow[] {
    return reports.filter(({ terminalId }) => this.#authority.has(terminalId)).map(r => this.#row(slot, r));
  }

  #row(slot: number, { terminalId, telemetry }: SlotReport): TelemetryRow {
    const { account, history } = this.#authority.record(terminalId);
    const admission = this.#authority.admissionOf(terminalId);
    const { link, unserved } = this.#plans.find(slot, terminalId);
    const fix = history.last;
    const place = fix?.place ?? null;
    const said = <T>(value: T): T | null => (reporting ? value : null);
    const reporting = telemetry.onAir && link !== null;
    const before = this.#carried.get(terminalId) ?? { down: 0, up: 0 };
    this.#carried.set(terminalId, { down: telemetry.downBytes, up: telemetry.upBytes });
    return {
      slot,
      terminal: terminalId,
      account: account?.id ?? null,
      cell: fix === null ? null : BigInt(`0x${fix.cell}`),
      country: place === null ? null : (place.country ?? NOBODYS),
      inTerritorialWaters: place === null ? null : place.zone === "territorialSea",
      satellite: link?.satellite.catalogNumber ?? null,
      gateway: link?.gateway.id ?? null,
      pop: link?.pop.code ?? null,
      rttMs: link === null ? null : plannedRttMs(link, slotStartMs(slot) + SLOT_MS / 2),
      pingLatencyMs: said(telemetry.pingLatencyMs),
      pingDropRate: said(telemetry.pingDropRate),
      downBytes: telemetry.downBytes - before.down,
      upBytes: telemetry.upBytes - before.up,
      obstruction: said(telemetry.obstructionTimeShare),
      signalQuality: said(telemetry.signalQuality),
      uptimeS: said(telemetry.uptimeS),
      secondsUntilReboot: said(telemetry.secondsUntilSwupdateRebootPossible),
      software: said(telemetry.softwareVersion),
      wireCode: admission?.wireCode.number ?? null,
      reason: reasonOf(admission?.reason, link === null ? unserved : null),
      reporting,
      alerts: telemetry.alerts,
    };
  }
}

/** Why a terminal is as it is; empty: all is well. */
function reasonOf(admitted: string | undefined, unserved: string | null): string {
  return admitted !== undefined && admitted !== "ALLOW" ? admitted : (unserved ?? "");
}
