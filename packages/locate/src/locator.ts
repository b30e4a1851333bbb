// SPDX-License-Identifier: MIT
import { type Claim, checkClaim, DEFAULT_CLAIM_ERROR_KM } from "./claim.ts";
import { coverageOf, type Judgement, type JudgeOptions, judgeRows } from "./judge.ts";
import type { Holds } from "./kernel/fit.ts";
import { createRows, fillRows, orderOf } from "./kernel/rows.ts";
import type { Result } from "./locate-error.ts";
import {
  checkWindow,
  DEFAULT_HEIGHT_ERROR_KM,
  defaultRanging,
  LIGHT_KM_S,
  type MeasurementWindow,
  type RangingModel,
  slackRangeKm,
} from "./measurement.ts";
import { type Solution, solutionsOf } from "./solutions.ts";

/** Where the network's own measurements say that a terminal is. */
export interface PositionFix {
  /** The instant that the places are of, UTC ms. */
  readonly atMs: number;
  readonly fromMs: number;
  readonly toMs: number;
  /** Every place that explains the measurements better than its surroundings, best first; see their standing. */
  readonly solutions: readonly Solution[];
  /** Degrees of freedom of a solution's misfit; 0 or less: nothing is left over to check it by. */
  readonly freedom: number;
  readonly satellites: number;
}

/** What {@link Locator.locate} takes besides the measurements. */
export interface LocateOptions {
  /** The instant that the place is wanted for; the last measurement's where absent. */
  readonly atMs?: number;
  /** Whether Doppler counts. A terminal can set it at will: use it to find somebody, not to judge. */
  readonly withDoppler?: boolean;
}

/** Finds places and judges claims. Keeps its arrays from one call to the next, and nothing else. */
export interface Locator {
  /** All places that explain the measurements. */
  locate(window: MeasurementWindow, options?: LocateOptions): Result<PositionFix>;
  /** What one window says of a claim; {@link verdictOf} makes the verdict of several. */
  judge(window: MeasurementWindow, claim: Claim, options?: JudgeOptions): Result<Judgement>;
}

/**
 * A locator under a model of how well the network measures.
 *
 * @throws RangeError for a model with a noise that is not positive
 */
export function createLocator(model: RangingModel = defaultRanging): Locator {
  for (const [name, value] of Object.entries(model)) {
    const mayBeZero = name === "slackUs" || name.startsWith("satellite");
    if (!(value > 0 || (mayBeZero && value === 0)) || !Number.isFinite(value))
      throw new RangeError(`${name} is ${value}; it has to be a positive number.`);
  }
  const rows = createRows();
  const rateErrorKmS = (model.oscillatorHz * LIGHT_KM_S) / model.carrierHz;
  const holdsOf = ({ heightErrorKm }: MeasurementWindow): Holds => ({
    placeErrorKm: Number.POSITIVE_INFINITY,
    heightErrorKm: heightErrorKm ?? DEFAULT_HEIGHT_ERROR_KM,
    slackKm: slackRangeKm(model),
    rateErrorKmS,
  });
  return {
    locate(window, { atMs, withDoppler = false } = {}) {
      const wrong = checkWindow(window, model);
      if (wrong !== null) return { ok: false, error: wrong };
      const order = orderOf(window);
      const { fromMs, toMs, satellites } = coverageOf(window, order);
      const referenceMs = atMs ?? toMs;
      fillRows(rows, window, order, model, referenceMs, withDoppler ? "both" : "ranges");
      const solutions = solutionsOf(rows, window, holdsOf(window));
      return {
        ok: true,
        value: { atMs: referenceMs, fromMs, toMs, solutions, freedom: rows.count - 2, satellites },
      };
    },
    judge(window, claim, options = {}) {
      const wrong = checkWindow(window, model) ?? checkClaim(claim);
      if (wrong !== null) return { ok: false, error: wrong };
      const said = { errorKm: DEFAULT_CLAIM_ERROR_KM, ...claim };
      const value = judgeRows(rows, window, orderOf(window), model, said, holdsOf(window), options);
      return { ok: true, value };
    },
  };
}
