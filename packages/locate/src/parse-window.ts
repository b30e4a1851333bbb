// SPDX-License-Identifier: MIT
import { type Result, refuse } from "./locate-error.ts";
import {
  type Beam,
  checkWindow,
  defaultRanging,
  type MeasurementWindow,
  MOST_MEASUREMENTS,
  type Motion,
  type RangeMeasurement,
  type RangingModel,
} from "./measurement.ts";

/** A window from outside, and the model that it was measured under. */
export interface ReadWindow {
  readonly window: MeasurementWindow;
  readonly model: RangingModel;
}

type Members = Readonly<Record<string, unknown>>;

/** What is not as it should be, on the way out of the reader. */
class Unreadable extends Error {
  readonly place: string;

  constructor(place: string, message: string) {
    super(message);
    this.place = place;
  }
}

/**
 * Reads a window as JSON has it: a {@link MeasurementWindow} with, if it likes, a `model` that says what of
 * {@link defaultRanging} is otherwise. Members that it does not know are refused, so that none is overlooked.
 *
 * @param json parsed JSON, untrusted
 */
export function parseWindow(json: unknown): Result<ReadWindow> {
  try {
    const top = membersOf(json, "", ["measurements", "heightKm", "heightErrorKm", "motion", "model"]);
    const list = top["measurements"];
    if (!Array.isArray(list)) throw new Unreadable("measurements", "Measurements are a list.");
    if (list.length > MOST_MEASUREMENTS)
      return refuse(
        "windowTooLarge",
        "measurements",
        `A window has up to ${MOST_MEASUREMENTS} measurements.`,
      );
    const model = modelOf(top["model"]);
    const { motion } = top;
    const window: MeasurementWindow = {
      measurements: list.map((item, i) => measurementOf(item, `measurements[${i}]`)),
      heightKm: numberIn(top, "heightKm", ""),
      ...(top["heightErrorKm"] === undefined ? {} : { heightErrorKm: numberIn(top, "heightErrorKm", "") }),
      ...(motion === undefined
        ? {}
        : { motion: numbersOf<Motion>(motion, "motion", ["eastKmS", "northKmS"]) }),
    };
    const wrong = checkWindow(window, model);
    return wrong === null ? { ok: true, value: { window, model } } : { ok: false, error: wrong };
  } catch (error) {
    if (error instanceof Unreadable) return refuse("measurementInvalid", error.place, error.message);
    throw error;
  }
}

const coordinates = ["xKm", "yKm", "zKm", "vxKmS", "vyKmS", "vzKmS"] as const;

function measurementOf(item: unknown, place: string): RangeMeasurement {
  const known = ["satellite", "atMs", "state", "roundTripUs", "dopplerHz", "beam"];
  const members = membersOf(item, place, known);
  const { dopplerHz = null, beam = null } = members;
  return {
    satellite: numberIn(members, "satellite", place),
    atMs: numberIn(members, "atMs", place),
    state: numbersOf<RangeMeasurement["state"]>(members["state"], `${place}.state`, coordinates),
    roundTripUs: numberIn(members, "roundTripUs", place),
    dopplerHz: dopplerHz === null ? null : numberIn(members, "dopplerHz", place),
    beam: beam === null ? null : numbersOf<Beam>(beam, `${place}.beam`, ["latDeg", "lonDeg", "radiusKm"]),
  };
}

function modelOf(json: unknown): RangingModel {
  if (json === undefined) return defaultRanging;
  const names = Object.keys(defaultRanging);
  const members = membersOf(json, "model", names);
  const given = Object.fromEntries(
    Object.keys(members).map(name => [name, numberIn(members, name, "model")]),
  );
  for (const [name, value] of Object.entries(given)) {
    const mayBeZero = name === "slackUs" || name.startsWith("satellite");
    if (!(value > 0 || (mayBeZero && value === 0)))
      throw new Unreadable(`model.${name}`, "It has to be above 0.");
  }
  return { ...defaultRanging, ...given };
}

function membersOf(json: unknown, place: string, known: readonly string[]): Members {
  if (typeof json !== "object" || json === null || Array.isArray(json))
    throw new Unreadable(place, "Here belongs an object.");
  const strange = Object.keys(json).find(name => !known.includes(name));
  if (strange !== undefined) {
    const where = strange.slice(0, 40);
    throw new Unreadable(place === "" ? where : `${place}.${where}`, `Known here are ${known.join(", ")}.`);
  }
  return json as Members;
}

function numbersOf<T extends { readonly [K in keyof T]: number }>(
  json: unknown,
  place: string,
  names: readonly (string & keyof T)[],
): T {
  const members = membersOf(json, place, names);
  return Object.fromEntries(names.map(name => [name, numberIn(members, name, place)])) as T;
}

function numberIn(members: Members, name: string, place: string): number {
  const value = members[name];
  if (typeof value === "number" && Number.isFinite(value)) return value;
  throw new Unreadable(place === "" ? name : `${place}.${name}`, "Here belongs a number.");
}
