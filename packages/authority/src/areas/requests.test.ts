// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { cases } from "../cases.ts";
import { decisionCommands } from "../decisions/decision-commands.ts";
import { terminal } from "../fixture.ts";
import { AreaDesk, ada, area, eve, operator, why } from "./area-desk.ts";
import { areaStateOf, movesOf } from "./area-ledger.ts";
import { type RequestState, requestStates } from "./area-request.ts";
import { dueRequests, requestTransitions, waitingRequests } from "./area-requests.ts";
import { attestationOf, countsOf, decisionsToProve, publishedRequest } from "./attestation.ts";
import { ordersOf } from "./request-orders.ts";

const hourMs = 3_600_000;
const reason = (text: string, more: object = {}): object => ({ text, ...more });

test("F3: a request is granted and its area moves in the same ruling; the same workflow refuses another", () => {
  const desk = new AreaDesk();
  const granted = desk.reviewed({ scope: area(["AA-9"], "activate") });
  const ruling = desk.do("areaRequest.decide", {
    requestId: granted,
    verdict: "grant",
    reasons: [reason("People there need it")],
  });
  assert.equal(areaStateOf(desk.book, "AA-9", operator, desk.atMs), "active");
  assert.deepEqual(
    movesOf(desk.book, "AA-9").map(({ event, requestId }) => [event, requestId]),
    [
      ["approve", granted],
      ["activate", granted],
    ],
  );
  assert.equal(desk.request(granted).state, "executed");
  assert.equal(ruling.decisions.length, 4, "the grant, two moves, the execution: one decision each");

  const refused = desk.reviewed({ requester: null, emergency: true, scope: area(["Q7835"], "activate") });
  const first = "It would make us complicit in an act of war";
  desk.do("areaRequest.decide", {
    requestId: refused,
    verdict: "refuse",
    reasons: [reason(first, { by: "The founder" })],
  });
  assert.equal(areaStateOf(desk.book, "Q7835", operator, desk.atMs), "neverActive");
  assert.deepEqual(
    movesOf(desk.book, "Q7835").map(({ event, to }) => [event, to]),
    [["refuseRequest", "neverActive"]],
  );

  // Reasons given at later dates stand beside the first; none is replaced.
  const decidedMs = desk.atMs;
  desk.atMs += 24 * hourMs;
  desk.do("areaRequest.addReason", {
    requestId: refused,
    by: "The founder",
    text: "Sanctions include that area",
  });
  desk.atMs += 24 * hourMs;
  desk.do("areaRequest.addReason", {
    requestId: refused,
    by: "The founder",
    text: "We had no direct order",
    directiveOf: "The head of state",
  });
  assert.deepEqual(
    desk
      .request(refused)
      .reasons.map(({ atMs, text, directiveOf }) => [(atMs - decidedMs) / hourMs, text, directiveOf]),
    [
      [0, first, null],
      [24, "Sanctions include that area", null],
      [48, "We had no direct order", "The head of state"],
    ],
  );
  assert.equal(desk.request(refused).state, "refused");
  assert.equal(
    desk.refused("areaRequest.withdraw", { requestId: refused, by: "They", reason: why }),
    "illegalTransition",
  );
});

test("F3: a conditional reason: granted only with a lawful order of the authority that was named", () => {
  const desk = new AreaDesk();
  const requestId = desk.reviewed();
  const undirected = { requestId, verdict: "needsDirective", reasons: [reason("Not without an order")] };
  assert.equal(desk.refused("areaRequest.decide", undirected), "directiveUnnamed");
  desk.do("areaRequest.decide", {
    ...undirected,
    reasons: [reason("Not without an order", { directiveOf: "The head of state" })],
  });
  assert.equal(movesOf(desk.book, "AA-9").length, 0);
  const grant = { requestId, verdict: "grant", reasons: [reason("The order is here")] };
  assert.equal(desk.refused("areaRequest.decide", grant), "directiveMissing");
  const order = (requester: string): string => desk.receive({ requester, kind: "lawfulOrder" });
  const other = order("A ministry");
  desk.do("areaRequest.authenticate", { requestId: other, method: "seal" });
  assert.equal(desk.refused("areaRequest.decide", { ...grant, directive: other }), "directiveMissing");
  const asking = desk.receive({ requester: "The head of state", kind: "request" });
  desk.do("areaRequest.authenticate", { requestId: asking, method: "seal" });
  assert.equal(
    desk.refused("areaRequest.decide", { ...grant, directive: asking }),
    "directiveMissing",
    "a request binds nobody",
  );
  const directive = order("The head of state");
  assert.equal(
    desk.refused("areaRequest.decide", { ...grant, directive }),
    "directiveMissing",
    "nobody knows yet that it is from there",
  );
  desk.do("areaRequest.authenticate", { requestId: directive, method: "seal" });
  desk.do("areaRequest.decide", { ...grant, directive });
  assert.equal(desk.request(requestId).directiveId, directive);
  assert.equal(areaStateOf(desk.book, "AA-9", operator, desk.atMs), "active");
});

