// SPDX-License-Identifier: MIT

/** Ends the reading of a document; caught where the reading began, never seen outside the room. */
export class Misread extends Error {
  readonly place: string;

  constructor(place: string, message: string) {
    super(message);
    this.place = place;
  }
}

/** A value somewhere in an untrusted JSON document, with the path that leads to it. */
export interface Spot {
  readonly value: unknown;
  readonly place: string;
}

/** Reads an object that has the given members and no others. */
export function readObject<const Name extends string>(
  spot: Spot,
  required: readonly Name[],
  optional: readonly Name[] = [],
): { readonly [N in Name]: Spot } {
  const { value, place } = spot;
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new Misread(place, "Expected an object.");
  }
  const known: readonly string[] = [...required, ...optional];
  for (const name of Object.keys(value)) {
    // The name comes from outside: quoted and cut, so that the message stays one line.
    if (!known.includes(name))
      throw new Misread(place, `Unknown member ${JSON.stringify(name.slice(0, 60))}.`);
  }
  const members = new Map(Object.entries(value));
  const found = Object.create(null) as Record<Name, Spot>;
  for (const name of required) {
    if (!members.has(name)) throw new Misread(place, `Member "${name}" is missing.`);
  }
  for (const name of [...required, ...optional]) {
    found[name] = { value: members.get(name), place: place === "" ? name : `${place}.${name}` };
  }
  return found;
}

/** Reads an array of at most `most` items, each with `read`; an absent array is empty. */
export function readArray<T>(spot: Spot, most: number, read: (item: Spot) => T): readonly T[] {
  const { value, place } = spot;
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw new Misread(place, "Expected an array.");
  if (value.length > most)
    throw new Misread(place, `At most ${most} items are accepted; found ${value.length}.`);
  return value.map((item: unknown, index) => read({ value: item, place: `${place}[${index}]` }));
}

/** Reads a string of 1 to `most` characters that neither begins nor ends with white space. */
export function readString({ value, place }: Spot, most: number): string {
  if (typeof value !== "string") throw new Misread(place, "Expected a string.");
  if (value.length === 0 || value.length > most) {
    throw new Misread(place, `Expected 1 to ${most} characters; found ${value.length}.`);
  }
  if (value.trim() !== value) throw new Misread(place, "The text begins or ends with white space.");
  if (!value.isWellFormed()) throw new Misread(place, "The text holds half of a surrogate pair.");
  return value;
}

/** Reads an identifier: 1 to 64 letters, digits and `_ . : -`. */
export function readId(spot: Spot): string {
  const id = readString(spot, 64);
  if (!/^[A-Za-z0-9_.:-]+$/.test(id)) {
    throw new Misread(spot.place, "An identifier holds letters, digits and _ . : - only.");
  }
  return id;
}

/** Reads one of the given words. */
export function readWord<const Word extends string>({ value, place }: Spot, words: readonly Word[]): Word {
  const word = words.find(candidate => candidate === value);
  if (word === undefined) throw new Misread(place, `Expected one of: ${words.join(", ")}.`);
  return word;
}

export function readBoolean({ value, place }: Spot): boolean {
  if (typeof value !== "boolean") throw new Misread(place, "Expected true or false.");
  return value;
}

/** Reads a number in [least, most]; an absent one takes the default where there is one. */
export function readNumber({ value, place }: Spot, least: number, most: number, otherwise?: number): number {
  const number = value === undefined ? otherwise : value;
  if (typeof number !== "number" || !(number >= least && number <= most)) {
    throw new Misread(place, `Expected a number from ${least} to ${most}.`);
  }
  return number;
}

/** {@link readNumber} for whole numbers. */
export function readInteger(spot: Spot, least: number, most: number, otherwise?: number): number {
  const number = readNumber(spot, least, most, otherwise);
  if (!Number.isInteger(number)) throw new Misread(spot.place, "Expected a whole number.");
  return number;
}

const instantPattern = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d{3})?Z)?$/;

/** Reads an ISO 8601 date (its start, UTC) or UTC instant as milliseconds since 1970. */
export function readInstant({ value, place }: Spot): number {
  const atMs = typeof value === "string" && instantPattern.test(value) ? Date.parse(value) : Number.NaN;
  // `Date.parse` rolls 31 February over into March; writing it back shows the difference.
  if (Number.isNaN(atMs) || !new Date(atMs).toISOString().startsWith(String(value).slice(0, 10))) {
    throw new Misread(place, "Expected a date (2024-02-12) or a UTC instant (2024-02-12T00:00:00Z).");
  }
  return atMs;
}

/** Reads an interval's end: `null` or absent while open, else an instant after `fromMs`. */
export function readEnd(spot: Spot, fromMs: number): number | null {
  if (spot.value === undefined || spot.value === null) return null;
  const toMs = readInstant(spot);
  if (toMs <= fromMs) throw new Misread(spot.place, "An interval ends after it begins.");
  return toMs;
}
