// SPDX-License-Identifier: MIT
import { ELEMENTS_BOUNDS, type Elements, type ElementsError, refuse } from "./elements.ts";
import { firstBreach } from "./limits.ts";

/** The failed half of a result, as `refuse` makes it. */
export type Refusal = { readonly ok: false; readonly error: ElementsError };

/** Values by keyword, as a text gave them: JSON values, or strings. Absent, `undefined` and `null` mean the same. */
export type OmmRecord = Readonly<Record<string, unknown>>;

/** The place of a keyword in the text: `[12].ECCENTRICITY`, `line 14, ECCENTRICITY`. */
export type OmmPlace = (keyword: string) => string;

type NumberField = Exclude<
  keyof Elements,
  "name" | "internationalDesignator" | "epochDayMs" | "epochMsOfDay"
>;

/** OMM keyword per number, and whether SGP4 can do without it. */
const NUMBERS: readonly (readonly [field: NumberField, keyword: string, optional?: "optional"])[] = [
  ["catalogNumber", "NORAD_CAT_ID"],
  ["meanMotionRevPerDay", "MEAN_MOTION"],
  ["eccentricity", "ECCENTRICITY"],
  ["inclinationDeg", "INCLINATION"],
  ["raanDeg", "RA_OF_ASC_NODE"],
  ["argumentOfPerigeeDeg", "ARG_OF_PERICENTER"],
  ["meanAnomalyDeg", "MEAN_ANOMALY"],
  ["bstar", "BSTAR"],
  ["nDot", "MEAN_MOTION_DOT", "optional"],
  ["nDDot", "MEAN_MOTION_DDOT", "optional"],
  ["elementSetNumber", "ELEMENT_SET_NO", "optional"],
  ["revolutionNumber", "REV_AT_EPOCH", "optional"],
];

/** Keywords that, where present, must say what SGP4 assumes. */
const ASSUMED: readonly (readonly [keyword: string, accepted: readonly string[]])[] = [
  ["CENTER_NAME", ["EARTH"]],
  ["REF_FRAME", ["TEME"]],
  ["TIME_SYSTEM", ["UTC"]],
  ["MEAN_ELEMENT_THEORY", ["SGP4", "SGP/SGP4"]],
  ["EPHEMERIS_TYPE", ["0", "2"]],
];

const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?$/;
const EPOCH = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(\.\d{1,12})?Z?$/;
const EPOCH_RULE = "The epoch is a UTC date and time, 2026-05-30T07:25:28.869024.";

/**
 * One element set from the keywords of an OMM (CCSDS 502.0-B-3), whatever form they came in. Error codes: `missing`,
 * `format`, `range`, `unsupported`.
 */
export function readOmm(item: OmmRecord, placeOf: OmmPlace): Elements | Refusal {
  for (const [keyword, accepted] of ASSUMED) {
    const found = item[keyword];
    if (found !== undefined && found !== null && !accepted.includes(String(found).toUpperCase())) {
      return refuse(
        "unsupported",
        placeOf(keyword),
        `found ${show(found)}`,
        `Only ${accepted[0]} is understood here.`,
      );
    }
  }
  const name = parseLabel(item, "OBJECT_NAME", placeOf);
  if (typeof name === "object") return name;
  const internationalDesignator = parseLabel(item, "OBJECT_ID", placeOf);
  if (typeof internationalDesignator === "object") return internationalDesignator;
  const epoch = parseEpoch(item, placeOf);
  if ("error" in epoch) return epoch;

  const numbers = {} as Record<NumberField, number>;
  for (const [field, keyword, optional] of NUMBERS) {
    const found = item[keyword];
    if (found === undefined || found === null) {
      if (optional === undefined) return missing(placeOf, keyword);
      numbers[field] = 0;
      continue;
    }
    const number =
      typeof found === "number"
        ? found
        : typeof found === "string" && DECIMAL.test(found)
          ? Number(found)
          : Number.NaN;
    if (!Number.isFinite(number)) {
      return refuse(
        "format",
        placeOf(keyword),
        `found ${show(found)}`,
        "The value is a finite decimal number.",
      );
    }
    numbers[field] = number;
  }

  const set: Elements = { name, internationalDesignator, ...epoch, ...numbers };
  const breach = firstBreach(set);
  if (breach === undefined) return set;
  const keyword = NUMBERS.find(([field]) => field === breach.field)?.[1] ?? "EPOCH";
  return refuse("range", placeOf(keyword), `found ${show(item[keyword])}`, breach.rule);
}

function parseLabel(item: OmmRecord, keyword: string, placeOf: OmmPlace): string | Refusal {
  const found = item[keyword] ?? "";
  if (typeof found === "string" && found.length <= ELEMENTS_BOUNDS.nameLength && !/\p{Cc}/u.test(found))
    return found.trim();
  return refuse(
    "format",
    placeOf(keyword),
    `found ${show(found)}`,
    `A label is a string of at most ${ELEMENTS_BOUNDS.nameLength} printable characters.`,
  );
}

function parseEpoch(
  item: OmmRecord,
  placeOf: OmmPlace,
): Pick<Elements, "epochDayMs" | "epochMsOfDay"> | Refusal {
  const found = item["EPOCH"];
  if (found === undefined || found === null) return missing(placeOf, "EPOCH");
  const match = typeof found === "string" ? EPOCH.exec(found) : null;
  if (match === null) return refuse("format", placeOf("EPOCH"), `found ${show(found)}`, EPOCH_RULE);
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const epochDayMs = Date.UTC(year, month - 1, day);
  const exists =
    new Date(epochDayMs).getUTCMonth() === month - 1 && new Date(epochDayMs).getUTCDate() === day;
  if (!exists || month < 1 || hour > 23 || minute > 59 || second > 59) {
    return refuse(
      "range",
      placeOf("EPOCH"),
      `found ${show(found)}`,
      "The date exists and the time of day is 00:00:00 to below 24:00:00.",
    );
  }
  // Shifting the point in the text rounds once, where 1000 * 0.669728 would round twice.
  const fractionMs = match[7] === undefined ? 0 : Number(`${match[7]}e3`);
  const epochMsOfDay = (hour * 3600 + minute * 60 + second) * 1000 + fractionMs;
  return { epochDayMs, epochMsOfDay };
}

function missing(placeOf: OmmPlace, keyword: string): Refusal {
  return refuse("missing", placeOf(keyword), "found nothing", `${keyword} is needed to propagate.`);
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
