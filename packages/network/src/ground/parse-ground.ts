// SPDX-License-Identifier: MIT
import {
  type Dishes,
  type Gateway,
  type GroundSegment,
  type Pop,
  usualMinElevationDeg,
} from "../ground-segment.ts";
import { GATEWAY_BANDS } from "./bands.ts";
import { GROUND_BOUNDS, GroundRefusal, type GroundResult, reading } from "./ground-error.ts";
import { checkTextLength, csvRows, jsonRows, jsonValue, type TextRow } from "./text-table.ts";

const POP_FIELDS = ["code", "iata", "city", "country", "latDeg", "lonDeg"];
const GATEWAY_FIELDS = ["id", "name", "country", "latDeg", "lonDeg", "minElevationDeg", "dishes"];
const DISH_FIELDS = ["band", "count", "upMbps", "downMbps"];
const CSV_PLACE_COLUMNS = ["kind", "id", "name", "country", "latDeg", "lonDeg"];
const CSV_GATEWAY_COLUMNS = [...CSV_PLACE_COLUMNS, "minElevationDeg", "kaAntennas", "eAntennas"];
const CSV_POP_COLUMNS = [...CSV_PLACE_COLUMNS, "iata"];

/**
 * Reads a ground segment of one's own: gateways with their antennas, and PoPs.
 *
 * JSON: `{ "gateways": [{ "id", "name", "country", "latDeg", "lonDeg", "minElevationDeg"?, "dishes": [{ "band": "Ka" or
 * "E", "count", "upMbps"?, "downMbps"? }] }], "pops": [{ "code", "iata"?, "city", "country", "latDeg", "lonDeg" }] }`.
 * CSV: a line per place, columns `kind` (`gateway` or `pop`), `id`, `name`, `country`, `latDeg`, `lonDeg` and, where they
 * apply, `minElevationDeg`, `kaAntennas`, `eAntennas`, `iata`, in any order; a PoP's `id` is its code, `name` its city.
 *
 * Without `minElevationDeg`: 25 degrees, 5 beyond 60 degrees of latitude. Without rates: those of `GATEWAY_BANDS`. A PoP
 * without `iata` is home to nobody. Strict: unknown fields are errors, at least one gateway and one PoP, no id twice,
 * all within `GROUND_BOUNDS`.
 */
