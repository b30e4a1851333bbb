// SPDX-License-Identifier: MIT
// Story: reports of one matter come in, are read beside each other, and become a case with terminals, protected sites,
// measures and a way of supply; an officer works through it by keyboard, in a real Chromium.
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { artifacts, launch, openIn, skip, violations } from "./console-page.ts";
import { OperatorProcess } from "./operator-process.ts";

let operator: OperatorProcess;
let browser: Browser;
let caseId: string;

/** Invented: people, agency, firms and event. The second retells the first and changes its words. */
const WIRE = `GDANSK (Baltic Wire) - Terminals of the operator are used by the Norrland Guard in Odesa, Colonel Ilse Varga, spokeswoman of the Harbour Inspectorate, told reporters on Monday.

"We counted nine terminals in Odesa, and none of them was sold there by the operator," Varga said. "They were bought in Dubai and carried through Warsaw by a middleman." Varga said the Norrland Guard bought the terminals from intermediaries in Dubai.

The firm Trident Traders denied that it sold terminals to the Norrland Guard. "We have never sold a single terminal to the Norrland Guard," its director Tobias Renn said on Tuesday.

Renn did not say who had paid for the shipment.`;
const RETOLD = `Norrland Guard "buys terminals in Dubai"

3 March 2026

Colonel Ilse Varga of the Harbour Inspectorate told journalists on Monday: "We found nine terminals in Odesa, and not one of them was sold there by the operator." She said they were bought in Dubai and carried through Warsaw by a middleman.

Trident Traders denied the accusation. The operator did not respond to a request for comment.`;
const HOSTILE = `3 March 2026

"<img src=x onerror=alert(1)> we saw it in Odesa on Monday," said Ilse Varga.`;

before(async () => {
  if (skip) return;
  operator = await OperatorProcess.start();
  browser = await launch();
  caseId = await aCase();
});
after(async () => {
  await browser?.close();
  await operator?.[Symbol.asyncDispose]();
});

const command = async (name: string, request: unknown, person = "ines-calloway") => {
  const answer = await operator.post(`/v1/commands/${name}`, request, { "x-perigee-as": person });
  assert.equal(answer.status, 201, `${name}: ${JSON.stringify(answer.body)}`);
  return answer.body as { readonly records: readonly { readonly kind: string; readonly id: string }[] };
};

/** A case with documents, a hospital near one of its terminals, and nobody's finding. */
async function aCase(): Promise<string> {
  const reported = await command("case.report", {
    title: "Terminals with the Norrland Guard in Odesa",
    kind: "use",
    reporter: "press",
    protection: "open",
    personal: {
      summary: "A wire report says that nine terminals are used.",
      replyKey: null,
      salt: "a".repeat(32),
    },
  });
  const id = reported.records.find(({ kind }) => kind === "case")?.id;
  assert.ok(id);
  await command("protectedSite.register", {
    title: "Clinic, Odesa",
    kind: "health",
    site: { latDeg: 46.48, lonDeg: 30.72 },
    radiusKm: 1,
    terminalIds: ["odesa-flat"],
    asserter: "Coast Health Mission",
    source: "Register of clinics",
  });
  const documents = [
    { name: "Baltic Wire", mediaType: "text/plain", text: `2 March 2026\n\n${WIRE}` },
    { name: "The Harbour Post", mediaType: "text/plain", text: RETOLD },
  ];
  const added = await operator.post(
    `/v1/cases/${id}/documents`,
    { documents },
    { "x-perigee-as": "ines-calloway" },
  );
  assert.ok(added.status < 300, JSON.stringify(added.body));
  await command("case.add", {
    caseId: id,
    candidates: ["odesa-flat", "dubai"].map(terminalId => ({
      terminalId,
      by: "hand",
      why: "It is named by the inspectorate.",
    })),
  });
  return id;
}

/** A person's own window, at a page. */
async function as(person: string, path: string, width = 1280, theme: "dark" | "light" = "dark") {
  const context = await browser.newContext({ viewport: { width, height: 800 }, acceptDownloads: true });
  const headers = { "x-perigee-client": "e2e" };
  const signedIn = await context.request.post(`${operator.url}/v1/session`, { headers, data: { person } });
  assert.ok(signedIn.ok());
  return openIn(context, operator.url, path, theme);
}

const picture = (page: Page, name: string) => page.screenshot({ path: join(artifacts, `cases-${name}.png`) });
const part = (page: Page, name: string) => page.getByRole("tab", { name: new RegExp(`^${name}`) });

