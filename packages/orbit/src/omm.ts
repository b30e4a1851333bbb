// SPDX-License-Identifier: MIT
import { DUPLICATE_RULE, SeenSets } from "./duplicates.ts";
import { ELEMENTS_BOUNDS, type Elements, type ElementsError, type Result, refuse } from "./elements.ts";
import { firstBreach } from "./limits.ts";

type Refusal = { readonly ok: false; readonly error: ElementsError };
type Json = Readonly<Record<string, unknown>>;
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
 * Reads OMM as JSON (CCSDS 502.0-B-3 keywords): an array of flat objects, as CelesTrak's GP data (numbers) and
 * Space-Track (numbers as strings) write them. Unknown keywords are ignored. The whole text is refused at its first
 * error; places read `[12].ECCENTRICITY`, counted from 0.
 */
export function parseOmmJson(text: string): Result<Elements[], ElementsError> {
  if (text.length > ELEMENTS_BOUNDS.textLength) {
    return refuse(
      "tooLarge",
      "text",
      `found ${text.length} characters`,
      `A text has at most ${ELEMENTS_BOUNDS.textLength}.`,
    );
  }
  if (text.trim() === "")
    return refuse("empty", "text", "found nothing", "A text has at least one element set.");
  let json: unknown;
  try {
    json = JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
  } catch (cause) {
    return refuse(
      "jsonSyntax",
      jsonPlace(text, cause),
      "this is not JSON",
      "OMM JSON is one well-formed array.",
    );
  }
  if (!Array.isArray(json)) {
    return refuse(
      "shape",
      "text",
      `found ${kindOf(json)}`,
      "OMM JSON is an array of objects, one per satellite.",
    );
  }
  if (json.length === 0)
    return refuse("empty", "text", "found an empty array", "A text has at least one element set.");
  if (json.length > ELEMENTS_BOUNDS.sets) {
    return refuse(
      "tooMany",
      `[${ELEMENTS_BOUNDS.sets}]`,
      `found ${json.length} sets`,
      `A text has at most ${ELEMENTS_BOUNDS.sets} sets.`,
    );
  }

  const value: Elements[] = [];
  const seen = new SeenSets();
  for (const [index, item] of json.entries()) {
    const place = `[${index}]`;
    if (!isObject(item))
      return refuse("shape", place, `found ${kindOf(item)}`, "Each satellite is one object.");
    const set = parseObject(item, place);
    if ("error" in set) return set;
    const earlier = seen.note(set, place);
    if (earlier !== undefined) {
      return refuse(
        "duplicate",
        place,
        `found satellite ${set.catalogNumber} again, as in ${earlier}`,
        DUPLICATE_RULE,
      );
    }
    value.push(set);
  }
  return { ok: true, value };
}

function parseObject(item: Json, place: string): Elements | Refusal {
  for (const [keyword, accepted] of ASSUMED) {
    const found = item[keyword];
    if (found !== undefined && found !== null && !accepted.includes(String(found).toUpperCase())) {
      return refuse(
        "unsupported",
        `${place}.${keyword}`,
        `found ${show(found)}`,
        `Only ${accepted[0]} is understood here.`,
      );
    }
  }
  const name = parseLabel(item, "OBJECT_NAME", place);
  if (typeof name === "object") return name;
  const internationalDesignator = parseLabel(item, "OBJECT_ID", place);
  if (typeof internationalDesignator === "object") return internationalDesignator;
  const epoch = parseEpoch(item, place);
  if ("error" in epoch) return epoch;

  const numbers = {} as Record<NumberField, number>;
  for (const [field, keyword, optional] of NUMBERS) {
    const found = item[keyword];
    if (found === undefined || found === null) {
      if (optional === undefined) return missing(place, keyword);
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
        `${place}.${keyword}`,
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
  return refuse("range", `${place}.${keyword}`, `found ${show(item[keyword])}`, breach.rule);
}

function parseLabel(item: Json, keyword: string, place: string): string | Refusal {
  const found = item[keyword] ?? "";
  if (typeof found === "string" && found.length <= ELEMENTS_BOUNDS.nameLength && !/\p{Cc}/u.test(found))
    return found.trim();
  return refuse(
    "format",
    `${place}.${keyword}`,
    `found ${show(found)}`,
    `A label is a string of at most ${ELEMENTS_BOUNDS.nameLength} printable characters.`,
  );
}

function parseEpoch(item: Json, place: string): Pick<Elements, "epochDayMs" | "epochMsOfDay"> | Refusal {
  const found = item["EPOCH"];
  if (found === undefined || found === null) return missing(place, "EPOCH");
  const match = typeof found === "string" ? EPOCH.exec(found) : null;
  if (match === null) return refuse("format", `${place}.EPOCH`, `found ${show(found)}`, EPOCH_RULE);
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
      `${place}.EPOCH`,
      `found ${show(found)}`,
      "The date exists and the time of day is 00:00:00 to below 24:00:00.",
    );
  }
  // Shifting the point in the text rounds once, where 1000 * 0.669728 would round twice.
  const fractionMs = match[7] === undefined ? 0 : Number(`${match[7]}e3`);
  const epochMsOfDay = (hour * 3600 + minute * 60 + second) * 1000 + fractionMs;
  return { epochDayMs, epochMsOfDay };
}

function missing(place: string, keyword: string): Refusal {
  return refuse("missing", `${place}.${keyword}`, "found nothing", `${keyword} is needed to propagate.`);
}

/** Where JSON.parse stopped, from its message where that names a position. */
function jsonPlace(text: string, cause: unknown): string {
  const position = /position (\d+)/.exec(cause instanceof Error ? cause.message : "")?.[1];
  const before = text.slice(0, position === undefined ? text.length : Number(position));
  const lastBreak = before.lastIndexOf("\n");
  let line = 1;
  for (let at = before.indexOf("\n"); at !== -1; at = before.indexOf("\n", at + 1)) line += 1;
  return `line ${line}, column ${before.length - lastBreak}`;
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "an array" : `a value of type ${typeof value}`;
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
