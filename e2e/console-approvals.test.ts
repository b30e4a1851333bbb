// SPDX-License-Identifier: MIT
// Story: one officer asks for what no one person may do, two others read it and approve, and what the holder is told stands
// on the terminal's page, all in a real Chromium.
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { artifacts, launch, openIn, skip, violations } from "./console-page.ts";
import { OperatorProcess } from "./operator-process.ts";

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

/** A person's own window, at a page. */
async function as(person: string, path: string, width = 1280) {
  const context = await browser.newContext({ viewport: { width, height: 800 } });
  const headers = { "x-perigee-client": "e2e" };
  const signedIn = await context.request.post(`${operator.url}/v1/session`, { headers, data: { person } });
  assert.ok(signedIn.ok());
  return openIn(context, operator.url, path);
}

const row = (page: Page, text: string) => page.locator(".grid-body [role=row]").filter({ hasText: text });

test("asked by one, approved by two, told to the holder", { skip }, async () => {
  const finding = await operator.post(
    "/v1/commands/finding.record",
    {
      caseId: "case-17",
      terminalId: "moscow",
      verdict: "confirmed",
      basis: { kind: "firstParty", evidence: ["measurement-1"] },
      identityBinding: { kind: "kit number in a photograph", evidence: "photo-1" },
      summary: "It was carried over the border and is used there.",
    },
    { "x-perigee-as": "ines-calloway" },
  );
  assert.equal(finding.status, 201);

  // From the finding to the proposal: the form says what would follow before anybody presses the button.
  const ines = await as("ines-calloway", "/orders?tab=findings");
  await row(ines.page, "moscow").first().focus();
  await ines.page.keyboard.press("Enter");
  await ines.page.getByRole("button", { name: "Deactivate…" }).click();
  await ines.page.getByLabel("Ground").fill("short");
  await ines.page.getByRole("button", { name: "Deactivate", exact: true }).click();
  await ines.page.getByText("At least 10 characters").waitFor();
  await ines.page.getByLabel("Ground").fill("Confirmed finding: it is used by others.");
  await ines.page.getByText("It becomes a proposal").waitFor();
  assert.deepEqual(await violations(ines.page), []);
  await ines.page.getByRole("button", { name: "Ask two persons" }).click();
  await ines.page.locator(".receipt").getByText("It waits for two other persons.").waitFor();
  assert.deepEqual(ines.complaints, []);
  await ines.page.context().close();

  for (const [person, left] of [
    ["amara-osei", "It waits for one more person."],
    ["lukas-brandt", "cuts moscow off"],
  ] as const) {
    const { page, complaints } = await as(person, "/approvals");
    await page.locator(".rail .badge").first().waitFor();
    await row(page, "Deactivate a terminal").first().click();
    await page.getByText("Whom it touches").waitFor();
    await page.screenshot({ path: join(artifacts, `approvals-${person}.png`) });
    assert.deepEqual(await violations(page), []);
    await page.getByRole("button", { name: "Approve…" }).click();
    await page.getByLabel("Reason").fill("I read the finding and its evidence.");
    await page.getByRole("button", { name: "Approve", exact: true }).click();
    await page.locator(".receipt").getByText(left).first().waitFor();
    assert.deepEqual(complaints, []);
    await page.context().close();
  }

  const tomas = await as("tomas-reid", "/terminals?t=moscow");
  await tomas.page.locator(".notice-text").getByText("You can object").waitFor();
  assert.deepEqual(await violations(tomas.page), []);
  assert.deepEqual(tomas.complaints, []);
  await tomas.page.context().close();
});

test("a list is searched, narrowed and sent by its address; on a phone too", { skip }, async () => {
  const { page, complaints } = await as("ines-calloway", "/accounts");
  await row(page, "").first().focus();
  await page.keyboard.press("/");
  await page.keyboard.type("hospital");
  await page.waitForURL(/q=hospital/);
  await page.waitForFunction(() =>
    [...document.querySelectorAll(".grid-body [role=row]")].every(found =>
      /hospital/i.test(found.textContent ?? ""),
    ),
  );
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForURL(/id=/);
  await page.getByText("Who they are").waitFor();
  const address = new URL(page.url());
  assert.deepEqual(complaints, []);
  await page.context().close();

  for (const path of [address.pathname + address.search, "/orders", "/orders?tab=breakGlass", "/approvals"]) {
    const phone = await as("ines-calloway", path, 390);
    await phone.page.locator(".record-table").waitFor();
    await phone.page.waitForTimeout(800);
    assert.deepEqual(await violations(phone.page), [], path);
    const overflow = await phone.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(overflow <= 0, `${path}: ${overflow} px wider than the screen`);
    assert.deepEqual(phone.complaints, [], path);
    await phone.page.context().close();
  }
});
