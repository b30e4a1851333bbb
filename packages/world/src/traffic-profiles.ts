// SPDX-License-Identifier: MIT
import { DAY_CURVE } from "@perigee/network";

/** Something that people do over the network, again and again. */
export interface Activity {
  readonly name: string;
  /** How long one person does it, hours a day on a working day, all sessions together. */
  readonly hoursPerDay: number;
  /** Mean length of one session; it lasts from half of this to one and a half times. */
  readonly sessionMinutes: number;
  /** Mean rates while it lasts. */
  readonly downMbps: number;
  readonly upMbps: number;
  /** Bytes come in bursts: one in every `periodS` seconds, for this share of them. 1: evenly. */
  readonly periodS: number;
  readonly burstShare: number;
}

/** Who sits behind a terminal, and what they do all day. */
export interface TrafficProfile {
  readonly sentence: string;
  /** How many persons, where the scenario does not say. */
  readonly users: number;
  readonly activities: readonly Activity[];
  /** Activity over the day relative to its peak, one number per full hour of local mean solar time. */
  readonly dayCurve: readonly number[];
  /** What is left of it on Saturdays and Sundays. */
  readonly weekendShare: number;
  /** What machines send and fetch all the time, whoever is there. */
  readonly baseDownMbps: number;
  readonly baseUpMbps: number;
}

/** From eight to five, with a dip at noon. */
const workDay = [
  0.03, 0.02, 0.02, 0.02, 0.02, 0.04, 0.12, 0.4, 0.8, 0.98, 1, 0.95, 0.7, 0.85, 1, 0.97, 0.85, 0.5, 0.22,
  0.12, 0.08, 0.06, 0.04, 0.03,
];
/** Awake by day, quiet by night. */
const wakingDay = [
  0.2, 0.12, 0.1, 0.1, 0.12, 0.25, 0.5, 0.75, 0.95, 1, 1, 0.95, 0.9, 0.95, 1, 1, 0.95, 0.9, 0.85, 0.8, 0.75,
  0.6, 0.45, 0.3,
];
/** Four hours on, eight off, all round the clock: never quiet, fullest in the evening. */
const watches = [
  0.5, 0.45, 0.42, 0.4, 0.42, 0.45, 0.5, 0.55, 0.6, 0.6, 0.62, 0.65, 0.7, 0.7, 0.68, 0.68, 0.72, 0.8, 0.9,
  0.97, 1, 0.95, 0.8, 0.62,
];

const activity = (
  name: string,
  hoursPerDay: number,
  sessionMinutes: number,
  downMbps: number,
  upMbps: number,
  periodS = 1,
  burstShare = 1,
): Activity => ({ name, hoursPerDay, sessionMinutes, downMbps, upMbps, periodS, burstShare });

// Rates of applications in round figures: video in high definition takes 5 Mbit/s, a call in it 2.5; players fetch
// seconds of video at a time and then wait.
const video = (hours: number, mbps = 5): Activity => activity("video", hours, 45, mbps, 0.05, 8, 0.3);
const pages = (hours: number): Activity => activity("pages", hours, 15, 0.8, 0.08, 20, 0.15);
const calls = (hours: number, mbps = 2.5): Activity => activity("calls", hours, 30, mbps, mbps * 0.8);
const files = (hours: number): Activity => activity("files", hours, 10, 1.5, 2, 30, 0.4);

/**
 * Who may sit behind a terminal. Assumed; the household is set so that three persons take in their busiest hour what the
 * network plans a subscriber with (`defaultCellLimit`: 2.75 Mbit/s down and 0.325 up), which makes some 670 GB a month.
 */
export const trafficProfiles = {
  household: {
    sentence: "A family: films in the evening, some calls and much idle reading.",
    users: 3,
    activities: [video(2.2), pages(2.5), calls(0.4), files(0.3)],
    dayCurve: DAY_CURVE,
    weekendShare: 1,
    baseDownMbps: 0.004,
    baseUpMbps: 0.002,
  },
  office: {
    sentence: "Desks: calls and files from Monday to Friday.",
    users: 8,
    activities: [calls(1.5), pages(4), files(0.6)],
    dayCurve: workDay,
    weekendShare: 0.1,
    baseDownMbps: 0.05,
    baseUpMbps: 0.05,
  },
  school: {
    sentence: "Pupils at lessons, all at once.",
    users: 40,
    activities: [pages(1.5), video(0.2, 2.5)],
    dayCurve: workDay,
    weekendShare: 0.03,
    baseDownMbps: 0.02,
    baseUpMbps: 0.01,
  },
  shop: {
    sentence: "A till, a price list, and whoever stands behind the counter.",
    users: 2,
    activities: [pages(1), calls(0.2, 0.1)],
    dayCurve: workDay,
    weekendShare: 0.6,
    baseDownMbps: 0.01,
    baseUpMbps: 0.01,
  },
  hospital: {
    sentence: "Wards round the clock: records, pictures sent to specialists, calls with them.",
    users: 25,
    activities: [pages(2), calls(0.3), activity("images", 0.15, 5, 2, 15, 60, 0.5)],
    dayCurve: wakingDay,
    weekendShare: 0.8,
    baseDownMbps: 0.1,
    baseUpMbps: 0.1,
  },
  aidPost: {
    sentence: "Relief workers: lists, reports and calls home.",
    users: 12,
    activities: [pages(1.5), calls(0.5, 0.6), files(0.3)],
    dayCurve: wakingDay,
    weekendShare: 0.9,
    baseDownMbps: 0.01,
    baseUpMbps: 0.02,
  },
  vessel: {
    sentence: "A crew on watch and off it, and the ship's own reports.",
    users: 18,
    activities: [video(0.9, 1.5), pages(1), calls(0.3, 0.6)],
    dayCurve: watches,
    weekendShare: 1,
    baseDownMbps: 0.04,
    baseUpMbps: 0.08,
  },
  train: {
    sentence: "Passengers with their telephones.",
    users: 60,
    activities: [pages(1.2), video(0.25, 1.5), calls(0.05, 0.3)],
    dayCurve: workDay,
    weekendShare: 0.8,
    baseDownMbps: 0.05,
    baseUpMbps: 0.1,
  },
  farm: {
    sentence: "Machines and cameras, and one who looks after them.",
    users: 1,
    activities: [pages(1.5), video(1, 2.5), files(0.4)],
    dayCurve: wakingDay,
    weekendShare: 1,
    baseDownMbps: 0.02,
    baseUpMbps: 0.5,
  },
} satisfies Record<string, TrafficProfile>;

/** A profile's name. */
export type TrafficProfileName = keyof typeof trafficProfiles;
