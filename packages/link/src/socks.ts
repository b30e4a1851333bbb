// SPDX-License-Identifier: MIT
// SOCKS version 5 as bytes: RFC 1928. Readers look at all that has come so far, so fragmentation cannot matter to them.
import { isIPv4 } from "node:net";
import { normaliseHost } from "./destination.ts";
import { malformed, type Refusal } from "./refusal.ts";

export const SOCKS_VERSION = 5;
/** VER NMETHODS METHODS: 2 + 255; VER CMD RSV ATYP LEN NAME PORT: 5 + 255 + 2. Both together. */
export const SOCKS_HANDSHAKE_MAX_BYTES = 2 + 255 + 5 + 255 + 2;

const METHOD_NONE = 0;
const METHOD_NO_ACCEPTABLE = 0xff;
const ADDRESS_IPV4 = 1;
const ADDRESS_NAME = 3;
const ADDRESS_IPV6 = 4;

export type Read<Value> =
  | { readonly kind: "more" }
  | { readonly kind: "value"; readonly value: Value; readonly length: number }
  | { readonly kind: "refused"; readonly refusal: Refusal };

export interface SocksRequest {
  readonly command: "connect" | "udpAssociate";
  readonly host: string;
  readonly port: number;
}

const more = { kind: "more" } as const;
const refused = (refusal: Refusal) => ({ kind: "refused", refusal }) as const;

/** Section 3: which methods the client offers. The value says whether "no authentication" is one of them. */
export function readGreeting(bytes: Buffer): Read<boolean> {
  if (bytes.length < 1) return more;
  if (bytes[0] !== SOCKS_VERSION) return refused(malformed("greeting, byte 0", "the version must be 5"));
  if (bytes.length < 2) return more;
  const count = bytes[1]!;
  if (count === 0) return refused(malformed("greeting, byte 1", "at least one method must be offered"));
  if (bytes.length < 2 + count) return more;
  return { kind: "value", value: bytes.subarray(2, 2 + count).includes(METHOD_NONE), length: 2 + count };
}

/** Section 3: the method chosen, or that none of those offered will do. */
export function methodReply(accepted: boolean): Buffer {
  return Buffer.from([SOCKS_VERSION, accepted ? METHOD_NONE : METHOD_NO_ACCEPTABLE]);
}

/** Section 4: what the client wants. */
export function readRequest(bytes: Buffer): Read<SocksRequest> {
  if (bytes.length > 0 && bytes[0] !== SOCKS_VERSION) {
    return refused(malformed("request, byte 0", "the version must be 5"));
  }
  if (bytes.length < 4) return more;
  const command = bytes[1]!;
  if (command !== 1 && command !== 3) {
    const message = command === 2 ? "BIND is not offered." : "Only CONNECT and UDP ASSOCIATE are offered.";
    return refused({ kind: "unsupportedCommand", code: "UNSUPPORTED_COMMAND", message });
  }
  if (bytes[2] !== 0) return refused(malformed("request, byte 2", "the reserved byte must be 0"));
  const address = readAddress(bytes, 3);
  if (address.kind !== "value") return address;
  const { host, port } = address.value;
  if (command === 1 && port === 0) return refused(malformed("request, port", "the port must not be 0"));
  return {
    kind: "value",
    value: { command: command === 1 ? "connect" : "udpAssociate", host, port },
    length: address.length,
  };
}

/** ATYP, address and port from an offset; `length` counts from the start of `bytes`. */
function readAddress(bytes: Buffer, from: number): Read<{ readonly host: string; readonly port: number }> {
  const type = bytes[from];
  if (type === undefined) return more;
  const start = from + (type === ADDRESS_NAME ? 2 : 1);
  const size =
    type === ADDRESS_IPV4 ? 4 : type === ADDRESS_IPV6 ? 16 : type === ADDRESS_NAME ? bytes[from + 1] : null;
  if (size === null) {
    const message = `The address type must be 1 (IPv4), 3 (name) or 4 (IPv6), not ${type}.`;
    return refused({ kind: "unsupportedAddress", code: "UNSUPPORTED_ADDRESS", message });
  }
  if (size === undefined) return more;
  if (size === 0) return refused(malformed("request, name", "the name must not be empty"));
  const end = start + size;
  if (bytes.length < end + 2) return more;
  const host = hostText(type, bytes.subarray(start, end));
  if (host === null) return refused(malformed("request, name", "only letters, digits, hyphens and dots"));
  return { kind: "value", value: { host, port: bytes.readUInt16BE(end) }, length: end + 2 };
}

function hostText(type: number, address: Buffer): string | null {
  if (type === ADDRESS_NAME) return normaliseHost(address.toString("latin1"));
  if (type === ADDRESS_IPV4) return address.join(".");
  const groups: string[] = [];
  for (let at = 0; at < 16; at += 2) groups.push(address.readUInt16BE(at).toString(16));
  return groups.join(":");
}

/** Section 6. `reply` 0 is success; the bound address matters only for UDP associations. */
export function socksReply(reply: number, boundAddress = "0.0.0.0", boundPort = 0): Buffer {
  return Buffer.concat([Buffer.from([SOCKS_VERSION, reply, 0]), writeAddress(boundAddress, boundPort)]);
}

/** ATYP, address and port of an IP literal. */
function writeAddress(address: string, port: number): Buffer {
  const v4 = isIPv4(address);
  const bytes = Buffer.alloc(v4 ? 7 : 19);
  bytes[0] = v4 ? ADDRESS_IPV4 : ADDRESS_IPV6;
  if (v4) bytes.set(address.split(".").map(Number), 1);
  else bytes.set(ipv6Bytes(address), 1);
  bytes.writeUInt16BE(port, bytes.length - 2);
  return bytes;
}

/** RFC 4291 section 2.2 text to its 16 bytes; a zone is dropped. */
function ipv6Bytes(text: string): Buffer {
  const [plain = ""] = text.split("%");
  const embedded = /^(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(plain);
  const hex = (high: string | undefined, low: string | undefined) =>
    (Number(high) * 256 + Number(low)).toString(16);
  const pure =
    embedded === null
      ? plain
      : `${embedded[1]}${hex(embedded[2], embedded[3])}:${hex(embedded[4], embedded[5])}`;
  const [front = "", back] = pure.split("::");
  const split = (part: string) => (part === "" ? [] : part.split(":"));
  const tail = split(back ?? "");
  const head = split(front);
  const groups = [
    ...head,
    ...new Array<string>(back === undefined ? 0 : 8 - head.length - tail.length).fill("0"),
    ...tail,
  ];
  const bytes = Buffer.alloc(16);
  for (const [index, group] of groups.entries()) bytes.writeUInt16BE(Number.parseInt(group, 16), index * 2);
  return bytes;
}

export interface UdpDatagram {
  readonly host: string;
  readonly port: number;
  readonly payload: Buffer;
}

/** Section 7: RSV RSV FRAG, address, data. `null`: to be dropped, as fragments are by a relay that does not join them. */
export function readUdpDatagram(bytes: Buffer): UdpDatagram | null {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0 || bytes[2] !== 0) return null;
  const address = readAddress(bytes, 3);
  if (address.kind !== "value" || address.value.port === 0) return null;
  return { ...address.value, payload: bytes.subarray(address.length) };
}

/** Section 7, towards the client: from which address and port the payload came. */
export function writeUdpDatagram(address: string, port: number, payload: Buffer): Buffer {
  return Buffer.concat([Buffer.alloc(3), writeAddress(address, port), payload]);
}
