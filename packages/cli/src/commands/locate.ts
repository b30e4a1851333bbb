// SPDX-License-Identifier: MIT
import { bearingDeg, cellAt, destination, distanceKm } from "@perigee/earth";
import {
  chooseRound,
  createLocator,
  defaultRanging,
  evidenceOf,
  type Judgement,
  type MeasurementWindow,
  parseWindow,
  type RangeMeasurement,
  type RangingModel,
  slackRangeKm,
  verdictOf,
} from "@perigee/locate";
import { slotAt, slotStartMs } from "@perigee/network";
import {
  altitudeFromMeanMotionKm,
  createPropagator,
  geodeticToEcef,
  lookAngles,
  type Propagator,
  serviceAtAltitude,
  stateAt,
} from "@perigee/orbit";
import { CliError, type Command, printTable, readArguments } from "../command.ts";
import { clientFlags } from "../operator-client.ts";
import { instantText, readInstant, readNumber } from "../study/moments.ts";
import { placeNamed } from "../study/places.ts";
import { constellationOf, readText } from "../validate/inputs.ts";
import { locateTerminal } from "./locate-terminal.ts";

const LIES = ["honest", "spoofed", "delay", "early"] as const;
type Lie = (typeof LIES)[number];

const FLAGS = {
  elements: { type: "string" },
  at: { type: "string" },
  claim: { type: "string" },
  off: { type: "string" },
  lie: { type: "string" },
  "early-us": { type: "string" },
  satellites: { type: "string" },
  file: { type: "string" },
  terminal: { type: "string" },
  ...clientFlags,
} as const;

const SLOT_MS = 15_000;
/** Satellites are asked three times a slot. */
const QUESTION_MS = 5000;
const LEAST_ELEVATION_DEG = 25;
/** Largest file of measurements: some windows of 256. */
const MOST_BYTES = 1_000_000;

/** A spot on the ground. */
interface Spot {
  readonly latDeg: number;
  readonly lonDeg: number;
}

/** `perigee locate`: where a terminal would be measured, and what that says of where it claims to be. */
export const locate: Command = {
  name: "locate",
  usage: [
    [
      "locate <place> [--claim place | --off km,bearing] [--lie honest|spoofed|delay|early]",
      "a verification round",
    ],
    ["locate --terminal id", "have a running operator measure a terminal"],
    ["locate --file window.json [--claim place]", "judge measurements of your own"],
  ],
  async run(args) {
    const { words, flags } = readArguments(args, FLAGS);
    if (flags.terminal !== undefined) return await locateTerminal(flags.terminal, flags);
    if (flags.file !== undefined) return await judgeFile(flags.file, flags.claim, flags.json === true);
    const [where, ...more] = words;
    if (where === undefined || more.length > 0)
      throw new CliError("say: perigee locate <place>; a name of several words in quotes", 2);
    const truth = placeNamed(where);
    const claim = claimOf(truth, flags.claim, flags.off);
    const lie: Lie | undefined = LIES.find(name => name === (flags.lie ?? "spoofed"));
    if (lie === undefined) throw new CliError(`--lie takes ${LIES.join(", ")}`, 2);
    const earlyUs = flags["early-us"] === undefined ? 1 : readNumber("early-us", flags["early-us"], 0, 1000);
    const count =
      flags.satellites === undefined ? 4 : readNumber("satellites", flags.satellites, 1, 8, "whole");
    const { elements: all, title, atMs } = await constellationOf(flags.elements);
    const elements = all.filter(
      set => serviceAtAltitude(altitudeFromMeanMotionKm(set.meanMotionRevPerDay)) === "broadband",
    );
    const fromMs = slotStartMs(slotAt(flags.at === undefined ? atMs : readInstant("at", flags.at)));
    const sky = createPropagator(elements);
    const rounds = [0, 1].map(k =>
      roundOf(sky, { truth, claim, lie, earlyUs, count, fromMs: fromMs + k * count * SLOT_MS }),
    );
    const judgements = rounds.map(({ judgement }) => judgement);
    const finding = verdictOf(judgements, judgements[1]!.toMs);
    const cell = cellAt(claim.latDeg, claim.lonDeg);
    const evidence = evidenceOf("terminal", cell, finding, cellAt);
    if (flags.json === true) return console.log(JSON.stringify({ rounds, evidence }));
    const off = distanceKm(truth, claim);
    console.log(
      `Really at ${spotText(truth)}, claims ${off < 0.001 ? "the same" : `${spotText(claim)}, ${off.toFixed(2)} km to ${bearingDeg(truth, claim).toFixed(0)} degrees`}; ${lie}.`,
    );
    console.log(`${title}; ${instantText(fromMs)}, without noise: ellipses say what noise would do.\n`);
    const [first] = rounds;
    printTable(
      ["slot", "satellite", "azimuth", "elevation", "range km", "added km"],
      first!.visits.map(({ slot, satellite, azimuthDeg, elevationDeg, rangeKm, addedKm }) => [
        String(slot + 1),
        elements[satellite]?.name ?? String(satellite),
        azimuthDeg.toFixed(0),
        elevationDeg.toFixed(0),
        rangeKm.toFixed(1),
        addedKm.toFixed(2),
      ]),
    );
    printJudgement(first!.judgement);
    console.log(`\nAfter two rounds: ${finding.verdict}. ${finding.because}`);
  },
};

