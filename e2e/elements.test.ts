// SPDX-License-Identifier: MIT
// The constellation is replaced from a file and from an address, is in force from the next slot on, and survives a
// restart; service goes on meanwhile.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { after, test } from "node:test";
import { promisify } from "node:util";
import { gunzipSync } from "node:zlib";
import type { Satellites } from "@perigee/operator/contract";
import { builtInElements, formatOmmJson } from "@perigee/orbit";
import { eventually, OperatorProcess, root, temporaryData } from "./operator-process.ts";
import { startOrigin } from "./origin-server.ts";
import { socksConnect } from "./socks-client.ts";

const run = promisify(execFile);
const data = temporaryData();
after(() => rmSync(data, { recursive: true, force: true }));

const update = (source: string): Promise<{ stdout: string }> =>
  run(process.execPath, [
    join(root, "packages/cli/src/main.ts"),
    "elements",
    "update",
    source,
    "--data",
    data,
  ]);

const recorded = join(root, "../shared/data/tle/starlink-2026-05-30.tle.gz");

test("elements from an address of OMM JSON", async () => {
  await using operator = await OperatorProcess.start({ data });
  await using origin = await startOrigin();
  // Another pattern than the one in force: the same shells, laid on another moment, every second satellite left out.
  const sets = builtInElements(Date.UTC(2026, 10, 20)).elements.filter((_, i) => i % 2 === 0);
  const server = createServer((request, response) => {
    if (request.url?.startsWith("/gp.php?GROUP=")) response.end(formatOmmJson(sets));
    else response.writeHead(404).end("no such group");
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/gp.php?GROUP=demo&FORMAT=json`;
  const { stdout } = await update(address);
  assert.match(stdout, new RegExp(`^${sets.length} satellites, epoch 2026-11-20T`));
  const status = await operator.status();
  assert.equal(status.elements.satellites, sets.length);
  assert.equal(status.elements.source, address);
  const satellites = await operator.get<Satellites>("/v1/satellites");
  assert.equal(satellites.version, status.elements.checksum);
  assert.equal(satellites.name.length, sets.length);
  const row = await eventually("Warsaw is served by one of them", 40_000, async () => {
    const { link } = (await operator.terminal("warsaw")).detail;
    return link !== null && satellites.name[link.satellite.index] === link.satellite.name ? link : null;
  });
  assert.equal(satellites.catalogNumber[row.satellite.index], row.satellite.catalogNumber);
  (await socksConnect(await operator.proxyPort("warsaw"), "127.0.0.1", origin.echoPort)).destroy();
  await assert.rejects(update(address.replace("gp.php", "gone.php")), /the server answered 404/);
  server.closeAllConnections();
  server.close();
});

test("a restart goes on with the elements that were loaded", async () => {
  await using operator = await OperatorProcess.start({ data });
  const { elements } = await operator.status();
  assert.match(elements.source, /gp\.php/);
  assert.ok(Math.abs(Date.parse(elements.epoch) - Date.UTC(2026, 10, 20)) < 1_000);
  assert.notEqual((await operator.terminal("warsaw")).link, null);
});

test("a recorded fleet of TLEs is loaded, and its age is said", {
  skip: existsSync(recorded) ? false : `recorded elements are not at ${recorded}`,
}, async () => {
  await using operator = await OperatorProcess.start({ data });
  const file = join(data, "fleet.tle");
  writeFileSync(file, gunzipSync(readFileSync(recorded)));
  const { stdout } = await update(file);
  assert.match(stdout, /^10395 satellites, epoch 2026-05-30T/);
  assert.match(
    stdout,
    /The elements are \d+ days old: half the satellites are more than \d+ km from where they say/,
  );
  const satellites = await operator.get<Satellites>("/v1/satellites");
  // Months after their epoch many neighbours have drifted out of reach of each other; the rest still link.
  assert.ok(satellites.lasers.length > 2_000, `${satellites.lasers.length / 2} laser links`);
});
