// SPDX-License-Identifier: MIT
import { ELEMENTS_BOUNDS, type Elements, type ElementsError, type Result, refuse } from "./elements.ts";
import { walkerShell } from "./walker.ts";

/** The text that this reader follows; named in every message, because later versions of the draft differ. */
export const CONSTELLATION_CODE_DRAFT = "draft-piraux-space-constellation-code, source of January 2026";

/** What a constellation code may be at most. */
export const CONSTELLATION_CODE_BOUNDS = { textLength: 4096, shells: 256 } as const;

/** One shell of a constellation code: a complete Walker pattern of circular orbits. */
export interface ConstellationShell {
  /** `D`: planes over 360 degrees of node; `S`: over 180. */
  readonly kind: "delta" | "star";
  /** Above the Earth's surface. */
  readonly altitudeKm: number;
  /** 0 to 180. */
  readonly inclinationDeg: number;
  /** In the whole shell, a multiple of `planes`. */
  readonly satellites: number;
  readonly planes: number;
  /** 0 to `planes` - 1. */
  readonly phasing: number;
  /** Of the first satellite of the first plane, 0 to 360; 0 where the code does not say. */
  readonly meanAnomalyDeg: number;
}

const INTEGER = { form: /^\d{1,9}$/, rule: "is a whole number: one to nine digits, no sign" };
const DECIMAL = { form: /^\d{1,9}(\.\d{1,15})?$/, rule: "is a decimal number: digits, no sign, no exponent" };

/**
 * Whether a text is meant as a constellation code: one line that begins like `D:550`, blanks about it allowed. Such a text
 * describes a pattern, which does not age as elements of real satellites do.
 */
export function isConstellationCode(text: string): boolean {
  return text.length <= 2 * CONSTELLATION_CODE_BOUNDS.textLength && /^\s*[A-Za-z]:[\d.]\S*\s*$/.test(text);
}

/**
 * Reads a constellation code: shells `TYPE:ALTITUDE:INCLINATION:SATELLITES/PLANES/PHASING[:MEAN-ANOMALY]` joined by `+`,
 * nothing else (draft-piraux-space-constellation-code). Strict: no blanks, signs or exponents. An error's place is
 * `character 9`, counted from 1; its rule ends with the version of the draft. Codes: `codeSyntax`, `range`, `empty`,
 * `tooLarge`, `tooMany`.
 */
export function parseConstellationCode(text: string): Result<ConstellationShell[], ElementsError> {
  const { textLength, shells } = CONSTELLATION_CODE_BOUNDS;
  if (text === "") return broken("empty", 0, "found nothing", "A code has at least one shell");
  if (text.length > textLength) {
    const rule = `A code has at most ${textLength} characters`;
    return broken("tooLarge", textLength, `found ${text.length} characters`, rule);
  }
  const value: ConstellationShell[] = [];
  let at = 0;
  let satellites = 0;
  for (const part of text.split("+")) {
    if (value.length === shells)
      return broken("tooMany", at, "found one more shell", `A code has at most ${shells} shells`);
    const shell = readShell(part, at);
    if ("error" in shell) return shell;
    satellites += shell.satellites;
    if (satellites > ELEMENTS_BOUNDS.sets) {
      const rule = `A constellation has at most ${ELEMENTS_BOUNDS.sets} satellites`;
      return broken("tooMany", at, `found ${satellites} satellites up to here`, rule);
    }
    value.push(shell);
    at += part.length + 1;
  }
  return { ok: true, value };
}

/**
 * Writes shells as a constellation code: numbers in full and without exponents, a mean anomaly of 0 left out. Reading
 * the code gives the same shells. Refuses what no code can say (`range`, `empty`, `tooMany`, `tooLarge`); the place is
 * that in the code that would have been written.
 */
export function formatConstellationCode(
  shells: readonly ConstellationShell[],
): Result<string, ElementsError> {
  const text = shells
    .map(({ kind, altitudeKm, inclinationDeg, satellites, planes, phasing, meanAnomalyDeg }) => {
      const walker = [satellites, planes, phasing].map(plain).join("/");
      const parts = [kind === "star" ? "S" : "D", plain(altitudeKm), plain(inclinationDeg), walker];
      return [...parts, ...(meanAnomalyDeg === 0 ? [] : [plain(meanAnomalyDeg)])].join(":");
    })
    .join("+");
  const read = parseConstellationCode(text);
  return read.ok ? { ok: true, value: text } : read;
}

/**
 * Elements of a constellation code, its patterns laid on `epochMs` (UTC, integer milliseconds): shell by shell as
 * {@link walkerShell} orders them, the first plane of each at node 0. On a circular orbit the mean anomaly counts from the
 * ascending node, so that it is the argument of latitude. Satellites are called `<D or S><shell>-<n>`, numbered from
 * `firstCatalogNumber` (default 900,001). Errors: `range`, at the shell: `shell 2.altitudeKm`.
 */
