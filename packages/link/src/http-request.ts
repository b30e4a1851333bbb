// SPDX-License-Identifier: MIT
// The head of a request to a proxy: CONNECT (RFC 9110 section 9.3.6) and http URLs in absolute form (RFC 9112
// section 3.2.2). Read strictly: two readings of one head are how requests get smuggled.
import { normaliseHost } from "./destination.ts";
import { malformed, type Refusal } from "./refusal.ts";
import type { Read } from "./socks.ts";

export const HTTP_HEAD_MAX_BYTES = 16_384;

export interface HttpRequest {
  readonly method: "connect" | "forward";
  readonly host: string;
  readonly port: number;
  /** Of `forward`: the head to send to the origin. */
  readonly originHead: Buffer;
  /** Of `forward`: body bytes that follow; chunked bodies end where the connection does. */
  readonly bodyBytes: number;
}

interface Field {
  readonly name: string;
  readonly value: string;
}

const END_OF_HEAD = "\r\n\r\n";
/** RFC 9110 section 5.6.2. */
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
/** RFC 9110 section 5.5: visible characters, spaces, tabs, and octets above 0x7f. */
const FIELD_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;
/** RFC 9110 section 7.6.1, with the names in common use before it. */
const HOP_BY_HOP = new Set([
  "connection",
  "keep-alive",
  "proxy-connection",
  "proxy-authenticate",
  "proxy-authorization",
  "te",
  "upgrade",
]);

const refused = (refusal: Refusal) => ({ kind: "refused", refusal }) as const;

/** Reads a head from all bytes that have come so far. */
export function readHttpRequest(bytes: Buffer): Read<HttpRequest> {
  const end = bytes.indexOf(END_OF_HEAD, 0, "latin1");
  if (end > HTTP_HEAD_MAX_BYTES || (end < 0 && bytes.length > HTTP_HEAD_MAX_BYTES)) {
    const message = `The request line and header must fit into ${HTTP_HEAD_MAX_BYTES} bytes.`;
    return refused({ kind: "tooLarge", code: "REQUEST_TOO_LARGE", message });
  }
  if (end < 0) return { kind: "more" };
  const [requestLine = "", ...fieldLines] = bytes.toString("latin1", 0, end).split("\r\n");
  const parts = requestLine.split(" ");
  const [method = "", target = "", version = ""] = parts;
  if (parts.length !== 3 || !TOKEN.test(method))
    return refused(malformed("request line", "method, target and version"));
  if (version !== "HTTP/1.1" && version !== "HTTP/1.0") {
    return refused(malformed("request line, version", "HTTP/1.1 or HTTP/1.0"));
  }
  const fields = readFields(fieldLines);
  if (fields.kind === "refused") return fields;
  const hosts = fields.value.filter(field => field.name.toLowerCase() === "host").length;
  if (hosts > 1 || (hosts === 0 && version === "HTTP/1.1")) {
    return refused(malformed("header Host", "exactly once in HTTP/1.1"));
  }
  const read = method === "CONNECT" ? readConnect(target) : readForward(method, target, fields.value);
  return read.kind === "refused"
    ? read
    : { kind: "value", value: read.value, length: end + END_OF_HEAD.length };
}

type Part<Value> = { readonly kind: "value"; readonly value: Value } | ReturnType<typeof refused>;

function readFields(lines: readonly string[]): Part<Field[]> {
  const fields: Field[] = [];
  for (const [index, line] of lines.entries()) {
    const colon = line.indexOf(":");
    const name = line.slice(0, Math.max(0, colon));
    const value = line.slice(colon + 1).replace(/^[ \t]+|[ \t]+$/g, "");
    const place = `header line ${index + 1}`;
    if (!TOKEN.test(name)) return refused(malformed(place, "a name, directly followed by a colon"));
    if (!FIELD_VALUE.test(value)) return refused(malformed(place, "no control characters in the value"));
    fields.push({ name, value });
  }
  return { kind: "value", value: fields };
}

/** Authority form: host and port, the port never left out. */
function readConnect(target: string): Part<HttpRequest> {
  const at = readAuthority(target, null);
  if (at === null) return refused(malformed("request line, target", "host:port with a port from 1 to 65535"));
  return { kind: "value", value: { method: "connect", ...at, originHead: Buffer.alloc(0), bodyBytes: 0 } };
}

function readAuthority(text: string, defaultPort: number | null): { host: string; port: number } | null {
  const match = /^(?:\[([0-9A-Fa-f:.]+)\]|([^[\]:@/?#]+))(?::(\d{1,5}))?$/.exec(text);
  if (match === null) return null;
  const host = normaliseHost(match[1] ?? match[2] ?? "");
  const port = match[3] === undefined ? defaultPort : Number(match[3]);
  if (host === null || port === null || port < 1 || port > 65_535) return null;
  if ((match[1] !== undefined) !== host.includes(":")) return null;
  return { host, port };
}

/** Absolute form; the origin gets it in origin form, for this one request. */
function readForward(method: string, target: string, fields: readonly Field[]): Part<HttpRequest> {
  // RFC 3986 section 4.3: an absolute URI has no fragment. Visible ASCII only.
  const match = /^http:\/\/([^/?#]*)([!"$-~]*)$/i.exec(target);
  if (match === null) {
    return refused(malformed("request line, target", "an http:// URL; other schemes go through CONNECT"));
  }
  const authority = match[1] ?? "";
  const at = readAuthority(authority, 80);
  if (at === null) return refused(malformed("request line, target", "http://host or http://host:port"));
  const body = bodyOf(fields);
  if (body.kind === "refused") return body;
  const path = match[2] ?? "";
  const dropped = new Set([...HOP_BY_HOP, "host", ...connectionOptions(fields)]);
  const kept = fields.filter(field => !dropped.has(field.name.toLowerCase()));
  const lines = [
    `${method} ${path.startsWith("/") ? path : `/${path}`} HTTP/1.1`,
    `Host: ${authority}`,
    ...kept.map(field => `${field.name}: ${field.value}`),
    "Via: 1.1 perigee",
    "Connection: close",
  ];
  const originHead = Buffer.from(lines.join("\r\n") + END_OF_HEAD, "latin1");
  return { kind: "value", value: { method: "forward", ...at, originHead, bodyBytes: body.value } };
}

/** The framing fields themselves cannot be dropped by naming them in Connection. */
function connectionOptions(fields: readonly Field[]): string[] {
  const named = fields.filter(field => field.name.toLowerCase() === "connection");
  const options = named.flatMap(field => field.value.split(",").map(option => option.trim().toLowerCase()));
  return options.filter(option => option !== "content-length" && option !== "transfer-encoding");
}

/** RFC 9112 section 6: one framing, or none. */
function bodyOf(fields: readonly Field[]): Part<number> {
  const of = (name: string) =>
    fields.filter(field => field.name.toLowerCase() === name).map(field => field.value);
  const lengths = of("content-length");
  const codings = of("transfer-encoding");
  if (codings.length > 0 && lengths.length > 0) {
    return refused(malformed("header Content-Length", "not together with Transfer-Encoding"));
  }
  if (codings.length > 0) {
    const only = codings.length === 1 && codings[0]?.toLowerCase() === "chunked";
    if (!only) return refused(malformed("header Transfer-Encoding", "chunked, and nothing else"));
    return { kind: "value", value: Number.POSITIVE_INFINITY };
  }
  const [length = "0"] = lengths;
  if (lengths.length > 1 || !/^\d{1,15}$/.test(length)) {
    return refused(malformed("header Content-Length", "one decimal number"));
  }
  return { kind: "value", value: Number(length) };
}
