// SPDX-License-Identifier: MIT
// What a comparison says, as plain values: the command line prints it, the page lays it out.

/** One statement of a comparison that either holds or does not. */
export interface Check {
  readonly what: string;
  /** What was measured or printed, in words or as a number with its unit. */
  readonly measured: string;
  readonly modelled: string;
  /** What must hold; `null` where the figures are only shown. */
  readonly target: string | null;
  /** `null` where there is no target. */
  readonly holds: boolean | null;
}

export interface ReportTable {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A picture as data. `file` is its name without an ending. */
export type ReportPlot =
  | {
      readonly kind: "cdf";
      readonly file: string;
      readonly title: string;
      readonly xLabel: string;
      readonly xUnit: string;
      readonly xMax?: number;
      readonly samples: readonly { readonly name: string; readonly values: ArrayLike<number> }[];
    }
  | {
      readonly kind: "scatter";
      readonly file: string;
      readonly title: string;
      readonly xLabel: string;
      readonly yLabel: string;
      readonly unit: string;
      readonly groups: readonly {
        readonly name: string;
        readonly x: readonly number[];
        readonly y: readonly number[];
        readonly labels?: readonly string[];
      }[];
    }
  | {
      readonly kind: "line";
      readonly file: string;
      readonly title: string;
      readonly xLabel: string;
      readonly xUnit?: string;
      readonly yLabel: string;
      readonly yUnit?: string;
      readonly series: readonly {
        readonly name: string;
        readonly x: ArrayLike<number>;
        readonly y: ArrayLike<number>;
        readonly points?: boolean;
      }[];
    };

/** A number of the model that physics does not give. */
export interface FreeParameter {
  readonly name: string;
  readonly value: string;
  readonly how: string;
}

export interface ValidationReport {
  readonly kind: string;
  readonly title: string;
  /** What was compared with what, in a few sentences. */
  readonly text: readonly string[];
  readonly sources: readonly string[];
  readonly checks: readonly Check[];
  readonly tables: readonly ReportTable[];
  readonly plots: readonly ReportPlot[];
  readonly parameters: readonly FreeParameter[];
  /** What the comparison cannot say. */
  readonly limits: readonly string[];
}

/** Whether every check that has a target holds. */
export function holds(report: ValidationReport): boolean {
  return report.checks.every(check => check.holds !== false);
}

/** A number with `digits` after the point; a dash for none. */
export function shown(value: number, digits = 1): string {
  return Number.isFinite(value) ? value.toFixed(digits) : "–";
}

/** A share as a whole percentage. */
export function percent(share: number): string {
  return Number.isFinite(share) ? `${(100 * share).toFixed(0)} %` : "–";
}
