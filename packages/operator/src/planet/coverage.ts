// SPDX-License-Identifier: MIT
import type { CellTable } from "@perigee/earth";
import { CELL_REASONS } from "@perigee/network";
import type { Parents } from "./parent-cells.ts";
import type { PlanetSlot } from "./slot-record.ts";

const HEADER_BYTES = 16;
const PARENT_BYTES = 8 + 3 * 4 + 2 * 2 + 1;
const SERVED = CELL_REASONS.indexOf("served");
const NOT_PERMITTED = CELL_REASONS.indexOf("notPermitted");

/**
 * The planet in a slot, summed up per parent, as `GET /v1/planet/coverage` describes it. Little-endian: Uint32 count,
 * Uint32 resolution, Float64 slot; then per parent, array after array: BigUint64 id; Float32 served share, satisfied
 * share, carried Mbit/s down per km²; Uint16 cells, permitted cells; Uint8 reason.
 *
 * The served share is of permitted cells with demand, of all permitted ones where none has any, 0 where none is
 * permitted. The satisfied share is carried over demand down, 1 where nothing is wanted. The reason is the most frequent
 * of cells without a beam, 0 where all have one.
 */
export function coverageBytes(
  slot: PlanetSlot,
  cells: CellTable,
  parents: Parents,
  resolution: number,
): Buffer {
  const count = parents.id.length;
  const bytes = Buffer.alloc(HEADER_BYTES + count * PARENT_BYTES);
  bytes.writeUInt32LE(count, 0);
  bytes.writeUInt32LE(resolution, 4);
  bytes.writeDoubleLE(slot.slot, 8);
  const column = (k: number): number => HEADER_BYTES + count * [0, 8, 12, 16, 20, 22, 24][k]!;
  const reasons = new Int32Array(CELL_REASONS.length);
  for (let p = 0; p < count; p++) {
    const sum = sumOver(slot, cells, parents.offset[p]!, parents.offset[p + 1]!, reasons);
    bytes.writeBigUInt64LE(parents.id[p]!, column(0) + 8 * p);
    bytes.writeFloatLE(sum.servedShare, column(1) + 4 * p);
    bytes.writeFloatLE(sum.satisfiedShare, column(2) + 4 * p);
    bytes.writeFloatLE(sum.downMbpsPerKm2, column(3) + 4 * p);
    bytes.writeUInt16LE(parents.offset[p + 1]! - parents.offset[p]!, column(4) + 2 * p);
    bytes.writeUInt16LE(sum.permitted, column(5) + 2 * p);
    bytes.writeUInt8(sum.reason, column(6) + p);
  }
  return bytes;
}

function sumOver(slot: PlanetSlot, cells: CellTable, from: number, until: number, reasons: Int32Array) {
  let areaKm2 = 0;
  let demand = 0;
  let carried = 0;
  let wanting = 0;
  let wantingServed = 0;
  reasons.fill(0);
  for (let c = from; c < until; c++) {
    const reason = slot.reason[c]!;
    reasons[reason]!++;
    areaKm2 += cells.areaKm2[c]!;
    demand += slot.demandDownMbps[c]!;
    carried += slot.downMbps[c]!;
    if (reason === NOT_PERMITTED || slot.demandDownMbps[c] === 0) continue;
    wanting += 1;
    if (reason === SERVED) wantingServed += 1;
  }
  const served = reasons[SERVED]!;
  const permitted = until - from - reasons[NOT_PERMITTED]!;
  let reason = SERVED;
  for (let k = 0; k < reasons.length; k++) {
    if (k !== SERVED && reasons[k]! > (reason === SERVED ? 0 : reasons[reason]!)) reason = k;
  }
  return {
    permitted,
    servedShare: permitted === 0 ? 0 : wanting > 0 ? wantingServed / wanting : served / permitted,
    satisfiedShare: demand > 0 ? Math.min(1, carried / demand) : 1,
    downMbpsPerKm2: carried / areaKm2,
    reason,
  };
}
