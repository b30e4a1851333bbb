// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { defaults, environmentName, flagName, resolveConfig } from "./config.ts";
import { VERSION } from "./version.ts";

const folder = mkdtempSync(join(tmpdir(), "perigee-config-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const file = join(folder, "perigee.json");
const base = defaults("/demo.json");

test("flags win over environment over file over default, and each value knows where it is from", () => {
  writeFileSync(file, JSON.stringify({ port: 1, proxyPort: 2, leaseSeconds: 30 }));
  const resolved = resolveConfig({ port: "9" }, { PERIGEE_PORT: "8", PERIGEE_PROXY_PORT: "7" }, file, base);
  assert.ok(resolved.ok);
  const { config, origins } = resolved.value;
  assert.deepEqual(
    [config.port, config.proxyPort, config.leaseSeconds, config.host],
    [9, 7, 30, "127.0.0.1"],
  );
  assert.deepEqual(
    [origins.port.origin, origins.proxyPort.origin, origins.leaseSeconds.origin, origins.host.origin],
    ["flag", "environment", "file", "default"],
  );
});

test("a bad value is refused with the place it came from", () => {
  const cases: [Parameters<typeof resolveConfig>[0], Record<string, string>, unknown, RegExp][] = [
    [{ port: "seven" }, {}, {}, /^--port$/],
    [{ leaseSeconds: "61" }, {}, {}, /^--lease-seconds$/],
    [{}, { PERIGEE_FAULTS: "maybe" }, {}, /^PERIGEE_FAULTS$/],
    [{}, {}, { prot: 1 }, /prot/],
    [{}, {}, [1], /perigee\.json$/],
  ];
  for (const [flags, environment, content, place] of cases) {
    writeFileSync(file, JSON.stringify(content));
    const refused = resolveConfig(flags, environment, file, base);
    assert.ok(!refused.ok);
    assert.match(refused.error.place, place);
  }
  assert.ok(!resolveConfig({}, {}, join(folder, "missing.json"), base).ok);
});

test("signing in is open by default for the built-in demo on loopback, and never where others reach it", () => {
  const signIn = (flags: Parameters<typeof resolveConfig>[0]): string => {
    const resolved = resolveConfig(flags, {}, null, base);
    return resolved.ok ? resolved.value.config.signIn : `${resolved.error.code} at ${resolved.error.place}`;
  };
  assert.equal(signIn({}), "open");
  assert.equal(signIn({ scenario: "/mine.json" }), "local");
  assert.equal(signIn({ host: "0.0.0.0" }), "local");
  assert.equal(signIn({ host: "127.8.9.10" }), "open");
  assert.equal(signIn({ scenario: "/mine.json", signIn: "open" }), "open");
  assert.equal(signIn({ signIn: "local" }), "local");
  for (const host of ["0.0.0.0", "192.0.2.1", "127.0.0.1.example", "::"]) {
    assert.equal(signIn({ host, signIn: "open" }), "CONFIG_INVALID at --sign-in", host);
  }
});

test("names follow one rule", () => {
  assert.equal(environmentName("proxyPort"), "PERIGEE_PROXY_PORT");
  assert.equal(flagName("leaseSeconds"), "lease-seconds");
});

test("the product's version is the workspace's", () => {
  const manifest = JSON.parse(readFileSync(new URL("../../../package.json", import.meta.url), "utf8"));
  assert.equal(VERSION, manifest.version);
});
