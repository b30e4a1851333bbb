// SPDX-License-Identifier: MIT
import type { SatRec } from "satellite.js";
import {
  COLUMNS,
  type Column,
  type Constants,
  EARTH_RADIUS_KM,
  ECCENTRICITY_LIMIT,
  XKE,
} from "./formulas.ts";

/** Columns that are the record's own fields. */
const DIRECT = [
  ...["mo", "mdot", "argpo", "argpdot", "nodeo", "nodedot", "nodecf", "cc1", "aycof", "xlcof", "x1mth2"],
] as (Column & keyof SatRec)[];
/** What drag adds for a perigee of 220 km and more; SGP4 leaves it out below (`isimp`). */
const FULL_DRAG = ["eta", "delmo", "omgcof", "xmcof", "d2", "d3", "d4"] as (Column & keyof SatRec)[];

const DECLINED: Constants = Object.fromEntries(COLUMNS.map(column => [column, 0])) as Record<Column, number>;

/**
 * The kernel's constants of an initialised satellite. Where the kernel cannot serve it (deep space, eccentricity of
 * {@link ECCENTRICITY_LIMIT} and more, or numbers that are none) all are zero, and the kernel declines every instant.
 */
export function constantsOf(record: SatRec): Constants {
  const { method, isimp, no, ecco, bstar, inclo } = record;
  if (method !== "n" || !(no > 0) || !(ecco < ECCENTRICITY_LIMIT)) return DECLINED;
  const row: Record<Column, number> = { ...DECLINED };
  for (const column of DIRECT) row[column] = record[column] as number;
  row.eccentricity = ecco;
  row.bcc4 = bstar * record.cc4;
  row.nt2cof = no * record.t2cof;
  if (isimp !== 1) {
    for (const column of FULL_DRAG) row[column] = record[column] as number;
    row.bcc5 = bstar * record.cc5;
    row.eccentricity = ecco + row.bcc5 * record.sinmao;
    row.nt3cof = no * record.t3cof;
    row.nt4cof = no * record.t4cof;
    row.nt5cof = no * record.t5cof;
  }
  const ao = (XKE / no) ** (2 / 3);
  row.aoKm = ao * EARTH_RADIUS_KM;
  row.isao = 1 / Math.sqrt(ao);
  row.con41x15 = 1.5 * record.con41;
  row.x7thm1x025 = 0.25 * record.x7thm1;
  row.cosio = Math.cos(inclo);
  row.cosiox15 = 1.5 * row.cosio;
  row.sinio = Math.sin(inclo);
  row.e2limit = ECCENTRICITY_LIMIT ** 2;
  return Object.values(row).every(Number.isFinite) ? row : DECLINED;
}