function claimOf(truth: Spot, claim: string | undefined, off: string | undefined): Spot {
  if (claim !== undefined && off !== undefined) throw new CliError("--claim and --off exclude each other", 2);
  if (claim !== undefined) return placeNamed(claim);
  if (off === undefined) return truth;
  const [km, bearing, ...more] = off.split(",");
  if (km === undefined || bearing === undefined || more.length > 0)
    throw new CliError("--off takes km and a bearing: 2,90", 2);
  return destination(truth, readNumber("off", bearing, 0, 360), readNumber("off", km, 0, 1000));
}

interface RoundPlan {
  readonly truth: Spot;
  readonly claim: Spot;
  readonly lie: Lie;
  readonly earlyUs: number;
  readonly count: number;
  readonly fromMs: number;
}

/** One round: a satellite per slot, chosen for spread over the claimed place; what is measured; what that says. */
function roundOf(sky: Propagator, { truth, claim, lie, earlyUs, count, fromMs }: RoundPlan) {
  const slots = Array.from({ length: count }, (_, slot) => {
    const atMs = fromMs + slot * SLOT_MS + SLOT_MS / 2;
    const states = sky.propagate(atMs);
    return Array.from({ length: states.count }, (_, satellite) => satellite).flatMap(satellite => {
      const { azimuthDeg, elevationDeg } = lookAngles(
        { ...claim, altitudeKm: 0 },
        stateAt(states, satellite),
      );
      return elevationDeg >= LEAST_ELEVATION_DEG ? [{ satellite, azimuthDeg, elevationDeg }] : [];
    });
  });
  const chosen = chooseRound(slots).flatMap((index, slot) =>
    index < 0 ? [] : [{ slot, ...slots[slot]![index]! }],
  );
  if (chosen.length === 0) throw new CliError("no satellite stands over that place", 1);
  const earlyKm = slackRangeKm({ slackUs: earlyUs });
  const measurements: RangeMeasurement[] = [];
  const visits: ((typeof chosen)[number] & { readonly rangeKm: number; readonly addedKm: number })[] = [];
  for (const visit of chosen) {
    for (let k = 0; k < SLOT_MS / QUESTION_MS; k++) {
      const atMs = fromMs + visit.slot * SLOT_MS + k * QUESTION_MS;
      const state = stateAt(sky.propagate(atMs), visit.satellite);
      const rangeKm = rangeTo(truth, state);
      const wantedKm = rangeTo(claim, state) - rangeKm;
      const addedKm =
        lie === "delay" ? Math.max(0, wantedKm) : lie === "early" ? Math.max(-earlyKm, wantedKm) : 0;
      const roundTripUs = defaultRanging.turnaroundUs + (rangeKm + addedKm) / slackRangeKm({ slackUs: 1 });
      measurements.push({ satellite: visit.satellite, atMs, state, roundTripUs });
      if (k === 0) visits.push({ ...visit, rangeKm, addedKm });
    }
  }
  const said = lie === "honest" ? truth : claim;
  const atMs = fromMs + count * SLOT_MS;
  const judgement = judged({ measurements, heightKm: 0 }, { ...said, atMs, errorKm: 0.01 }, defaultRanging);
  return { visits, judgement };
}

