// SPDX-License-Identifier: MIT

/**
 * From where on detectors speak. Policy as data: an operator sets its own. Sources where there are any; the rest are this
 * product's choices, made so that what is ordinary stays silent.
 */
export interface DetectorLimits {
  /** P1: days out of the account's country in 365. Plans that roam allow two months in a calendar year. */
  readonly daysAbroad: number;
  /** P3: terminals in one cell at one time, and days within which they came. */
  readonly clusterTerminals: number;
  readonly clusterArrivalDays: number;
  /** P4: accounts on one card, device, e-mail address or IP address. */
  readonly accountsPerKey: number;
  /** P5: consecutive serial numbers, missing ones in between, days within which they changed hands. */
  readonly serialRun: number;
  readonly serialGap: number;
  readonly resaleDays: number;
  /** P6: activations of a day in an area, standard deviations above the days before, and days that are needed to say so. */
  readonly burstActivations: number;
  readonly burstSigmas: number;
  readonly burstBaselineDays: number;
  /** P7: adjoining windows above the cap, and standard deviations above. One window of 60 s is uncertain by 5 km/h. */
  readonly speedWindows: number;
  readonly speedSigmas: number;
  /** P8: refused attempts, and minutes from the first to the last. */
  readonly attempts: number;
  readonly attemptMinutes: number;
  /** P11: independent windows that contradict the claimed place. */
  readonly contradictions: number;
  /** P12: hours near a listed site. */
  readonly siteHours: number;
  /** P13: days of silence, and km from where it fell silent to where it came back. */
  readonly silentDays: number;
  readonly jumpKm: number;
}

export const defaultLimits: DetectorLimits = {
  ...{ daysAbroad: 60, clusterTerminals: 5, clusterArrivalDays: 7, accountsPerKey: 4 },
  ...{ serialRun: 5, serialGap: 2, resaleDays: 30 },
  ...{ burstActivations: 5, burstSigmas: 4, burstBaselineDays: 14 },
  ...{ speedWindows: 2, speedSigmas: 3, attempts: 3, attemptMinutes: 10 },
  ...{ contradictions: 2, siteHours: 6, silentDays: 14, jumpKm: 100 },
};
