// SPDX-License-Identifier: MIT
import { countryCode2 } from "@perigee/earth";
import { type RecordResult, readRecord } from "./record.ts";

/** Best fifth, median and worst fifth of a country's round trips, ms. */
export interface Fifths {
  readonly best: number;
  readonly median: number;
  readonly worst: number;
}

/** What is published of one country, and where its addresses live. */
export interface CountryRow {
  /** ISO 3166-1 alpha-3. */
  readonly code: string;
  /** Alpha-2. */
  readonly code2: string;
  /** The country's middle. */
  readonly latDeg: number;
  readonly lonDeg: number;
  /** IATA code of the PoP that most of the country's addresses belong to. */
  readonly mainPop: string;
  readonly kmToPop: number;
  readonly rttMs: Fifths;
  /** Median rates that subscribers see, Mbit/s. */
  readonly downMbps: number;
  readonly upMbps: number;
}

const COLUMNS = [
  "iso3",
  "centroid_lat",
  "centroid_lon",
  "main_pop_iata",
  "gc_km_to_pop",
  "rtt_best20pct_ms",
  "rtt_median_ms",
  "rtt_worst20pct_ms",
  "dl_p50_mbps",
  "ul_p50_mbps",
];

/** Codes that the published lists use for a PoP which the ground segment names otherwise. */
const POP_ALIASES: Readonly<Record<string, string>> = { alm: "ala" };

/** The world has some 250 codes. */
const MAX_COUNTRIES = 400;

/**
 * Reads a table of countries, CSV with the columns `iso3`, `centroid_lat`, `centroid_lon`, `main_pop_iata`,
 * `gc_km_to_pop`, `rtt_best20pct_ms`, `rtt_median_ms`, `rtt_worst20pct_ms`, `dl_p50_mbps`, `ul_p50_mbps`.
 */
export function parseCountries(text: string): RecordResult<CountryRow[]> {
  const seen = new Set<string>();
  return readRecord(
    text,
    COLUMNS,
    row => {
      const code = row.text("iso3").toUpperCase();
      const code2 = countryCode2(code) ?? row.refuse("iso3", `"${code}" is no ISO 3166-1 alpha-3 code`);
      if (seen.has(code)) row.refuse("iso3", `"${code}" stands twice`);
      seen.add(code);
      const pop = row.text("main_pop_iata").toLowerCase();
      const ms = (column: string) => row.number(column, 0, 10_000);
      return {
        code,
        code2,
        latDeg: row.number("centroid_lat", -90, 90),
        lonDeg: row.number("centroid_lon", -180, 360),
        mainPop: POP_ALIASES[pop] ?? pop,
        kmToPop: row.number("gc_km_to_pop", 0, 20_100),
        rttMs: {
          best: ms("rtt_best20pct_ms"),
          median: ms("rtt_median_ms"),
          worst: ms("rtt_worst20pct_ms"),
        },
        downMbps: row.number("dl_p50_mbps", 0, 100_000),
        upMbps: row.number("ul_p50_mbps", 0, 100_000),
      };
    },
    MAX_COUNTRIES,
  );
}

/** The straight line that the published regression over 82 countries gives: 22.0 ms + 8.73 ms per 1,000 km to the PoP. */
export function straightLineMs(row: CountryRow): number {
  return 22 + (8.73 * row.kmToPop) / 1000;
}