test("a case is opened, worked through and closed by keyboard", { skip }, async () => {
  const { page, complaints } = await as("ines-calloway", "/network");
  // The keys are listened for once the frame is there.
  await page.locator(".rail a").first().waitFor();
  await page.keyboard.press("g");
  await page.keyboard.press("s");
  const row = page.locator(".grid-body [role=row]").filter({ hasText: "Norrland Guard" }).first();
  await row.focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(/id=case_/);

  // Whom a mistake would harm stands before the title, and every clock is shown.
  await page.getByRole("heading", { name: "1 protected site" }).waitFor();
  const top = async (text: string) =>
    (await page.locator(".case-head").getByText(text, { exact: true }).first().boundingBox())?.y ?? 0;
  assert.ok((await top("Clinic, Odesa")) < (await top("Terminals with the Norrland Guard in Odesa")));
  await page.locator(".clocks").getByText("Triage").waitFor();
  await picture(page, "claims-unread");
  assert.deepEqual(await violations(page), []);

  await page.getByRole("button", { name: "Read the quotes" }).focus();
  await page.keyboard.press("Enter");
  await page.locator(".quote-pair").first().waitFor();
  const changed = await Promise.all(
    ["del", "ins"].map(side => page.locator(`.quote-pair ${side}`).first().textContent()),
  );
  assert.deepEqual(changed.sort(), ["counted", "found"]);
  await page.locator("[data-case-marks]").waitFor({ state: "attached" });
  await picture(page, "claims");
  assert.deepEqual(await violations(page), []);

  await part(page, "Claims").focus();
  for (const name of ["Terminals", "Measures", "Supply", "Evidence", "Timeline"]) {
    await page.keyboard.press("ArrowRight");
    await page.waitForURL(new RegExp(`part=${name.toLowerCase()}`));
    await page.waitForTimeout(300);
    await picture(page, name.toLowerCase());
    assert.deepEqual(await violations(page), [], name);
  }
  await page.keyboard.press("Escape");
  await page.waitForURL(url => !url.searchParams.has("id"));
  await page.waitForFunction(() => document.activeElement?.getAttribute("role") === "row");
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("a terminal is chosen in the case and on the map at once; its next measure is asked for in the usual form", {
  skip,
}, async () => {
  const { page, complaints } = await as("ines-calloway", `/cases?id=${caseId}&part=terminals`);
  const card = page.locator(".candidates > .card").first();
  await card.getByText("Protected site").waitFor();
  await card.locator(".card-head .link-button").click();
  await page.waitForURL(/t=odesa-flat/);
  assert.equal(await card.getAttribute("data-selected"), "true");

  await part(page, "Measures").click();
  const ladder = page.locator(".ladder").first();
  assert.deepEqual(await ladder.locator("li > div > p:first-child > strong").allInnerTexts(), [
    "Observe",
    "Notify",
    "Restrict",
    "Suspend",
    "Deactivate",
  ]);
  await ladder.getByText("A person has to look at Clinic, Odesa").first().waitFor();
  await page.getByRole("button", { name: "Triage…" }).click();
  await page.getByRole("dialog").waitFor();
  assert.deepEqual(await violations(page), []);
  await page.keyboard.press("Escape");
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    (async () => {
      await page.locator("summary", { hasText: "Case file" }).click();
      await page.getByRole("link", { name: /JSON/ }).click();
    })(),
  ]);
  assert.equal(file.suggestedFilename(), `${caseId}.json`);
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("texts are read with their places marked, as text whatever they hold", { skip }, async () => {
  const { page, complaints } = await as("ines-calloway", "/cases?tab=read");
  await page.getByLabel("Text of a report").fill(HOSTILE);
  await page.getByLabel("Its name").fill("A letter");
  await page.getByRole("button", { name: "Read", exact: true }).click();
  await page.locator(".marked-text").waitFor();
  assert.equal(await page.locator(".marked-text").textContent(), HOSTILE);
  assert.equal(await page.locator(".marked-text img").count(), 0);
  await page.getByRole("button", { name: "Show in the text" }).first().focus();
  await page.keyboard.press("Enter");
  await page.locator(".read-mark[data-chosen]").first().waitFor();
  await page.getByText("Why it was read so").first().click();
  await picture(page, "read");
  assert.deepEqual(await violations(page), []);
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("every page is whole in light, and on a phone", { skip }, async () => {
  const one = `/cases?id=${caseId}`;
  const paths: readonly (readonly [string, string])[] = [
    ["list", "/cases"],
    ["reports", "/cases?tab=reports"],
    ["read", "/cases?tab=read"],
    ["signals", "/cases?tab=signals"],
    ["statements", "/cases?tab=statements"],
    ["claims", one],
    ["terminals", `${one}&part=terminals`],
    ["measures", `${one}&part=measures`],
    ["supply", `${one}&part=supply`],
    ["evidence", `${one}&part=evidence`],
    ["timeline", `${one}&part=timeline`],
  ];
  for (const [width, theme] of [
    [1280, "light"],
    [390, "dark"],
  ] as const) {
    const { page, complaints } = await as("ines-calloway", "/cases", width, theme);
    for (const [name, path] of paths) {
      // A link of the console, so that the map is not made anew for each.
      await page.evaluate(wanted => {
        history.pushState(null, "", wanted);
        dispatchEvent(new PopStateEvent("popstate"));
      }, path);
      await page.locator(".cases-page").waitFor();
      await page.waitForFunction(() => document.querySelector(".cases-page .skeleton") === null);
      await page.waitForTimeout(300);
      await picture(page, `${name}-${theme}-${width}`);
      assert.deepEqual(await violations(page), [], `${path} ${theme} ${width}`);
      const overflow = await page.evaluate(() =>
        Math.max(
          document.documentElement.scrollWidth - innerWidth,
          ...[...document.querySelectorAll(".case-body, .scroll-part, .record-table")].map(
            box => box.scrollWidth - box.clientWidth,
          ),
        ),
      );
      assert.ok(overflow <= 0, `${path}: ${overflow} px wider than its room`);
    }
    assert.deepEqual(complaints, [], `${theme} ${width}`);
    await page.context().close();
  }
});
