// SPDX-License-Identifier: MIT
import { slotStartMs } from "@perigee/network";
import { meanBps, type TelemetryRow } from "../../telemetry/row.ts";
import { routerNameOf } from "../wire-ids.ts";
import { type Addresses, noAddresses } from "./addresses.ts";
import type { RouterRow } from "./router-window.ts";

/** What the rows of a stream need beside telemetry itself. */
export interface RowContext {
  /** Id of a terminal on the wire, without `ut`. */
  wireId(terminal: string): string;
  readonly accountNumber: string;
  addresses(terminal: string, pop: string): Addresses;
  routers(slot: number, terminal: string): readonly RouterRow[];
}

/** Slots between two rows of the same addresses: five minutes. */
const ADDRESSES_EVERY = 20;

/**
 * What the stream says about one terminal in one slot, each row as JSON: numbers above 2^53 stand in it digit by digit.
 *
 * - A terminal that is not heard has no row of its own, nor have the routers behind it.
 * - Its addresses are said when they change, and every five minutes; when it goes, that it has none.
 *
 * @param before - The same terminal in the slot before; `undefined` where that is not known.
 */
export function rowsOf(row: TelemetryRow, before: TelemetryRow | undefined, context: RowContext): string[] {
  const ns = nanoseconds(row.slot);
  const id = `ut${context.wireId(row.terminal)}`;
  const rows: string[] = [];
  if (row.reporting) {
    rows.push(terminalRow(row, ns, id));
    for (const router of context.routers(row.slot, row.terminal)) rows.push(routerRow(router, ns, id));
  }
  const pop = popOf(row);
  const isDue =
    before === undefined || popOf(before) !== pop || (pop !== null && row.slot % ADDRESSES_EVERY === 0);
  if (isDue && (pop !== null || before !== undefined)) {
    const { ipv4, ipv6Ue, ipv6Cpe } = pop === null ? noAddresses : context.addresses(row.terminal, pop);
    rows.push(
      `["i",${ns},${JSON.stringify([`ip-${id}`, context.accountNumber, ipv4, ipv6Ue, ipv6Cpe]).slice(1)}`,
    );
  }
  return rows;
}

/** Where a terminal has its addresses; `null`: it is not on the network. */
const popOf = (row: TelemetryRow): string | null => (row.reporting ? row.pop : null);

/** The beginning of a slot in nanoseconds since 1970, in digits: beyond 2^53. */
export const nanoseconds = (slot: number): string => `${slotStartMs(slot)}000000`;

function terminalRow(row: TelemetryRow, ns: string, id: string): string {
  const before = [
    id,
    meanBps(row.downBytes) / 1e6,
    meanBps(row.upBytes) / 1e6,
    row.pingDropRate,
    row.pingLatencyMs,
    row.obstruction,
    row.uptimeS,
    row.signalQuality,
  ];
  const after = [row.secondsUntilReboot, row.software, row.country, row.inTerritorialWaters, row.alerts];
  return `["u",${ns},${inside(before)},${row.cell ?? "null"},${inside(after)}]`;
}

function routerRow(row: RouterRow, ns: string, dishId: string): string {
  const ping = (of: RouterRow["popPing"]) => [of?.dropRate ?? null, of?.latencyMs ?? null];
  const values = [
    routerNameOf(row.routerId),
    row.uptimeS,
    row.software,
    row.hardware,
    row.isRepeater,
    row.hopsFromController,
    row.isBypassed,
    ...ping(row.internetPing),
    ...ping(row.popPing),
    ...ping(row.dishPing),
    row.clients2Ghz + row.clients5Ghz + row.clientsEthernet,
    row.clients2Ghz,
    row.clients5Ghz,
    row.clientsEthernet,
    row.wanRxBytes,
    row.wanTxBytes,
    dishId,
    [],
  ];
  return `["r",${ns},${inside(values)}]`;
}

/** A list as JSON without its brackets. */
const inside = (values: readonly unknown[]): string => JSON.stringify(values).slice(1, -1);