test("F3: an emergency is acknowledged in 15 minutes and decided in 4 hours, and shows what is late", () => {
  const desk = new AreaDesk();
  const receivedMs = desk.atMs;
  const requestId = desk.receive({ emergency: true });
  desk.receive({ requester: "Somebody else" });
  const waits = (atMs: number) =>
    waitingRequests(desk.book, atMs).map(({ for: what, dueMs, overdue }) => [
      what,
      (dueMs - receivedMs) / 60_000,
      overdue,
    ]);
  assert.deepEqual(waits(receivedMs), [["acknowledgement", 15, false]]);
  assert.deepEqual(waits(receivedMs + 15 * 60_000 + 1), [["acknowledgement", 15, true]]);
  desk.do("areaRequest.authenticate", { requestId, method: "call back" });
  assert.deepEqual(waits(receivedMs + 4 * hourMs), [["decision", 240, false]]);
  assert.equal(
    desk.refused("areaRequest.decide", { requestId, verdict: "grant", reasons: [reason("At once, please")] }),
    "illegalTransition",
    "no decision without a note of the impact",
  );
  desk.do("areaRequest.review", { requestId, impactNote: "Three villages and a clinic", note: why });
  desk.do("areaRequest.decide", { requestId, verdict: "refuse", reasons: [reason("Not lawful here")] });
  assert.deepEqual(waits(receivedMs + 9 * hourMs), []);
});

test("F3: granted for a term: when it is over the area goes back, unless it was moved since", () => {
  const desk = new AreaDesk();
  desk.move("AA-9", "approve");
  desk.move("AA-9", "activate");
  desk.atMs += 1;
  desk.move("AA-8", "approve");
  desk.move("AA-8", "activate");
  desk.atMs += 1;
  const requestId = desk.reviewed({ scope: area(["AA-8", "AA-9"], "suspend") });
  const expiresMs = desk.atMs + 48 * hourMs;
  desk.do("areaRequest.decide", { requestId, verdict: "grant", reasons: [reason("Elections")], expiresMs });
  assert.equal(areaStateOf(desk.book, "AA-9", operator, desk.atMs), "suspended");
  assert.equal(desk.refused("areaRequest.expire", { requestId }), "termNotOver");
  desk.atMs += hourMs;
  desk.move("AA-8", "activate");
  desk.atMs = expiresMs;
  const [due] = dueRequests(desk.book, desk.atMs);
  desk.do(due!.name, due!.request as object);
  assert.equal(areaStateOf(desk.book, "AA-9", operator, desk.atMs), "active");
  assert.equal(movesOf(desk.book, "AA-8").at(-1)?.requestId, null, "what was decided since stands");
  assert.deepEqual(dueRequests(desk.book, desk.atMs), []);
  const forever = desk.reviewed({ scope: area(["AA-9"], "deactivate") });
  assert.equal(
    desk.refused("areaRequest.decide", {
      requestId: forever,
      verdict: "grant",
      reasons: [reason("Order of a court")],
      expiresMs: desk.atMs + 1,
    }),
    "termInvalid",
  );
});

