// SPDX-License-Identifier: MIT
import {
  emptyColumns,
  FIRST_ALERT,
  MOST_ALERTS,
  NO_REBOOT,
  NO_UPTIME,
  NO_WIRE_CODE,
  type SlotColumns,
} from "./columns.ts";
import type { TelemetryRow } from "./row.ts";
import type { Words } from "./words.ts";

/** One slot's rows, packed. */
export interface SlotBatch {
  readonly slot: number;
  readonly count: number;
  readonly columns: SlotColumns;
}

const noAlerts: readonly number[] = [];

/**
 * Packs one slot's rows: 95 bytes each, measurements to single precision.
 *
 * @throws RangeError for rows of different slots, a number that does not fit, or an alert that has no bit.
 */
export function packRows(rows: readonly TelemetryRow[], words: Words): SlotBatch {
  const count = rows.length;
  const slot = rows[0]?.slot ?? 0;
  const columns = emptyColumns(count);
  columns.slot.fill(slot);
  for (let i = 0; i < count; i++) {
    const row = rows[i]!;
    if (row.slot !== slot)
      throw new RangeError(`Rows of the slots ${slot} and ${row.slot} are in one batch.`);
    columns.terminal[i] = words.codeOf(row.terminal);
    columns.account[i] = words.codeOf(row.account);
    columns.cell[i] = row.cell ?? 0n;
    columns.country[i] = words.codeOf(row.country);
    columns.inTerritorialWaters[i] = row.inTerritorialWaters === null ? 0 : row.inTerritorialWaters ? 2 : 1;
    columns.satellite[i] = row.satellite ?? 0;
    columns.gateway[i] = words.codeOf(row.gateway);
    columns.pop[i] = words.codeOf(row.pop);
    columns.rttMs[i] = row.rttMs ?? Number.NaN;
    columns.pingLatencyMs[i] = row.pingLatencyMs ?? Number.NaN;
    columns.pingDropRate[i] = row.pingDropRate ?? Number.NaN;
    columns.downBytes[i] = wholeBytes(row.downBytes);
    columns.upBytes[i] = wholeBytes(row.upBytes);
    columns.obstruction[i] = row.obstruction ?? Number.NaN;
    columns.signalQuality[i] = row.signalQuality ?? Number.NaN;
    columns.uptimeS[i] = row.uptimeS ?? NO_UPTIME;
    columns.secondsUntilReboot[i] = row.secondsUntilReboot ?? NO_REBOOT;
    columns.software[i] = words.codeOf(row.software);
    columns.wireCode[i] = row.wireCode ?? NO_WIRE_CODE;
    columns.reason[i] = words.codeOf(row.reason);
    columns.reporting[i] = row.reporting ? 1 : 0;
    if (row.alerts.length > 0) columns.alerts[i] = alertBits(row.alerts);
  }
  return { slot, count, columns };
}

/** A row of a batch as it was, measurements to single precision. */
export function unpackRow({ columns }: Pick<SlotBatch, "columns">, i: number, words: Words): TelemetryRow {
  const waters = columns.inTerritorialWaters[i]!;
  const uptimeS = columns.uptimeS[i]!;
  const secondsUntilReboot = columns.secondsUntilReboot[i]!;
  const wireCode = columns.wireCode[i]!;
  return {
    slot: columns.slot[i]!,
    terminal: words.textOf(columns.terminal[i]!)!,
    account: words.textOf(columns.account[i]!),
    cell: columns.cell[i] === 0n ? null : columns.cell[i]!,
    country: words.textOf(columns.country[i]!),
    inTerritorialWaters: waters === 0 ? null : waters === 2,
    satellite: columns.satellite[i] === 0 ? null : columns.satellite[i]!,
    gateway: words.textOf(columns.gateway[i]!),
    pop: words.textOf(columns.pop[i]!),
    rttMs: measured(columns.rttMs[i]!),
    pingLatencyMs: measured(columns.pingLatencyMs[i]!),
    pingDropRate: measured(columns.pingDropRate[i]!),
    downBytes: Number(columns.downBytes[i]),
    upBytes: Number(columns.upBytes[i]),
    obstruction: measured(columns.obstruction[i]!),
    signalQuality: measured(columns.signalQuality[i]!),
    uptimeS: uptimeS === NO_UPTIME ? null : uptimeS,
    secondsUntilReboot: secondsUntilReboot === NO_REBOOT ? null : secondsUntilReboot,
    software: words.textOf(columns.software[i]!),
    wireCode: wireCode === NO_WIRE_CODE ? null : wireCode,
    reason: words.textOf(columns.reason[i]!) ?? "",
    reporting: columns.reporting[i] === 1,
    alerts: alertCodes(columns.alerts[i]!),
  };
}

const measured = (value: number): number | null => (Number.isNaN(value) ? null : value);

function wholeBytes(bytes: number): bigint {
  if (!Number.isSafeInteger(bytes) || bytes < 0) throw new RangeError(`${bytes} is no number of bytes.`);
  return BigInt(bytes);
}

/** Wire codes as a bitset: bit `k` is code `50 + k`. */
export function alertBits(codes: readonly number[]): bigint {
  let bits = 0n;
  for (const code of codes) {
    const bit = code - FIRST_ALERT;
    if (!Number.isInteger(bit) || bit < 0 || bit >= MOST_ALERTS)
      throw new RangeError(`Alert ${code} has no bit.`);
    bits |= 1n << BigInt(bit);
  }
  return bits;
}

/** Wire codes of a bitset, ascending. */
export function alertCodes(bits: bigint): readonly number[] {
  if (bits === 0n) return noAlerts;
  const codes: number[] = [];
  for (let k = 0; k < MOST_ALERTS; k++) if ((bits >> BigInt(k)) & 1n) codes.push(FIRST_ALERT + k);
  return codes;
}
