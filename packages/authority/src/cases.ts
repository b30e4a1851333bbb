// SPDX-License-Identifier: MIT

/** How many random cases a property test runs: `PERIGEE_CASES` where it is set, else the number that CI has time for. */
export function cases(inCi: number): number {
  const asked = Number(process.env["PERIGEE_CASES"]);
  return Number.isSafeInteger(asked) && asked > 0 ? asked : inCi;
}