test("F23: a lawful order about terminals leads to orders, execution, independent verification and an attestation with counts", () => {
  const desk = new AreaDesk();
  for (const id of ["ut-1", "ut-2", "ut-3"])
    desk.book.apply([{ kind: "terminal", id, document: terminal({ id }) }]);
  const scope = { kind: "terminals", terminalIds: ["ut-1", "ut-2", "ut-3"], wants: "deactivate" };
  const requestId = desk.reviewed({
    requester: "The regulator",
    kind: "lawfulOrder",
    scope,
    legalBasis: "Directive 1, article 2",
  });
  assert.deepEqual(ordersOf(desk.request(requestId)), [], "nothing is ordered before it is granted");
  const partial = {
    requestId,
    verdict: "partial",
    reasons: [reason("One serves a clinic")],
    granted: ["ut-1", "ut-2"],
  };
  assert.equal(desk.refused("areaRequest.decide", { ...partial, granted: ["ut-9"] }), "notInScope");
  assert.equal(desk.refused("areaRequest.decide", { ...partial, granted: [] }), "grantedInvalid");
  desk.do("areaRequest.decide", partial);
  const granted = desk.request(requestId);
  assert.equal(granted.state, "partial");
  // What it leads to are orders that the decisions' own commands read.
  const commands = new Map(decisionCommands().map(entry => [entry.name, entry]));
  const [order, ...more] = ordersOf(granted);
  assert.equal(more.length, 0);
  const read = commands.get(order!.name)!.read(order!.request);
  assert.ok(read.ok, read.ok ? "" : read.error.message);
  assert.deepEqual(order!.request["terminalIds"], ["ut-1", "ut-2"]);
  for (const single of ["suspend", "deactivate", "restore"] as const) {
    const one = {
      ...granted,
      scope: { kind: "terminals", terminalIds: ["ut-1"], wants: single },
      granted: ["ut-1"],
    } as const;
    const [only] = ordersOf(one);
    assert.ok(commands.get(only!.name)!.read(only!.request).ok);
  }

  const execution = { requestId, done: ["ut-1"], notDone: [{ id: "ut-2", why: "retired already" }] };
  assert.equal(desk.refused("areaRequest.execute", execution), "notCarriedOut");
  desk.book.apply([
    { kind: "terminal", id: "ut-1", document: terminal({ id: "ut-1", state: "deactivated" }) },
  ]);
  assert.equal(desk.refused("areaRequest.execute", { ...execution, notDone: [] }), "executionIncomplete");
  assert.ok(!attestationOf(granted, countsOf(granted), []).ok);
  desk.do("areaRequest.execute", execution);
  const seen = { requestId, by: "The regulator", observation: "Seen from two places: no signal" };
  assert.equal(desk.refused("areaRequest.verify", seen, ada), "verifierNotIndependent");
  desk.do("areaRequest.verify", seen, eve);
  const executed = desk.request(requestId);
  const counts = countsOf(executed);
  assert.deepEqual(counts, {
    asked: 3,
    granted: 2,
    done: 1,
    notDone: [{ why: "retired already", count: 1 }],
  });
  const proofs = decisionsToProve(desk.book, executed).map(decisionId => ({
    decisionId,
    leafIndex: 4,
    treeSize: 9,
    rootHash: "00",
    auditPath: ["01"],
  }));
  const letter = attestationOf(executed, counts, proofs);
  assert.ok(letter.ok);
  assert.match(
    letter.value.paragraphs.join(" "),
    /carried out on 1 of the 2.*Not on 1: retired already.*verified by The regulator/s,
  );
  assert.ok(!/ut-\d/.test(letter.value.paragraphs.join(" ")), "counts, no names");
  assert.deepEqual(attestationOf(executed, { ...counts, done: 2 }, proofs), {
    ok: false,
    error: { code: "countsInvalid", place: "counts", message: "The records count otherwise." },
  });
});

test("F23: a sealed request is published as its hash only", () => {
  const desk = new AreaDesk();
  const open = desk.request(desk.receive());
  assert.equal(publishedRequest(open), open);
  const sealed = publishedRequest(desk.request(desk.receive({ sealed: true })));
  assert.deepEqual(Object.keys(sealed).sort(), ["contentHash", "id", "receivedMs", "sealed"]);
});

test("the table of requests: every state has a sentence, every end is an end", () => {
  assert.deepEqual(Object.keys(requestTransitions).sort(), Object.keys(requestStates).sort());
  for (const [state, rows] of Object.entries(requestTransitions)) {
    const ends = ["refused", "expired", "withdrawn"].includes(state);
    assert.equal(Object.keys(rows).length === 0, ends, state);
  }
});

