// SPDX-License-Identifier: MIT
import { dayFactor, solarHour } from "@perigee/network";
import { draw } from "./draw.ts";
import { type Activity, type TrafficProfileName, trafficProfiles } from "./traffic-profiles.ts";

/** What the network behind a terminal wants: people, or a rate that never changes. */
export type TrafficScript =
  | {
      readonly profile: TrafficProfileName;
      /** How many persons; the profile's own number if absent. */
      readonly users?: number;
      /** Multiplies everything; 1 if absent. */
      readonly scale?: number;
    }
  | { readonly profile: "constant"; readonly downMbps: number; readonly upMbps: number };

/** What is asked for at one instant, bits per second, whether or not a link can carry it. */
export interface Demand {
  readonly downBps: number;
  readonly upBps: number;
}

/** Demand over time. A pure function of the instant: what is remembered only saves time. */
export interface Traffic {
  /** @param atMs - UTC milliseconds. */
  at(atMs: number): Demand;
}

/** A family of three, where a scenario is silent. */
export const ordinaryTraffic: TrafficScript = { profile: "household" };

/** How many people a script has; 0: only machines. */
export function trafficUsers(script: TrafficScript): number {
  return script.profile === "constant" ? 0 : (script.users ?? trafficProfiles[script.profile].users);
}

/**
 * Sets the demand of one terminal going.
 *
 * Each person begins a session of each activity in some of its windows, which are twice as long as its mean session: in
 * window w with probability 2 × (hours a day / 24) × (curve at w / its mean), at a place drawn evenly from the window,
 * for a length drawn evenly from half to one and a half times the mean. So the mean share of time in it is what the
 * profile says, no session reaches past the window after its own, and any instant asks two windows only. Within a
 * session, bytes come in one burst per period, at a place drawn evenly.
 *
 * @param seed - 32 bits; the same seed gives the same demand.
 * @param lonDegAt - Longitude of the terminal at an instant: people live by the sun.
 */
export function createTraffic(
  script: TrafficScript,
  seed: number,
  lonDegAt: (atMs: number) => number,
): Traffic {
  if (script.profile === "constant") {
    const demand = { downBps: script.downMbps * 1e6, upBps: script.upMbps * 1e6 };
    return { at: () => demand };
  }
  const profile = trafficProfiles[script.profile];
  const { activities, dayCurve, weekendShare, baseDownMbps, baseUpMbps } = profile;
  const bpsPerMbps = 1e6 * (script.scale ?? 1);
  const users = trafficUsers(script);
  const curveMean = dayCurve.reduce((sum, factor) => sum + factor, 0) / dayCurve.length;
  const curveAt = (atMs: number): number => {
    const lonDeg = lonDegAt(atMs);
    const share = isWeekend(atMs, lonDeg) ? weekendShare : 1;
    return (share * dayFactor(solarHour(atMs, lonDeg), dayCurve)) / curveMean;
  };
  const streams = activities.map((activity, i) => ({
    activity,
    sessions: createSessions(activity, users, seed, i, curveAt),
  }));
  return {
    at(atMs) {
      let downMbps = baseDownMbps;
      let upMbps = baseUpMbps;
      for (const { activity, sessions } of streams) {
        const bursts = sessions.burstsAt(atMs);
        if (bursts === 0) continue;
        downMbps += (bursts * activity.downMbps) / activity.burstShare;
        upMbps += (bursts * activity.upMbps) / activity.burstShare;
      }
      return { downBps: downMbps * bpsPerMbps, upBps: upMbps * bpsPerMbps };
    },
  };
}

/** What a draw is for; beside it stand the window, the person and the activity. */
const BEGINS = 0;
const PLACE = 1;
const LENGTH = 2;
const PURPOSES = 3;

interface Sessions {
  /** How many sessions are in a burst. */
  burstsAt(atMs: number): number;
}

function createSessions(
  activity: Activity,
  users: number,
  seed: number,
  number: number,
  curveAt: (atMs: number) => number,
): Sessions {
  const meanMs = activity.sessionMinutes * 60_000;
  const windowMs = 2 * meanMs;
  const periodMs = activity.periodS * 1_000;
  const burstMs = periodMs * activity.burstShare;
  const share = activity.hoursPerDay / 24;

  // The sessions of the window last asked for and of the one before it: at most one per person and window.
  let window = Number.NaN;
  let count = 0;
  const startMs = new Float64Array(2 * users);
  const endMs = new Float64Array(2 * users);
  const burstSeed = new Int32Array(2 * users);

  function recall(of: number): void {
    const probability = 2 * share * curveAt(of * windowMs);
    for (let user = 0; user < users; user++) {
      const what = (number * users + user) * PURPOSES;
      if (draw(seed, of, what + BEGINS, 0) >= probability) continue;
      startMs[count] = (of + draw(seed, of, what + PLACE, 0)) * windowMs;
      endMs[count] = startMs[count]! + (0.5 + draw(seed, of, what + LENGTH, 0)) * meanMs;
      burstSeed[count] = Math.imul(of, 0x9e3779b1) ^ what;
      count++;
    }
  }

  return {
    burstsAt(atMs) {
      const now = Math.floor(atMs / windowMs);
      if (now !== window) {
        window = now;
        count = 0;
        recall(now - 1);
        recall(now);
      }
      let bursts = 0;
      for (let i = 0; i < count; i++) {
        if (atMs < startMs[i]! || atMs >= endMs[i]!) continue;
        if (burstMs === periodMs) {
          bursts++;
          continue;
        }
        const sinceMs = atMs - startMs[i]!;
        const period = Math.floor(sinceMs / periodMs);
        const fromMs = period * periodMs + draw(seed, burstSeed[i]!, period, 1) * (periodMs - burstMs);
        if (sinceMs >= fromMs && sinceMs < fromMs + burstMs) bursts++;
      }
      return bursts;
    },
  };
}

const DAY_MS = 86_400_000;

/** By the local solar day; 1 January 1970 was a Thursday. */
function isWeekend(atMs: number, lonDeg: number): boolean {
  const day = Math.floor((atMs + (lonDeg / 360) * DAY_MS) / DAY_MS) + 4;
  const weekday = ((day % 7) + 7) % 7;
  return weekday === 0 || weekday === 6;
}
