// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { HTTP_HEAD_MAX_BYTES, readHttpRequest } from "./http-request.ts";

const read = (text: string) => readHttpRequest(Buffer.from(text, "latin1"));

function value(text: string) {
  const answer = read(text);
  assert.equal(answer.kind, "value", JSON.stringify(answer));
  return answer.kind === "value" ? answer.value : assert.fail();
}

test("CONNECT: name, IPv4 and IPv6 authority", () => {
  for (const [target, host, port] of [
    ["Example.org:443", "example.org", 443],
    ["192.0.2.1:80", "192.0.2.1", 80],
    ["[2001:DB8::1]:8443", "2001:db8::1", 8443],
  ] as const) {
    const request = value(`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n\r\n`);
    assert.deepEqual([request.method, request.host, request.port], ["connect", host, port]);
  }
});

test("absolute form becomes origin form: own Host, hop-by-hop fields gone, the rest untouched and in order", () => {
  const request = value(
    "POST http://example.org:8080/a%20b?q=1 HTTP/1.1\r\nHost: other\r\nX-One: 1\r\nConnection: X-Secret, close\r\n" +
      "X-Secret: hop\r\nProxy-Connection: keep-alive\r\nProxy-Authorization: Basic eA==\r\nTE: trailers\r\n" +
      "Content-Length: 7\r\nX-Two:  two \r\n\r\npayload",
  );
  assert.equal(
    request.originHead.toString("latin1"),
    "POST /a%20b?q=1 HTTP/1.1\r\nHost: example.org:8080\r\nX-One: 1\r\nContent-Length: 7\r\nX-Two: two\r\n" +
      "Via: 1.1 perigee\r\nConnection: close\r\n\r\n",
  );
  assert.deepEqual([request.host, request.port, request.bodyBytes], ["example.org", 8080, 7]);
});

test("absolute form: no path, only a query, default port", () => {
  const line = (target: string) =>
    value(`GET ${target} HTTP/1.1\r\nHost: x\r\n\r\n`).originHead.toString("latin1").split("\r\n")[0];
  assert.equal(line("http://example.org"), "GET / HTTP/1.1");
  assert.equal(line("http://example.org?x"), "GET /?x HTTP/1.1");
  assert.equal(value("GET HTTP://e.org HTTP/1.0\r\n\r\n").port, 80);
});

test("framing fields survive being named in Connection", () => {
  const request = value(
    "POST http://e.org/ HTTP/1.1\r\nHost: e.org\r\nConnection: content-length\r\nContent-Length: 3\r\n\r\nabc",
  );
  assert.match(request.originHead.toString("latin1"), /Content-Length: 3/);
});

const hosted = (line: string, fields = "") => `${line} HTTP/1.1\r\nHost: e.org\r\n${fields}\r\n`;
const forward = "POST http://e.org/";

for (const [name, text, place] of [
  ["two spaces in the request line", hosted("GET  http://e.org/"), "request line"],
  ["a method that is no token", hosted("G@T http://e.org/"), "request line"],
  ["HTTP/2 in text", "GET http://e.org/ HTTP/2.0\r\nHost: e.org\r\n\r\n", "request line, version"],
  ["origin form", hosted("GET /"), "request line, target"],
  ["https in absolute form", hosted("GET https://e.org/"), "request line, target"],
  ["a fragment in the URL", hosted("GET http://e.org/#top"), "request line, target"],
  ["a control character in the URL", hosted("GET http://e.org/\x01"), "request line, target"],
  ["user info in the URL", hosted("GET http://user@e.org/"), "request line, target"],
  ["CONNECT without a port", hosted("CONNECT e.org"), "request line, target"],
  ["CONNECT to port 0", hosted("CONNECT e.org:0"), "request line, target"],
  ["CONNECT to port 65536", hosted("CONNECT e.org:65536"), "request line, target"],
  ["CONNECT to IPv6 without brackets", hosted("CONNECT 2001:db8::1:443"), "request line, target"],
  ["a name in brackets", hosted("CONNECT [e.org]:443"), "request line, target"],
  ["no Host in HTTP/1.1", "GET http://e.org/ HTTP/1.1\r\n\r\n", "header Host"],
  ["two Hosts", hosted("GET http://e.org/", "Host: f.org\r\n"), "header Host"],
  ["a space before the colon", hosted(forward, "X : 1\r\n"), "header line 2"],
  ["a folded line", hosted(forward, "X: 1\r\n  2\r\n"), "header line 3"],
  ["a bare line feed", hosted(forward, "X: 1\nY: 2\r\n"), "header line 2"],
  ["a NUL", hosted(forward, "X: \0\r\n"), "header line 2"],
  [
    "both framings",
    hosted(forward, "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n"),
    "header Content-Length",
  ],
  ["two lengths", hosted(forward, "Content-Length: 1\r\nContent-Length: 1\r\n"), "header Content-Length"],
  ["a signed length", hosted(forward, "Content-Length: +1\r\n"), "header Content-Length"],
  ["another coding", hosted(forward, "Transfer-Encoding: gzip, chunked\r\n"), "header Transfer-Encoding"],
] as const) {
  test(`refused, with its place: ${name}`, () => {
    const answer = read(text);
    assert.equal(answer.kind, "refused");
    if (answer.kind !== "refused") return;
    assert.equal(answer.refusal.kind, "malformed");
    assert.equal(answer.refusal.message.split(": ")[0], place);
  });
}

test("a head that is too large is refused, with and without its end", () => {
  const line = "X: ".padEnd(HTTP_HEAD_MAX_BYTES, "a");
  for (const text of [
    hosted(forward, `${line}\r\n`),
    hosted(forward, `${line}`).trimEnd().padEnd(17_000, "b"),
  ]) {
    const answer = read(text);
    assert.equal(answer.kind === "refused" && answer.refusal.kind, "tooLarge");
  }
});

test("incomplete heads wait; no bytes make the reader throw", () => {
  const text = hosted("CONNECT e.org:443");
  for (let length = 0; length < text.length; length++) assert.equal(read(text.slice(0, length)).kind, "more");
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 200 }), noise => {
      read(`${noise}\r\n\r\n`);
      read(`GET http://e.org/ HTTP/1.1\r\n${noise}\r\n\r\n`);
      read(`CONNECT ${noise} HTTP/1.1\r\nHost: e\r\n\r\n`);
    }),
  );
});