/** The same workflow told as facts about a request instead of a table of states. */
class Model {
  isKnown = false;
  isReviewed = false;
  verdict: "none" | "yes" | "no" | "waits" = "none";
  isDone = false;
  isSeen = false;
  isOver: "no" | "expired" | "withdrawn" = "no";

  get state(): RequestState {
    if (this.isOver !== "no") return this.isOver;
    if (this.verdict === "no") return "refused";
    if (this.isSeen) return "verified";
    if (this.isDone) return "executed";
    if (this.verdict === "waits") return "needsDirective";
    if (this.isReviewed) return "reviewed";
    return this.isKnown ? "authenticated" : "received";
  }

  take(command: string, verdict: string): boolean {
    if (this.isOver !== "no" || this.verdict === "no") return false;
    const isDecided = this.verdict !== "none";
    switch (command) {
      case "authenticate":
        return !this.isKnown && this.set(() => (this.isKnown = true));
      case "disown":
        return !this.isKnown && this.set(() => (this.verdict = "no"));
      case "review":
        return this.isKnown && !this.isReviewed && this.set(() => (this.isReviewed = true));
      case "decide": {
        if (!this.isReviewed || this.isDone) return false;
        if (verdict === "needsDirective") return !isDecided && this.set(() => (this.verdict = "waits"));
        if (verdict === "refuse") return this.set(() => (this.verdict = "no"));
        // Without a directive on record nothing that waits for one is granted.
        return (
          this.verdict !== "waits" &&
          this.set(() => {
            this.verdict = "yes";
            this.isDone = true;
          })
        );
      }
      case "verify":
        return this.isDone && !this.isSeen && this.set(() => (this.isSeen = true));
      case "withdraw":
        return !this.isDone && this.set(() => (this.isOver = "withdrawn"));
      default:
        return false;
    }
  }

  set(change: () => void): true {
    change();
    return true;
  }
}

test("I6: on every path a request agrees with the model, and one that is not granted moves no area and stays on record", () => {
  const act = fc.record({
    command: fc.constantFrom("authenticate", "disown", "review", "decide", "decide", "verify", "withdraw"),
    verdict: fc.constantFrom("grant", "refuse", "needsDirective"),
  });
  fc.assert(
    fc.property(fc.boolean(), fc.array(act, { maxLength: 12 }), fc.nat(4), (wasOn, acts, ahead) => {
      const desk = new AreaDesk(undefined, false);
      if (wasOn) for (const event of ["approve", "activate"]) desk.move("AA-9", event);
      desk.atMs += 10;
      const before = areaStateOf(desk.book, "AA-9", operator, desk.atMs);
      const statements = JSON.stringify([...desk.book.all("statement")]);
      const requestId = desk.receive({ scope: area(["AA-9"], wasOn ? "suspend" : "activate") });
      const model = new Model();
      const usual = ["authenticate", "review"]
        .slice(0, ahead)
        .map(command => ({ command, verdict: "grant" }));
      for (const { command, verdict } of [...usual, ...acts]) {
        desk.atMs++;
        const rest = { reason: why, method: "seal", impactNote: "A town", note: why, observation: why };
        const fits: { readonly [command: string]: object } = {
          authenticate: { method: rest.method },
          disown: { reason: why },
          review: { impactNote: "A town with a clinic", note: why },
          decide: {
            verdict,
            reasons: [
              reason("Because of this", { directiveOf: verdict === "needsDirective" ? "The court" : null }),
            ],
          },
          verify: { observation: why },
          withdraw: { by: "They", reason: why },
        };
        const ruling = desk.ask(
          `areaRequest.${command}`,
          { requestId, ...fits[command] },
          command === "verify" ? eve : ada,
        );
        assert.equal(ruling.ok, model.take(command, verdict), `${command} ${verdict}`);
        assert.equal(desk.request(requestId).state, model.state);
        if (model.verdict !== "yes") {
          assert.equal(areaStateOf(desk.book, "AA-9", operator, desk.atMs), before);
          assert.equal(JSON.stringify([...desk.book.all("statement")]), statements);
        }
      }
    }),
    { numRuns: cases(10_000) },
  );
});
