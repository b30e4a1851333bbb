// SPDX-License-Identifier: MIT

/** The shortest decimal digits that give the same double back (ECMA-262, Number::toString); keeps the sign of zero. */
export function float64Text(value: number): string {
  return Object.is(value, -0) ? "-0" : String(value);
}

const SMALLEST_NORMAL = 2 ** -126;

/**
 * The shortest decimal digits that give the same single-precision number back. Any decimal of up to 6 digits survives
 * single precision and 9 digits always suffice (IEEE 754-2019, 5.12.2), so at most four tries are needed, but for
 * subnormal numbers, which hold fewer digits.
 */
export function float32Text(value: number): string {
  const single = Math.fround(value);
  if (Number.isInteger(single) && Math.abs(single) < 2 ** 24) return float64Text(single);
  if (!Number.isFinite(single)) return String(single);
  for (let digits = Math.abs(single) < SMALLEST_NORMAL ? 1 : 6; digits < 9; digits++) {
    const candidate = Number(single.toPrecision(digits));
    if (Math.fround(candidate) === single) return String(candidate);
  }
  return String(Number(single.toPrecision(9)));
}

/** A fixed number of digits after the point, without a sign on zero: −0.004 with two digits is "0.00". */
export function fixedText(value: number, digits: number): string {
  const text = value.toFixed(digits);
  return text.startsWith("-") && Number(text) === 0 ? text.slice(1) : text;
}

/**
 * UTC milliseconds as ISO 8601 with milliseconds: "2026-03-01T12:00:12.000Z".
 *
 * @throws RangeError outside the range of ECMA-262 time values, and for anything but whole milliseconds.
 */
export function instantText(utcMs: number): string {
  if (!Number.isInteger(utcMs) || Math.abs(utcMs) > 8.64e15) {
    throw new RangeError(`${utcMs} is not an instant in whole UTC milliseconds.`);
  }
  return new Date(utcMs).toISOString();
}
