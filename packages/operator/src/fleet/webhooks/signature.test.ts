// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { retryAfterMs, retryAfterS } from "./schedule.ts";
import { isSigned, newSecret, signatureOf } from "./signature.ts";
import { refuseTarget } from "./target.ts";

// The example of the Standard Webhooks specification, which its libraries in every language are tested with.
const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
const atS = 1_614_265_330;
const body = '{"test": 2432232314}';
const published = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

test("a message is signed as the specification's example says", () => {
  assert.equal(signatureOf(secret, id, atS, body), published);
});

test("a receiver believes a message only as it was signed, and only for five minutes", () => {
  assert.ok(isSigned(secret, id, atS, body, published, atS + 300));
  assert.ok(isSigned(secret, id, atS, body, `v1,b2xk ${published}`, atS - 300), "one of several");
  assert.ok(!isSigned(secret, id, atS, body, published, atS + 301));
  assert.ok(!isSigned(secret, id, atS, body, published, Number.NaN));
  assert.ok(!isSigned(secret, id, atS, `${body} `, published, atS));
  assert.ok(!isSigned(secret, `${id}x`, atS, body, published, atS));
  assert.ok(!isSigned(newSecret(), id, atS, body, published, atS));
  assert.ok(!isSigned(secret, id, atS, body, "", atS));
});

test("pauses between attempts grow, are spread, and come to an end", () => {
  for (const [i, waitS] of retryAfterS.entries()) {
    assert.equal(retryAfterMs(i + 1, 0), waitS * 500);
    assert.ok(retryAfterMs(i + 1, 0.999)! < waitS * 1_000);
  }
  assert.equal(retryAfterMs(retryAfterS.length + 1, 0), null);
});

test("webhooks go to this machine, and beyond it only over https where that is allowed", () => {
  const loopback = [
    "http://127.0.0.1:8080/hook",
    "http://localhost/hook",
    "https://[::1]:1/",
    "http://127.9.9.9/",
  ];
  for (const url of loopback) {
    assert.equal(refuseTarget(url, "loopback"), null, url);
    assert.equal(refuseTarget(url, "https"), null, url);
    assert.notEqual(refuseTarget(url, "off"), null, url);
  }
  const elsewhere = "https://hooks.example/perigee";
  assert.notEqual(refuseTarget(elsewhere, "loopback"), null);
  assert.equal(refuseTarget(elsewhere, "https"), null);
  const never = [
    "http://hooks.example/",
    "http://127.0.0.1.hooks.example/",
    "http://10.0.0.1/",
    "http://169.254.169.254/",
    "https://name:word@hooks.example/",
    "http://name@127.0.0.1/",
    "file:///etc/passwd",
    "ftp://localhost/",
    "nonsense",
    "",
    `https://hooks.example/${"x".repeat(2_000)}`,
  ];
  for (const url of never) assert.notEqual(refuseTarget(url, "https"), null, url);
});
