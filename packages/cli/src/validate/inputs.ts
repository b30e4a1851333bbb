// SPDX-License-Identifier: MIT
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { findPlaces } from "@perigee/earth";
import type { Observer, RecordResult } from "@perigee/network";
import { builtInElements, type Elements, epochMs, parseElements } from "@perigee/orbit";
import { CliError } from "../command.ts";

const MAX_BYTES = 64 * 1024 * 1024;
/** Epoch of the built-in constellation when nothing else is asked: the day that it was fitted to. */
const BUILT_IN_EPOCH_MS = Date.UTC(2026, 4, 21, 12);

/** The text of a file, unpacked where it is gzip. */
export async function readText(path: string): Promise<string> {
  try {
    const bytes = await readFile(path);
    const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
    const plain = isPacked ? await promisify(gunzip)(bytes, { maxOutputLength: MAX_BYTES }) : bytes;
    if (plain.length > MAX_BYTES) throw new Error(`larger than ${MAX_BYTES} bytes`);
    return plain.toString("utf8");
  } catch (error) {
    throw new CliError(`${path}: ${(error as Error).message}`);
  }
}

/** The value of a reader's result. */
export function accepted<T>(path: string, result: RecordResult<T>): T {
  if (result.ok) return result.value;
  throw new CliError(`${path}: ${result.error.message} [${result.error.code}]`);
}

/** Satellites to plan with, and how to call them. */
export interface Constellation {
  readonly elements: readonly Elements[];
  readonly title: string;
  /** Median epoch, UTC ms. */
  readonly atMs: number;
}

/** Elements of a file, or the built-in constellation. */
export async function constellationOf(path: string | undefined): Promise<Constellation> {
  if (path === undefined) {
    const { elements } = builtInElements(BUILT_IN_EPOCH_MS);
    return { elements, title: "the built-in shells of 21 May 2026", atMs: BUILT_IN_EPOCH_MS };
  }
  const parsed = parseElements(await readText(path));
  if (!parsed.ok) throw new CliError(`${path}: ${parsed.error.message}`);
  const elements = parsed.value;
  const epochs = elements.map(epochMs).sort((a, b) => a - b);
  const atMs = epochs[epochs.length >> 1]!;
  const day = new Date(atMs).toISOString().slice(0, 10);
  return { elements, title: `${elements.length} element sets of ${day}`, atMs };
}

/** A place by name or as `lat,lon` in degrees. */
export function placeOf(text: string): Observer & { readonly name: string } {
  const [lat, lon, ...more] = text.split(",").map(Number);
  if (more.length === 0 && Math.abs(lat ?? Number.NaN) <= 90 && Math.abs(lon ?? Number.NaN) <= 180)
    return { name: text, latDeg: lat!, lonDeg: lon!, heightM: 0 };
  const place = findPlaces(text)[0];
  if (place === undefined)
    throw new CliError(`no place is called "${text.slice(0, 80)}"; give it as "lat,lon"`, 2);
  return { name: place.name, latDeg: place.latDeg, lonDeg: place.lonDeg, heightM: 0 };
}
