// SPDX-License-Identifier: MIT
import type { IncomingHttpHeaders } from "node:http";
import { Base64Stream } from "./base64-stream.ts";
import { type BrowserRules, preflightHeaders, ruleOnBrowser } from "./browser-rules.ts";
import type { Call } from "./call.ts";
import type { Connection } from "./connection.ts";
import type { Limits } from "./limits.ts";
import type { MethodTable } from "./method.ts";
import { dialectOf, openCall } from "./open-call.ts";
import { refusal } from "./rpc-status.ts";
import { type WebBody, WebWire } from "./web-wire.ts";

/** What every call needs of the server. */
export interface WebHost {
  readonly limits: Limits;
  readonly methods: MethodTable;
  readonly browsers: BrowserRules;
}

/** An answer that is no call: a code of HTTP and headers, without a body. */
export interface PlainAnswer {
  readonly code: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** Where the bytes of a call go. */
export interface CallInput {
  received(piece: Uint8Array): void;
  ended(): void;
  writable(): void;
  gone(): void;
}

const NO_BASE64 = refusal("internal", "the body is not base64");

/**
 * Begins the call of a request of gRPC-Web, if a page may make it.
 *
 * @returns where the bytes of its body go; null: the call was refused and has ended; or the answer, if it is no call
 */
export function beginWebCall(
  host: WebHost,
  connection: Connection,
  httpMethod: string,
  path: string,
  headers: IncomingHttpHeaders,
  body: WebBody,
): CallInput | PlainAnswer | null {
  const ruling = ruleOnBrowser(host.browsers, connection.endpoint.ownOrigin, headers);
  if (ruling.page === "stranger") return plain(host.browsers.strangers === "empty" ? 200 : 403);
  if (httpMethod === "OPTIONS" && ruling.page === "own") {
    return plain(204, { ...ruling.headers, ...preflightHeaders });
  }
  if (httpMethod !== "POST") return plain(405, { allow: "POST" });
  const dialect = dialectOf(headers["content-type"]);
  if (dialect !== "web" && dialect !== "webText") return plain(415);
  const text = dialect === "webText";
  const contentType = text ? "application/grpc-web-text+proto" : "application/grpc-web+proto";
  const wire = new WebWire(body, { "content-type": contentType, ...ruling.headers }, text);
  const call = openCall(host.methods, connection, path, headers, wire, host.limits.messageBytes);
  return call === null || !text ? call : decoded(call);
}

/** Whether it is an answer, and no call. */
export const isPlain = (begun: CallInput | PlainAnswer | null): begun is PlainAnswer =>
  begun !== null && "code" in begun;

/** Decodes text on its way to a call. */
function decoded(call: Call): CallInput {
  const base64 = new Base64Stream();
  return {
    received: piece => {
      const bytes = base64.push(piece);
      if (bytes === null) call.end(NO_BASE64);
      else call.received(bytes);
    },
    ended: () => {
      if (!base64.complete) call.end(NO_BASE64);
      call.ended();
    },
    writable: () => call.writable(),
    gone: () => call.gone(),
  };
}

const plain = (code: number, headers: Readonly<Record<string, string>> = {}): PlainAnswer => ({
  code,
  headers,
});
