// SPDX-License-Identifier: MIT
import { test } from "node:test";
import fc from "fast-check";
import { cases } from "../cases.ts";
import { dueCommands } from "./decision-commands.ts";
import { ada, bo, cy, Desk, di, documents, findingRequest, hourMs, people, why } from "./desk.ts";

test("F22 whatever was decided is decided again alike, from what the decisions say was asked", () => {
  const actor = fc.constantFrom(...people);
  const terminalId = fc.constantFrom("ut-1", "ut-2");
  const word = fc.constantFrom(
    "suspend",
    "restore",
    "restrict",
    "bulk",
    "finding",
    "alone",
    "appeal",
    "apply",
    "wait",
  );
  const step = fc.record({ word, actor, terminalId });
  const site = { title: "Clinic", site: { latDeg: 1, lonDeg: 2 }, radiusKm: 1, lifts: ["AREA_NOT_ACTIVE"] };
  fc.assert(
    fc.property(fc.array(step, { minLength: 4, maxLength: 12 }), steps => {
      const desk = new Desk();
      for (const { word, actor, terminalId } of steps) {
        const about = { terminalId, ground: why };
        switch (word) {
          case "suspend":
            desk.ask(actor, "order.suspend", { ...about, hours: 3 });
            break;
          case "restore":
            desk.ask(actor, "order.restore", about);
            break;
          case "restrict":
            desk.tryApproved("order.restrict", about);
            break;
          case "bulk":
            desk.tryApproved("bulk.propose", {
              action: "suspend",
              ground: why,
              basis: { kind: "policy", id: "pol-1" },
              terminalIds: ["ut-1", "ut-2"],
              hours: 2,
            });
            break;
          case "finding": {
            const request = findingRequest({ terminalId, caseId: terminalId });
            const [finding] = documents(desk.do(actor, "finding.record", request), "finding");
            desk.tryApproved("order.deactivate", { ...about, basis: { kind: "finding", id: finding!.id } });
            break;
          }
          case "alone": {
            const { atMs } = desk;
            const request = {
              ...site,
              terminalIds: [terminalId],
              reason: why,
              fromMs: atMs,
              toMs: atMs + hourMs,
            };
            const command = { name: "siteException.grant", request };
            const used = desk.ask(actor, "breakGlass.use", {
              command,
              emergency: "Nobody else is awake now",
            });
            if (!used.ok) break;
            const breakGlassId = documents(used.value, "breakGlass")[0]!.id;
            desk.ask(bo, "breakGlass.review", {
              breakGlassId,
              verdict: "notJustified",
              reason: "Somebody was awake",
            });
            break;
          }
          case "appeal": {
            const notice = [...desk.book.all("notice")].at(-1);
            if (notice === undefined) break;
            const file = { noticeId: notice.id, party: notice.party, statement: "It was not me" };
            const filed = desk.ask(actor, "appeal.file", file);
            if (!filed.ok) break;
            const appealId = documents(filed.value, "appeal")[0]!.id;
            desk.ask(actor, "appeal.decide", { appealId, verdict: "reversed", reason: "It was not them" });
            break;
          }
          case "apply": {
            const request = { territory: "AA-1", terminalId, class: "individual", deviceShown: false };
            const applied = desk.ask(ada, "allowList.apply", request);
            if (!applied.ok) break;
            const applicationId = documents(applied.value, "allowListApplication")[0]!.id;
            desk.ask(cy, "allowList.approve", { applicationId, reason: why });
            desk.ask(di, "allowList.revoke", { applicationId, reason: why });
            break;
          }
          case "wait":
            desk.atMs += hourMs;
            desk.tick(desk.atMs, dueCommands(desk.book, desk.atMs));
        }
      }
      desk.replay();
    }),
    { numRuns: cases(300) },
  );
});