export function constellationElements(
  shells: readonly ConstellationShell[],
  epochMs: number,
  firstCatalogNumber = 900_001,
): Result<Elements[], ElementsError> {
  const value: Elements[] = [];
  for (const [k, { meanAnomalyDeg, ...pattern }] of shells.entries()) {
    const made = walkerShell(
      {
        ...pattern,
        argumentOfLatitudeDeg: meanAnomalyDeg,
        namePrefix: `${pattern.kind === "star" ? "S" : "D"}${k + 1}`,
        firstCatalogNumber: firstCatalogNumber + value.length,
      },
      epochMs,
    );
    if (!made.ok) {
      const { code, place, rule, message } = made.error;
      const at = `shell ${k + 1}${place}`;
      return { ok: false, error: { code, place: at, rule, message: message.replace(place, at) } };
    }
    for (const set of made.value) value.push(set);
  }
  return { ok: true, value };
}

type Refusal = { readonly ok: false; readonly error: ElementsError };

/** Reads one shell that begins at character `start` (counted from 0) of the code. */
function readShell(text: string, start: number): ConstellationShell | Refusal {
  const fields = text.split(":");
  const [type, ...rest] = fields;
  if (type !== "D" && type !== "S") {
    const rule = "A shell begins with its type, D for a Walker delta or S for a star";
    return broken("codeSyntax", start, `found ${quote(type ?? "")}`, rule);
  }
  if (fields.length < 4 || fields.length > 5) {
    const rule =
      "A shell is TYPE:ALTITUDE:INCLINATION:SATELLITES/PLANES/PHASING, with :MEAN-ANOMALY where it is not 0";
    return broken("codeSyntax", start, `found ${fields.length} parts between colons`, rule);
  }
  const walker = (fields[3] as string).split("/");
  const walkerAt = start + fields.slice(0, 3).join(":").length + 1;
  if (walker.length !== 3) {
    const rule = "The pattern is SATELLITES/PLANES/PHASING";
    return broken("codeSyntax", walkerAt, `found ${quote(fields[3] as string)}`, rule);
  }

  const written = [rest[0], rest[1], ...walker, rest[3]];
  const numbers: number[] = [];
  const places: number[] = [];
  let at = start + 2;
  for (const [k, { title, whole }] of NAMES.entries()) {
    const digits = written[k];
    if (digits === undefined) {
      numbers.push(0);
      continue;
    }
    const { form, rule } = whole ? INTEGER : DECIMAL;
    if (!form.test(digits)) return broken("codeSyntax", at, `found ${quote(digits)}`, `${title} ${rule}`);
    numbers.push(Number(digits));
    places.push(at);
    at += digits.length + 1;
  }
  const [altitudeKm, inclinationDeg, satellites, planes, phasing, meanAnomalyDeg] = numbers as Six;
  const rules: readonly (readonly [index: number, holds: boolean, rule: string])[] = [
    [0, altitudeKm > 0, "The altitude is above 0 km"],
    [1, inclinationDeg <= 180, "The inclination is 0 to 180 degrees"],
    [3, planes >= 1, "There is at least one plane"],
    [2, satellites >= 1 && satellites % planes === 0, "The satellites are a multiple of the planes"],
    [4, phasing < planes, "The phasing is 0 to the number of planes less one"],
    [5, meanAnomalyDeg <= 360, "The mean anomaly is 0 to 360 degrees"],
  ];
  const breach = rules.find(([, holds]) => !holds);
  if (breach !== undefined) {
    const [index, , rule] = breach;
    return broken("range", places[index] as number, `found ${numbers[index]}`, rule);
  }
  return {
    kind: type === "S" ? "star" : "delta",
    altitudeKm,
    inclinationDeg,
    satellites,
    planes,
    phasing,
    meanAnomalyDeg,
  };
}

type Six = [number, number, number, number, number, number];

/** The numbers of a shell in the order of the text. */
const NAMES: readonly { readonly title: string; readonly whole: boolean }[] = [
  { title: "The altitude", whole: false },
  { title: "The inclination", whole: false },
  { title: "The number of satellites", whole: true },
  { title: "The number of planes", whole: true },
  { title: "The phasing", whole: true },
  { title: "The mean anomaly", whole: false },
];

/** A refusal at a character (counted from 0) that names the version of the draft. */
function broken(code: ElementsError["code"], at: number, found: string, rule: string): Refusal {
  return refuse(code, `character ${at + 1}`, found, `${rule} (${CONSTELLATION_CODE_DRAFT}).`);
}

/** A number without exponent; whatever is no number comes out as no code. */
function plain(value: number): string {
  const text = String(value);
  const small = /^(\d)(?:\.(\d+))?e-(\d+)$/.exec(text);
  if (small === null) return text;
  return `0.${"0".repeat(Number(small[3]) - 1)}${small[1]}${small[2] ?? ""}`;
}

function quote(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
}
