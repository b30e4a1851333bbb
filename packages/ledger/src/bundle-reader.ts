// SPDX-License-Identifier: MIT
import {
  BUNDLE_FORMAT,
  type BundleFinding,
  type LedgerBundle,
  MAX_BUNDLE_ENTRIES,
  MAX_PROOF_HASHES,
} from "./bundle.ts";
import { hashFromHex } from "./hash.ts";
import { MAX_NOTE_LENGTH } from "./note.ts";

type Members = Readonly<Record<string, unknown>>;

/** The bundle, when `value` has the form of one; else the first place where it has not. */
export function readBundle(
  value: unknown,
): { readonly bundle: LedgerBundle } | { readonly malformed: BundleFinding } {
  const place = misformed(value);
  if (place === null) return { bundle: value as LedgerBundle };
  const message = `This is no bundle: ${place.why}.`;
  return { malformed: { code: "bundle-malformed", message, place: place.at } };
}

interface Misform {
  readonly at: string;
  readonly why: string;
}

function misformed(value: unknown): Misform | null {
  if (!isMembers(value) || value["format"] !== BUNDLE_FORMAT) {
    return { at: "/format", why: `its format is not ${BUNDLE_FORMAT}` };
  }
  if (!isText(value["publicKey"], 1000)) return { at: "/publicKey", why: "there is no public key" };
  if (!isText(value["checkpoint"], MAX_NOTE_LENGTH))
    return { at: "/checkpoint", why: "there is no checkpoint" };
  const cosigned = value["cosigned"];
  if (cosigned !== null) {
    if (!isMembers(cosigned) || !isText(cosigned["checkpoint"], MAX_NOTE_LENGTH)) {
      return { at: "/cosigned", why: "the cosigned checkpoint is neither there nor null" };
    }
    if (!isProof(cosigned["consistency"]))
      return { at: "/cosigned/consistency", why: "the proof is no proof" };
  }
  const { kind, entries } = value;
  if (kind !== "entries" && kind !== "log") return { at: "/kind", why: "it is neither entries nor a log" };
  if (!Array.isArray(entries) || entries.length > MAX_BUNDLE_ENTRIES) {
    return { at: "/entries", why: `entries are a list of at most ${MAX_BUNDLE_ENTRIES}` };
  }
  const entry = entries.findIndex(e => !isEntry(e) || (kind === "entries" && !isProof(e["proof"])));
  if (entry !== -1) return { at: `/entries/${entry}`, why: "an entry lacks its index, body, hash or proof" };
  if (kind === "entries") return null;
  const heads: unknown = value["heads"];
  if (!Array.isArray(heads) || heads.length > MAX_BUNDLE_ENTRIES) {
    return { at: "/heads", why: `heads are a list of at most ${MAX_BUNDLE_ENTRIES}` };
  }
  const head = heads.findIndex(h => !isHead(h));
  return head === -1 ? null : { at: `/heads/${head}`, why: "a head lacks one of its members" };
}

const isMembers = (value: unknown): value is Members => typeof value === "object" && value !== null;

const isText = (value: unknown, longest: number): value is string =>
  typeof value === "string" && value.length <= longest;

const isHash = (value: unknown): boolean => typeof value === "string" && hashFromHex(value) !== undefined;

const isProof = (value: unknown): boolean =>
  Array.isArray(value) && value.length <= MAX_PROOF_HASHES && value.every(isHash);

const isIndex = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;

const isEntry = (value: unknown): value is Members =>
  isMembers(value) &&
  isIndex(value["index"]) &&
  typeof value["body"] === "string" &&
  value["body"].isWellFormed() &&
  isHash(value["leafHash"]);

const isHead = (value: unknown): boolean =>
  isMembers(value) &&
  typeof value["size"] === "number" &&
  typeof value["root"] === "string" &&
  typeof value["atMs"] === "number" &&
  typeof value["keyId"] === "string" &&
  isText(value["signature"], 200);
