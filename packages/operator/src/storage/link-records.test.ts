// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { slotAt, slotStartMs } from "@perigee/network";
import { builtInConstellation } from "../constellation.ts";
import { linkRecord } from "../contract.ts";
import { NetworkService } from "../network-service.ts";
import { AT_MS, siteAt, WARSAW } from "../planet/testing/region.ts";
import { openDatabase } from "./database.ts";
import { LinkRecords } from "./link-records.ts";

test("a terminal's link can be looked up by slot, for a day", async () => {
  await using stack = new AsyncDisposableStack();
  const db = stack.adopt(await openDatabase(null, AT_MS), opened => opened.destroy());
  const records = new LinkRecords(db);
  const slot = slotAt(AT_MS);
  const network = new NetworkService(builtInConstellation(AT_MS, AT_MS), 1);
  const sites = [siteAt("warsaw", WARSAW), siteAt("refused", WARSAW, false)];
  const { plan } = network.plan(slot, sites);
  const ids = ["warsaw", "refused", "silent"];
  const reasonOf = (id: string): string => (id === "refused" ? "LEGAL_REGIME" : "ALLOW");
  await records.add(plan, reasonOf, ids);

  const [link] = plan.links;
  const record = await records.find("warsaw", slot);
  assert.ok(linkRecord.safeParse(record).success);
  assert.equal(record?.link?.satellite.catalogNumber, link!.satellite.catalogNumber);
  assert.equal(record?.link?.rttMs, link!.rttMs.median);
  assert.equal(record?.from, new Date(slotStartMs(slot)).toISOString());
  assert.deepEqual((await records.find("refused", slot))?.reason, "LEGAL_REGIME");
  assert.deepEqual((await records.find("silent", slot))?.link, null);
  assert.equal(await records.find("warsaw", slot - 1), null);
  assert.equal(await records.find("nobody", slot), null);

  // Planned again in the slot: the later plan counts.
  const unserved = [{ siteId: "warsaw", reason: "noBeam" as const }];
  await records.add({ ...plan, links: [], unserved }, reasonOf, ids);
  const again = await records.find("warsaw", slot);
  assert.deepEqual([again?.reason, again?.link], ["noBeam", null]);

  await records.add({ ...plan, slot: slot + 5_759 }, reasonOf, ids);
  assert.ok(await records.find("warsaw", slot));
  await records.add({ ...plan, slot: slot + 5_760 }, reasonOf, ids);
  assert.equal(await records.find("warsaw", slot), null, "older than a day");
});