function rangeTo(at: Spot, state: RangeMeasurement["state"]): number {
  const { xKm, yKm, zKm } = geodeticToEcef({ ...at, altitudeKm: 0 });
  return Math.hypot(state.xKm - xKm, state.yKm - yKm, state.zKm - zKm);
}

function judged(
  window: MeasurementWindow,
  claim: Spot & { readonly atMs: number; readonly errorKm?: number },
  model: RangingModel,
): Judgement {
  const result = createLocator(model).judge(window, claim);
  if (!result.ok) throw new CliError(`${result.error.place}: ${result.error.message}`);
  return result.value;
}

const spotText = ({ latDeg, lonDeg }: Spot): string => `${latDeg.toFixed(4)}, ${lonDeg.toFixed(4)}`;

function printJudgement({ solutions, why, outcome, chance, satellites, openShare }: Judgement): void {
  console.log("");
  printTable(
    ["place", "95 % ellipse km", "bearing", "misfit", "standing"],
    solutions.map(({ ellipse, misfit, standing, ...at }) => [
      spotText(at),
      `${(2.448 * ellipse.semiMajorKm).toFixed(2)} by ${(2.448 * ellipse.semiMinorKm).toFixed(2)}`,
      ellipse.bearingDeg.toFixed(0),
      misfit < 1e6 ? misfit.toFixed(1) : misfit.toExponential(1),
      standing,
    ]),
  );
  console.log(
    `\n${outcome} (${why}): an honest terminal is so far off with a chance of ${chance > 0 ? chance.toExponential(1) : "less than 1e-300"}; ${satellites === 1 ? "1 satellite leaves" : `${satellites} satellites leave`} ${(100 * openShare).toFixed(0)} % of bearings to delays.`,
  );
}

/** A window from a file, and what it says: with a claim a judgement, without one the places. */
async function judgeFile(path: string, claim: string | undefined, asJson: boolean): Promise<void> {
  const text = await readText(path);
  if (text.length > MOST_BYTES) throw new CliError(`${path} is longer than ${MOST_BYTES} characters`);
  const read = parseWindow(jsonOf(path, text));
  if (!read.ok) throw new CliError(`${path}: ${read.error.place}: ${read.error.message}`);
  const { window, model } = read.value;
  const result = createLocator(model).locate(window);
  if (!result.ok) throw new CliError(`${path}: ${result.error.place}: ${result.error.message}`);
  const { atMs, solutions } = result.value;
  if (claim === undefined) {
    if (asJson) return console.log(JSON.stringify(result.value));
    return printTable(
      ["place", "1 sigma km", "misfit", "standing"],
      solutions.map(({ ellipse, misfit, standing, ...at }) => [
        spotText(at),
        `${ellipse.semiMajorKm.toFixed(2)} by ${ellipse.semiMinorKm.toFixed(2)}`,
        misfit.toFixed(1),
        standing,
      ]),
    );
  }
  const judgement = judged(window, { ...placeNamed(claim), atMs }, model);
  if (asJson) return console.log(JSON.stringify(judgement));
  printJudgement(judgement);
}

function jsonOf(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CliError(`${path}: ${(error as Error).message}`);
  }
}
