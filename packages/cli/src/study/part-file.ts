// SPDX-License-Identifier: MIT
// A part file: gzip of two lines of JSON. The first says what it is a part of and names the second by its SHA-256; the
// second is what was found, arrays of numbers packed as bytes in the order of this machine, which is every one's today.
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { endianness } from "node:os";
import { gunzipSync, gzipSync } from "node:zlib";
import { CliError } from "../command.ts";

const FORMAT = "perigee part 1";
/** Unpacked: the world's land over any time takes 21 MB, a day of seconds between two places some 35 MB. */
const MOST_BYTES = 480 * 1024 * 1024;
const ARRAYS = { Float64Array, Float32Array, Uint32Array, Int32Array, Uint16Array, Uint8Array } as const;

/** What a part is a part of. */
export interface PartHead {
  readonly study: string;
  /** Words and flags that all parts share. */
  readonly args: readonly string[];
  readonly part: number;
  readonly of: number;
  /** Names all that the numbers follow from. */
  readonly inputs: string;
}

export interface PartFile<T> extends PartHead {
  readonly path: string;
  readonly found: T;
}

/** The bytes of a part: the same part, the same bytes. */
export function encodePart(head: PartHead, found: unknown): Uint8Array {
  const body = JSON.stringify(found, packed);
  const first = { format: FORMAT, order: endianness(), ...head, sha256: sha256(body) };
  return gzipSync(`${JSON.stringify(first)}\n${body}`);
}

/**
 * Reads a part.
 *
 * @throws CliError that names the file, where it is none or was damaged.
 */
export async function readPart<T>(path: string): Promise<PartFile<T>> {
  let text: string;
  try {
    text = gunzipSync(await readFile(path), { maxOutputLength: MOST_BYTES }).toString("utf8");
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new CliError(
      code?.startsWith("Z_") ? `${path}: not a part file, or cut off` : `${path}: ${message}`,
    );
  }
  const end = text.indexOf("\n");
  const head = headOf(text.slice(0, Math.max(0, end)));
  if (head === null) throw new CliError(`${path}: not a part file of this version`);
  const body = text.slice(end + 1);
  if (sha256(body) !== head.sha256) throw new CliError(`${path}: damaged`);
  const { study, args, part, of, inputs } = head;
  return { path, study, args, part, of, inputs, found: JSON.parse(body, unpacked) as T };
}

function headOf(line: string): (PartHead & { readonly sha256: string }) | null {
  try {
    const head = JSON.parse(line) as PartHead & { format: string; order: string; sha256: string };
    const isHead =
      head.format === FORMAT &&
      head.order === endianness() &&
      [head.study, head.inputs, head.sha256].every(one => typeof one === "string") &&
      [head.part, head.of].every(Number.isInteger) &&
      Array.isArray(head.args) &&
      head.args.every(one => typeof one === "string");
    return isHead ? head : null;
  } catch {
    return null;
  }
}

/** JSON has no arrays of bytes, and no number that is none. */
function packed(_: string, value: unknown): unknown {
  if (ArrayBuffer.isView(value)) {
    const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
    return { $: value.constructor.name, bytes: bytes.toString("base64") };
  }
  const isOdd = typeof value === "number" && (!Number.isFinite(value) || Object.is(value, -0));
  return isOdd ? { $: Object.is(value, -0) ? "-0" : String(value) } : value;
}

function unpacked(_: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || !("$" in value)) return value;
  const { $: kind, bytes } = value as { readonly $: string; readonly bytes?: string };
  if (bytes === undefined) return Number(kind);
  const { buffer } = Uint8Array.from(Buffer.from(bytes, "base64"));
  return Object.hasOwn(ARRAYS, kind) ? new ARRAYS[kind as keyof typeof ARRAYS](buffer) : null;
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
