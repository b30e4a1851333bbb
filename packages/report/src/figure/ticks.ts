// SPDX-License-Identifier: MIT

export interface Tick {
  readonly value: number;
  readonly label: string;
}

/** Step between ticks, 1, 2 or 5 times a power of ten: the smallest that gives at most `most` steps over `span`. */
export function tickStep(span: number, most: number): number {
  const rough = span / Math.max(1, most);
  const power = 10 ** Math.floor(Math.log10(rough));
  // A ratio such as 2.0000000000000004 is 2.
  const ratio = Math.round((rough / power) * 1e9) / 1e9;
  return (ratio <= 1 ? 1 : ratio <= 2 ? 2 : ratio <= 5 ? 5 : 10) * power;
}

/** How many whole steps a value holds; one that is a multiple but for the rounding of doubles counts as one. */
export function wholeSteps(value: number, step: number, direction: "down" | "up"): number {
  const steps = value / step;
  const tolerance = 1e-9 + 1e-14 * Math.abs(steps);
  return direction === "down" ? Math.floor(steps + tolerance) : Math.ceil(steps - tolerance);
}

/** Multiples of a nice step from `min` to `max`, with as many digits as the step has. */
export function linearTicks(min: number, max: number, most: number): Tick[] {
  const step = tickStep(max - min, most);
  const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const ticks: Tick[] = [];
  const first = wholeSteps(min, step, "up");
  const last = wholeSteps(max, step, "down");
  for (let i = first; i <= last; i++) {
    const value = Number((i * step).toFixed(Math.min(digits, 20)));
    ticks.push({ value, label: numberLabel(value, digits) });
  }
  return ticks;
}

/** Powers of ten; with few of them also their 2- and 5-fold; within one decade as on a linear axis. */
export function logTicks(min: number, max: number): Tick[] {
  if (max / min < 10) return linearTicks(min, max, 6);
  const first = Math.floor(Math.log10(min) + 1e-9);
  const last = Math.ceil(Math.log10(max) - 1e-9);
  const factors = last - first <= 2 ? [1, 2, 5] : [1];
  const stride = Math.max(1, Math.ceil((last - first) / 8));
  const ticks: Tick[] = [];
  for (let exponent = first; exponent <= last; exponent += stride) {
    for (const factor of factors) {
      const value = Number(`${factor}e${exponent}`);
      if (value < min * (1 - 1e-9) || value > max * (1 + 1e-9)) continue;
      ticks.push({ value, label: powerLabel(factor, exponent) });
    }
  }
  return ticks;
}

/** A number as printed: a true minus sign, groups of three from 10,000 on. */
export function numberLabel(value: number, digits: number): string {
  const size = Math.abs(value);
  if (size >= 1e15 || (size > 0 && digits > 6)) return scientific(value);
  const [whole = "", fraction] = size.toFixed(digits).split(".");
  const grouped = whole.length > 4 ? whole.replace(/\B(?=(\d{3})+$)/g, ",") : whole;
  const negative = value < 0 && Number(size.toFixed(digits)) !== 0;
  return `${negative ? "−" : ""}${grouped}${fraction === undefined ? "" : `.${fraction}`}`;
}

/** At most `significant` digits, none of them needless: for values printed beside bars and points. */
export function shortNumber(value: number, significant = 3): string {
  if (value === 0 || !Number.isFinite(value)) return Number.isFinite(value) ? "0" : "–";
  const exponent = Math.floor(Math.log10(Math.abs(value)));
  const digits = Math.max(0, significant - 1 - exponent);
  const fixed = Number(value.toFixed(Math.min(digits, 20)));
  const needed = String(fixed).split(".")[1]?.length ?? 0;
  return numberLabel(fixed, Math.min(digits, needed));
}

function powerLabel(factor: number, exponent: number): string {
  if (exponent >= -4 && exponent <= 5)
    return numberLabel(Number(`${factor}e${exponent}`), Math.max(0, -exponent));
  return `${factor === 1 ? "" : `${factor} × `}10${raised(exponent)}`;
}

function scientific(value: number): string {
  const [mantissa = "", exponent = ""] = value.toExponential(2).split("e");
  return `${mantissa.replace("-", "−").replace(/\.?0+$/, "")} × 10${raised(Number(exponent))}`;
}

function raised(exponent: number): string {
  const figures = "⁰¹²³⁴⁵⁶⁷⁸⁹";
  return Array.from(String(exponent), c => (c === "-" ? "⁻" : figures[Number(c)])).join("");
}