export function parseGroundSegment(text: string): GroundResult<GroundSegment> {
  return reading(() => {
    checkTextLength(text);
    const ground = /^\s*\{/.test(text.replace(/^\uFEFF/, "")) ? fromJson(jsonValue(text)) : fromCsv(text);
    checkWhole(ground);
    return ground;
  });
}

/** Writes a ground segment as the JSON that {@link parseGroundSegment} reads: to begin one's own with. */
export function formatGroundSegment({ gateways, pops }: GroundSegment): string {
  const document = {
    gateways: gateways.map(({ antennas: _, basis: __, ...gateway }) => gateway),
    pops,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function fromJson(document: unknown): GroundSegment {
  const top = jsonRows([document], "")[0]!;
  allow({ ...top, place: "" }, ["gateways", "pops"]);
  return {
    gateways: bounded(
      jsonRows(top.fields.get("gateways"), ".gateways"),
      GROUND_BOUNDS.gateways,
      ".gateways",
    ).map(row => {
      allow(row, GATEWAY_FIELDS);
      const dishes = bounded(
        jsonRows(row.fields.get("dishes"), `${row.place}.dishes`),
        2,
        `${row.place}.dishes`,
      );
      return gatewayOf(row, dishes.map(dishesOf));
    }),
    pops: bounded(jsonRows(top.fields.get("pops"), ".pops"), GROUND_BOUNDS.pops, ".pops").map(row => {
      allow(row, POP_FIELDS);
      return popOf(row, "code", "city");
    }),
  };
}

function fromCsv(text: string): GroundSegment {
  const rows = csvRows(text, [...CSV_GATEWAY_COLUMNS, "iata"]);
  const kinds = Map.groupBy(rows, row => {
    const kind = row.fields.get("kind");
    if (kind !== "gateway" && kind !== "pop") refuse(row, "kind", "shape", "`gateway` or `pop` is needed");
    return kind;
  });
  const counts = { Ka: "kaAntennas", E: "eAntennas" };
  return {
    gateways: bounded(kinds.get("gateway") ?? [], GROUND_BOUNDS.gateways, "text").map(row => {
      allow(row, CSV_GATEWAY_COLUMNS);
      const dishes = GATEWAY_BANDS.filter(({ band }) => row.fields.has(counts[band])).map(
        ({ band, upMbps, downMbps }): Dishes => ({
          band,
          count: number(row, counts[band], 0, GROUND_BOUNDS.antennas, true),
          upMbps,
          downMbps,
        }),
      );
      return gatewayOf(
        row,
        dishes.filter(({ count }) => count > 0),
      );
    }),
    pops: bounded(kinds.get("pop") ?? [], GROUND_BOUNDS.pops, "text").map(row => {
      allow(row, CSV_POP_COLUMNS);
      return popOf(row, "id", "name");
    }),
  };
}

function gatewayOf(row: TextRow, dishes: readonly Dishes[]): Gateway {
  const latDeg = number(row, "latDeg", -90, 90);
  const antennas = dishes.reduce((sum, { count }) => sum + count, 0);
  if (antennas === 0) refuse(row, "dishes", "range", "a gateway has at least one antenna");
  if (new Set(dishes.map(({ band }) => band)).size < dishes.length)
    refuse(row, "dishes", "duplicate", "each band stands once");
  return {
    id: word(row, "id", /^[A-Za-z0-9._-]+$/),
    name: word(row, "name"),
    country: word(row, "country", /^[A-Z]{2}$/),
    latDeg,
    lonDeg: number(row, "lonDeg", -180, 180),
    minElevationDeg: row.fields.has("minElevationDeg")
      ? number(row, "minElevationDeg", 1, 89)
      : usualMinElevationDeg(latDeg),
    antennas,
    dishes,
    basis: "given",
  };
}

function dishesOf(row: TextRow): Dishes {
  allow(row, DISH_FIELDS);
  const plan = GATEWAY_BANDS.find(({ band }) => band === row.fields.get("band"));
  if (plan === undefined) refuse(row, "band", "shape", '"Ka" or "E" is needed');
  return {
    band: plan.band,
    count: number(row, "count", 1, GROUND_BOUNDS.antennas, true),
    upMbps: row.fields.has("upMbps") ? number(row, "upMbps", 1, 1e7) : plan.upMbps,
    downMbps: row.fields.has("downMbps") ? number(row, "downMbps", 1, 1e7) : plan.downMbps,
  };
}

function popOf(row: TextRow, code: string, city: string): Pop {
  const iata = row.fields.get("iata") ?? null;
  return {
    code: word(row, code, /^[A-Za-z0-9._-]+$/),
    iata: iata === null ? null : word(row, "iata", /^[A-Za-z0-9._-]+$/),
    city: word(row, city),
    country: word(row, "country", /^[A-Z]{2}$/),
    latDeg: number(row, "latDeg", -90, 90),
    lonDeg: number(row, "lonDeg", -180, 180),
  };
}

function checkWhole({ gateways, pops }: GroundSegment): void {
  if (gateways.length === 0) throw new GroundRefusal("empty", "text", "no gateway");
  if (pops.length === 0) throw new GroundRefusal("empty", "text", "no PoP");
  for (const ids of [gateways.map(({ id }) => id), pops.map(({ code }) => code)]) {
    const seen = new Set<string>();
    for (const id of ids) {
      if (seen.has(id)) throw new GroundRefusal("duplicate", "text", `"${id}" stands twice`);
      seen.add(id);
    }
  }
}

function bounded(rows: TextRow[], most: number, place: string): TextRow[] {
  if (rows.length > most)
    throw new GroundRefusal("tooMany", place, `${rows.length} entries, at most ${most}`);
  return rows;
}

function allow(row: TextRow, names: readonly string[]): void {
  for (const name of row.fields.keys()) {
    if (!names.includes(name)) refuse(row, name, "shape", `no such field; there are ${names.join(", ")}`);
  }
}

function word(row: TextRow, name: string, pattern?: RegExp): string {
  const value = row.fields.get(name);
  if (typeof value !== "string" || value === "") refuse(row, name, "shape", "a text is needed");
  if (value.length > GROUND_BOUNDS.nameLength)
    refuse(row, name, "range", `${value.length} characters, at most ${GROUND_BOUNDS.nameLength}`);
  if (pattern !== undefined && !pattern.test(value))
    refuse(row, name, "range", `"${value}" is not of ${pattern}`);
  return value;
}

function number(row: TextRow, name: string, least: number, most: number, whole = false): number {
  const { fields, separator } = row;
  const value = fields.get(name);
  // Numbers are texts in CSV only.
  const found =
    separator === ", " && typeof value === "string" && /^[+-]?\d+(\.\d+)?$/.test(value)
      ? Number(value)
      : value;
  if (typeof found !== "number" || Number.isNaN(found)) refuse(row, name, "shape", "a number is needed");
  if (!(found >= least && found <= most) || (whole && !Number.isInteger(found)))
    refuse(row, name, "range", `${found} is not ${whole ? "a whole number " : ""}from ${least} to ${most}`);
  return found;
}

function refuse(
  { place, separator }: TextRow,
  name: string,
  code: GroundRefusal["code"],
  found: string,
): never {
  throw new GroundRefusal(code, `${place}${separator}${name}`, found);
}
