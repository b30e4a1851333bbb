// SPDX-License-Identifier: MIT
// A stranger asks where there is service and about a kit; a customer reads why a terminal is suspended and appeals; an
// officer sees the same area by whose account, and what another policy would change. In a real Chromium, by keyboard.
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Portal } from "@perigee/operator/contract";
import type { Browser } from "playwright-core";
import { artifacts, launch, type Opened, openIn, skip, violations } from "./console-page.ts";
import { OperatorProcess } from "./operator-process.ts";

const customer = { id: "oksana-marchenko", name: "Oksana Marchenko", email: "oksana@podil.example" };
let operator: OperatorProcess;
let browser: Browser;

before(async () => {
  if (skip) return;
  operator = await OperatorProcess.start();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await operator?.[Symbol.asyncDispose]();
});

async function open(path: string, as?: string, width = 1280): Promise<Opened> {
  const context = await browser.newContext({ viewport: { width, height: 844 } });
  if (as !== undefined) {
    await context.addCookies([{ name: "perigee-open-person", value: as, url: operator.url }]);
  }
  return await openIn(context, operator.url, path, width < 720 ? "light" : "dark");
}

for (const width of [1280, 390]) {
  test(`a stranger learns at ${width} px whether there is service, and about a kit`, { skip }, async () => {
    const { page, complaints } = await open("/map", undefined, width);
    await page.getByLabel("Town, or latitude and longitude").fill("52.2297, 21.0122");
    await page.keyboard.press("Enter");
    const answers = page.getByRole("region", { name: "Answers for Poland" });
    await answers.waitFor();
    assert.equal(await answers.locator(".answers > li").count(), 5);
    assert.match((await answers.locator(".verdict").textContent()) ?? "", /Service[\s\S]*has service here/);
    assert.match(page.url(), /lat=52\.2297&lon=21\.0122/);
    await page.getByLabel("Filter territories").fill("crimea");
    const row = page.getByRole("row", { name: /Crimea/ });
    await row.waitFor();
    assert.match((await row.textContent()) ?? "", /No service/);
    await page.waitForFunction(
      () => Number(document.querySelector("[data-coarse-cells]")?.getAttribute("data-coarse-cells")) > 10_000,
    );
    assert.deepEqual(await violations(page), []);
    await page.screenshot({ path: join(artifacts, `public-map-${width}.png`) });
    await page.getByRole("link", { name: "Kit check" }).press("Enter");
    await page.getByLabel("Kit number").fill("kit 0001 2345");
    await page.keyboard.press("Enter");
    const kit = page.getByRole("status", { name: /Answers for KIT/ });
    await kit.waitFor();
    assert.equal(await kit.locator(".answer").count(), 2);
    assert.deepEqual(await violations(page), []);
    assert.deepEqual(complaints, []);
    await page.context().close();
  });
}

test("a customer reads why, and appeals", { skip }, async () => {
  const as = (person: string) => ({ "x-perigee-as": person });
  const party = "podil-print-cooperative";
  await operator.post("/v1/people", { ...customer, roles: [], party }, as("sara-lindqvist"));
  const ground = "A lawful order names it, and it is looked into.";
  await operator.order({ kind: "suspend", terminalId: "kyiv", ground, hours: 2 });
  const { page, complaints } = await open("/network", customer.id);
  await page.waitForURL(/\/portal$/);
  await page.getByText(ground).first().waitFor();
  assert.deepEqual(await violations(page), []);
  await page.getByRole("button", { name: /^Appeal/ }).press("Enter");
  await page
    .getByLabel("What is wrong with the decision")
    .fill("It stands in our print shop and never left it.");
  await page.getByRole("button", { name: "Appeal", exact: true }).press("Enter");
  await page.getByRole("heading", { name: /^Done/ }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByText("not decided yet").waitFor();
  await page.screenshot({ path: join(artifacts, "portal.png") });
  assert.deepEqual(complaints, []);
  await page.context().close();
  const response = await fetch(`${operator.url}/v1/portal`, { headers: as(customer.id) });
  const mine = (await response.json()) as Portal;
  assert.equal(mine.notices[0]?.appeal?.state, "open");
});

test("an officer sees five axes by whose account, and what another policy would change", {
  skip,
}, async () => {
  const { page, complaints } = await open("/areas?id=Q7835");
  const detail = page.getByRole("article", { name: "Record Q7835" });
  await detail.getByText("Executive Order 13685").first().waitFor();
  assert.equal(await detail.locator("section[aria-label] > .answer-line").count(), 5);
  assert.deepEqual(await violations(page), []);
  await page.getByRole("tab", { name: "What would change" }).press("Enter");
  await page.getByRole("button", { name: "Begin with the policy in force" }).press("Enter");
  const field = page.getByLabel(/A policy document/);
  await page.waitForFunction(
    () => (document.querySelector("#policy-text") as HTMLTextAreaElement).value.length > 100,
  );
  const document_ = JSON.parse(await field.inputValue()) as { statements: { id: string }[] };
  document_.statements = document_.statements.filter(({ id }) => id !== "de-licence");
  await field.fill(JSON.stringify(document_));
  await page.getByRole("button", { name: "What would change?" }).press("Enter");
  await page
    .getByRole("heading", { name: /terminals? would get another answer|of \d+ terminals would/ })
    .waitFor();
  await page.getByText("Statement de-licence").waitFor();
  assert.deepEqual(await violations(page), []);
  await page.screenshot({ path: join(artifacts, "policy-plan.png") });
  assert.deepEqual(complaints, []);
  await page.context().close();
});
