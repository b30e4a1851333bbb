// SPDX-License-Identifier: MIT
import { type Refusal, refusalWords } from "./refusal.ts";

/** Answer to CONNECT; RFC 9110 section 9.3.6 forbids a body and framing fields in it. */
export const connectEstablished = Buffer.from("HTTP/1.1 200 Connection Established\r\n\r\n", "latin1");

/** A refusal as an HTTP response: problem details (RFC 9457), Proxy-Status (RFC 9209), and the code by itself. */
export function refusalAnswer(refusal: Refusal): Buffer {
  const { status, title, proxyError } = refusalWords[refusal.kind];
  const problem = {
    type: `urn:perigee:refusal:${refusal.code}`,
    title,
    status,
    detail: refusal.message,
    code: refusal.code,
  };
  const body = Buffer.from(JSON.stringify(problem));
  const head = [
    `HTTP/1.1 ${status} ${title}`,
    "Content-Type: application/problem+json",
    `Content-Length: ${body.length}`,
    `Proxy-Status: perigee; error=${proxyError}; details="${quotable(refusal.message)}"`,
    `X-Perigee-Reason: ${refusal.code.replace(/[^\x21-\x7e]/g, "_")}`,
    "Cache-Control: no-store",
    "Connection: close",
  ];
  return Buffer.concat([Buffer.from(`${head.join("\r\n")}\r\n\r\n`, "latin1"), body]);
}

/** RFC 9651 section 3.3.3: a string holds printable ASCII; quotes and backslashes are escaped. */
function quotable(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, "?").replace(/["\\]/g, "\\$&");
}
