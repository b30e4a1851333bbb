// SPDX-License-Identifier: MIT
// Numbers for people: always with a unit, in fixed widths so that live values do not push their neighbours, and with a
// thin space between groups of three (ISO 80000-1 §7.3.1).

const THIN = "\u2009";
const DASH = "–";

/** A whole number in groups of three: 8 729. */
export function count(value: number): string {
  const text = Math.round(Math.abs(value)).toString();
  const grouped = text.length > 4 ? text.replace(/\B(?=(\d{3})+$)/g, THIN) : text;
  return value < 0 ? `−${grouped}` : grouped;
}

/** A number with fixed decimals and its unit: 34.2 ms. Not a number: a dash, and the unit stays. */
export function quantity(value: number | null | undefined, unit: string, decimals = 1): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return `${DASH}${THIN}${unit}`;
  const text = Math.abs(value).toFixed(decimals);
  const [whole = "", fraction] = text.split(".");
  const grouped = whole.length > 4 ? whole.replace(/\B(?=(\d{3})+$)/g, THIN) : whole;
  const sign = value < 0 && Number(text) !== 0 ? "−" : "";
  return `${sign}${grouped}${fraction ? `.${fraction}` : ""}${THIN}${unit}`;
}

/** As {@link quantity}, but a value that would round to nothing is said to be below the least that is shown. */
export function quantityAbove(value: number, unit: string, decimals = 1): string {
  const least = 10 ** -decimals;
  return value > 0 && value < least / 2
    ? `below${THIN}${quantity(least, unit, decimals)}`
    : quantity(value, unit, decimals);
}

/** Bytes in decimal multiples: 37.0 MB. */
export function bytes(value: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  const step = value < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(value) / 3));
  return quantity(value / 1000 ** step, units[step] ?? "B", step === 0 ? 0 : 1);
}

/** A share as a percentage: 0.21 %. */
export function percent(share: number, decimals = 2): string {
  return quantity(100 * share, "%", decimals);
}

/** A place in degrees with hemispheres: 49.84° N 24.03° E. */
export function place(latDeg: number, lonDeg: number): string {
  const part = (deg: number, positive: string, negative: string) =>
    `${Math.abs(deg).toFixed(2)}° ${deg < 0 ? negative : positive}`;
  return `${part(latDeg, "N", "S")} ${part(lonDeg, "E", "W")}`;
}
