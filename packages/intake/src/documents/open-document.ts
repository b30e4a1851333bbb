// SPDX-License-Identifier: MIT
import type { IntakeResult, SourceDocument } from "../model.ts";
import { htmlText } from "./html-text.ts";
import { LIMITS, refused } from "./limits.ts";
import { pdfText } from "./pdf-text.ts";

/** A file as it came. */
export interface RawDocument {
  readonly id: string;
  readonly bytes: Uint8Array;
  /** As declared by who sent it; the bytes decide where they show the type. */
  readonly mediaType?: string;
  readonly name?: string;
  readonly url?: string;
  readonly fetchedAtMs?: number;
}

/** Signatures of containers that are refused unopened: what they hold could be any size. */
const ARCHIVES: readonly (readonly [name: string, head: readonly number[]])[] = [
  ["a ZIP archive or an office document", [0x50, 0x4b, 0x03, 0x04]],
  ["a ZIP archive", [0x50, 0x4b, 0x05, 0x06]],
  ["a gzip archive", [0x1f, 0x8b]],
  ["a bzip2 archive", [0x42, 0x5a, 0x68]],
  ["an xz archive", [0xfd, 0x37, 0x7a, 0x58, 0x5a]],
  ["a 7-Zip archive", [0x37, 0x7a, 0xbc, 0xaf]],
  ["a Zstandard archive", [0x28, 0xb5, 0x2f, 0xfd]],
  ["a RAR archive", [0x52, 0x61, 0x72, 0x21]],
  ["a PNG picture", [0x89, 0x50, 0x4e, 0x47]],
  ["a JPEG picture", [0xff, 0xd8, 0xff]],
  ["an OLE document", [0xd0, 0xcf, 0x11, 0xe0]],
];
/** Controls and invisible marks: they show a reader another text than is there. Tab and line ends stay. */
const INVISIBLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
  /[\u0000-\u0008\u000b\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu;

/**
 * Opens a file: plain text, HTML or PDF, found by its bytes rather than by its name. Direction overrides, zero-width
 * and control characters are taken out, so that what is read is what a person sees in memory order.
 *
 * @returns `TOO_LARGE` above 8 MB of file or 2,000,000 characters of text, `UNSUPPORTED_TYPE` for archives and
 * pictures, `NOT_TEXT` for other binary files, `BROKEN_FILE` for a PDF that cannot be read, `EMPTY`.
 */
export async function openDocument(raw: RawDocument): Promise<IntakeResult<SourceDocument>> {
  const place = raw.name ?? raw.id;
  const { bytes } = raw;
  if (bytes.length > LIMITS.fileBytes)
    return refused("TOO_LARGE", place, `The file has ${bytes.length} bytes; ${LIMITS.fileBytes} are read.`);
  if (bytes.length === 0) return refused("EMPTY", place, "The file is empty.");
  const archive = ARCHIVES.find(([, head]) => head.every((byte, i) => bytes[i] === byte));
  if (archive !== undefined)
    return refused(
      "UNSUPPORTED_TYPE",
      place,
      `The file is ${archive[0]}; plain text, HTML and PDF are read.`,
    );
  const meta = {
    id: raw.id,
    mediaType: "text/plain" as const,
    ...(raw.name === undefined ? {} : { name: raw.name }),
    ...(raw.url === undefined ? {} : { url: raw.url }),
    ...(raw.fetchedAtMs === undefined ? {} : { fetchedAtMs: raw.fetchedAtMs }),
  };
  if (isPdf(bytes)) {
    const read = await pdfText(bytes, place);
    return read.ok ? finished({ ...meta, text: cleaned(read.value) }, place) : read;
  }
  const decoded = decodedText(bytes);
  if (decoded === null)
    return refused("NOT_TEXT", place, "The file is not text in any encoding that is known.");
  if (!isHtml(raw, decoded)) return finished({ ...meta, text: cleaned(decoded) }, place);
  // Cleaned before it is cut: the hints count in the text that is kept.
  const { text, hints, declared } = htmlText(cleaned(decoded));
  const visible = text.replace(INVISIBLE, " ");
  return finished({ ...meta, text: visible, hints, declared }, place);
}

function finished(document: SourceDocument, place: string): IntakeResult<SourceDocument> {
  if (document.text.length > LIMITS.textUnits)
    return refused(
      "TOO_LARGE",
      place,
      `The text has ${document.text.length} characters; ${LIMITS.textUnits} are read.`,
    );
  return /\p{L}/u.test(document.text)
    ? { ok: true, value: document }
    : refused("EMPTY", place, "There are no words in the file.");
}

/** Text as it is read: line ends as `\n`, invisible marks taken out. Offsets count in the result. */
export function cleaned(text: string): string {
  return text.replace(/\r\n?|\u2028|\u2029|\u0085|\f/g, "\n").replace(INVISIBLE, "");
}

function isPdf(bytes: Uint8Array): boolean {
  // The header may stand within the first 1024 bytes (ISO 32000-1, annex H, implementation note 13).
  const head = new TextDecoder("latin1").decode(bytes.subarray(0, 1024));
  return /%PDF-\d/.test(head) && !/^\s*[<\p{L}]/u.test(head.slice(0, head.search(/%PDF-\d/)));
}

function isHtml({ mediaType, name }: RawDocument, text: string): boolean {
  const head = text.slice(0, 2_000).toLowerCase();
  if (/^\s*(<!doctype html|<html|<\?xml[^>]*>\s*<(!doctype )?html)/.test(head)) return true;
  const declared = /html/i.test(mediaType ?? "") || /\.x?html?$/i.test(name ?? "");
  return declared && /<[a-z!/]/.test(head);
}

/**
 * UTF-8, UTF-16 with or without a mark, else Windows-1252, which older pages mean by Latin-1 (WHATWG Encoding
 * Standard, labels). `null` where the bytes are no text.
 */
function decodedText(bytes: Uint8Array): string | null {
  const [a, b] = bytes;
  if (a === 0xff && b === 0xfe) return decodedAs("utf-16le", bytes);
  if (a === 0xfe && b === 0xff) return decodedAs("utf-16be", bytes);
  const sample = bytes.subarray(0, 4_096);
  let even = 0;
  let odd = 0;
  for (let i = 0; i < sample.length; i++) if (sample[i] === 0) i % 2 === 0 ? even++ : odd++;
  if (even + odd > 0) {
    const half = sample.length / 2;
    if (odd > 0.6 * half && even < 0.05 * half) return decodedAs("utf-16le", bytes);
    if (even > 0.6 * half && odd < 0.05 * half) return decodedAs("utf-16be", bytes);
    return null;
  }
  const utf8 = decodedAs("utf-8", bytes);
  if (utf8 !== null) return utf8;
  const controls = sample.reduce((n, byte) => n + (byte < 9 || (byte > 13 && byte < 32) ? 1 : 0), 0);
  return controls > 0.02 * sample.length ? null : decodedAs("windows-1252", bytes);
}

function decodedAs(encoding: string, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
