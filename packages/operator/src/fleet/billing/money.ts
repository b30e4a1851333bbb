// SPDX-License-Identifier: MIT

const decimals = new Map<string, number>();

/** Digits after the point of a currency's amounts (ISO 4217, as the runtime's ICU has it): 2 for USD, 0 for JPY. */
export function decimalsOf(currency: string): number {
  let found = decimals.get(currency);
  if (found === undefined) {
    const format = new Intl.NumberFormat("en", { style: "currency", currency });
    found = format.resolvedOptions().maximumFractionDigits ?? 2;
    decimals.set(currency, found);
  }
  return found;
}

/** A price as people write it, in the currency's smallest unit: money is counted in whole units of that. */
export const inMinor = (amount: number, currency: string): number =>
  Math.round(amount * 10 ** decimalsOf(currency));

/** An amount of smallest units as the API shows it. */
export const inMajor = (minor: number, currency: string): number => minor / 10 ** decimalsOf(currency);

/** A part of a price, rounded half away from zero, so that a credit is the exact opposite of its charge. */
export const partOf = (minor: number, numerator: number, denominator: number): number => {
  const part = Math.floor((2 * Math.abs(minor) * numerator + denominator) / (2 * denominator));
  return minor < 0 ? -part : part;
};
