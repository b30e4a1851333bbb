// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import { cases } from "../cases.ts";
import { answerChallenge, type Challenge, type ChallengeAnswer, challengeFor } from "./challenge.ts";
import { IdentityDesk, proofHoldsMs } from "./identity-desk.ts";

const noonMs = Date.UTC(2024, 2, 10, 12);
const { privateKey, publicKey } = generateKeyPairSync("ed25519");
const stranger = generateKeyPairSync("ed25519");
const channel = { terminalId: "ut-1", cell: "8511aa6bfffffff", slot: 7 };
const nonce = (n: number): Buffer =>
  Buffer.alloc(32, 0)
    .fill(n & 255, 0, 1)
    .fill(n >> 8, 1, 2);

const codeOf = (result: { ok: boolean; error?: { code: string } }): string =>
  result.ok ? "ok" : (result.error?.code ?? "");

function asked(desk: IdentityDesk, n = 1, more: object = {}): Challenge {
  const issued = desk.issue({ ...channel, ...more }, nonce(n), noonMs);
  assert.ok(issued.ok);
  return issued.value;
}

test("F15: an answer heard once counts; replayed, late, from elsewhere, with another key or uncalled for, it does not", () => {
  const desk = new IdentityDesk();
  const challenge = asked(desk);
  const answer = answerChallenge(privateKey, challenge);
  assert.deepEqual(desk.identityOf("ut-1"), { state: "unproved", sinceMs: noonMs });
  const take = (
    what: ChallengeAnswer,
    where: object = {},
    key: typeof publicKey | null = publicKey,
    afterMs = 40,
  ) => codeOf(desk.take(what, { ...channel, ...where }, key, noonMs + afterMs));
  assert.equal(take({ ...answer, signature: "" }), "malformed");
  assert.equal(take({ ...answer, nonce: "ab".repeat(32) }), "unknownChallenge");
  for (const where of [{ cell: "8511aa63fffffff" }, { slot: 8 }, { terminalId: "ut-2" }]) {
    assert.equal(take(answer, where), "wrongChannel");
  }
  assert.equal(take(answer, {}, null), "notEnrolled");
  assert.equal(take(answerChallenge(stranger.privateKey, challenge)), "wrongKey");
  assert.equal(take(answer, {}, publicKey, 15_000), "expired");
  assert.equal(take(answer, {}, publicKey, -1), "notYetIssued");
  // None of that has used the challenge up.
  assert.equal(take(answer), "ok");
  assert.deepEqual(desk.identityOf("ut-1"), { state: "proved", sinceMs: noonMs + 40 });
  assert.equal(take(answer), "alreadyAnswered");
  desk.expire(noonMs + 15_000);
  assert.equal(take(answer), "unknownChallenge");
  assert.equal(desk.size, 0);
});

test("silence fails a terminal; silence in another cell, of somebody who uses its name, does not", () => {
  const desk = new IdentityDesk();
  asked(desk, 1);
  assert.equal(desk.expire(noonMs + 14_999).length, 0);
  assert.deepEqual(
    desk.expire(noonMs + 15_000).map(c => c.terminalId),
    ["ut-1"],
  );
  assert.deepEqual(desk.identityOf("ut-1"), { state: "failed", sinceMs: noonMs + 15_000 });

  const proved = new IdentityDesk();
  const here = asked(proved, 1);
  proved.take(answerChallenge(privateKey, here), channel, publicKey, noonMs);
  const elsewhere = { ...channel, cell: "8511aa63fffffff" };
  proved.issue(elsewhere, nonce(2), noonMs + 10_000);
  assert.equal(proved.expire(noonMs + 25_000).length, 1);
  assert.equal(proved.identityOf("ut-1")?.state, "proved");
  // Its own proof has grown old: then silence anywhere counts.
  proved.issue(elsewhere, nonce(3), noonMs + proofHoldsMs);
  proved.expire(noonMs + proofHoldsMs + 15_000);
  assert.equal(proved.identityOf("ut-1")?.state, "failed");
  const again = proved.issue(channel, nonce(4), noonMs + 90_000);
  assert.ok(again.ok);
  proved.take(answerChallenge(privateKey, again.value), channel, publicKey, noonMs + 90_001);
  assert.deepEqual(proved.identityOf("ut-1"), { state: "proved", sinceMs: noonMs + 90_001 });
  proved.forget("ut-1");
  assert.equal(proved.identityOf("ut-1"), null);
});

test("memory is bounded, for all and for each; who floods the desk drives nobody's challenge out", () => {
  const desk = new IdentityDesk({ challenges: 5, challengesPerTerminal: 2 });
  const first = asked(desk, 1);
  asked(desk, 2);
  assert.equal(codeOf(desk.issue(channel, nonce(3), noonMs)), "tooManyChallenges");
  for (const n of [4, 5, 6]) asked(desk, n, { terminalId: `ut-${n}` });
  assert.equal(codeOf(desk.issue({ ...channel, terminalId: "ut-9" }, nonce(9), noonMs)), "deskFull");
  assert.equal(codeOf(desk.issue({ ...channel, terminalId: "ut-9" }, nonce(1), noonMs)), "nonceReused");
  assert.equal(desk.size, 5);
  assert.equal(codeOf(desk.take(answerChallenge(privateKey, first), channel, publicKey, noonMs)), "ok");
});

// Signing is slow and a signature depends on its input only: what the random runs need is signed once.
const cells = ["8511aa6bfffffff", "8511aa63fffffff"] as const;
const signed = new Map<string, readonly [ChallengeAnswer, ChallengeAnswer]>();
function answersTo(challenge: Challenge): readonly [ChallengeAnswer, ChallengeAnswer] {
  const name = JSON.stringify(challenge);
  const known = signed.get(name);
  if (known !== undefined) return known;
  const made = [
    answerChallenge(privateKey, challenge),
    answerChallenge(stranger.privateKey, challenge),
  ] as const;
  signed.set(name, made);
  return made;
}

test("whatever comes in whatever order: what a plain list of all that happened says", () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant("issue" as const), n: fc.nat(3), cell: fc.nat(1) }),
    fc.record({
      kind: fc.constant("take" as const),
      n: fc.nat(3),
      cell: fc.nat(1),
      heardIn: fc.nat(1),
      isGenuine: fc.boolean(),
    }),
    fc.record({ kind: fc.constant("wait" as const), ms: fc.constantFrom(1, 5_000, 15_000) }),
    fc.record({ kind: fc.constant("expire" as const) }),
  );
  fc.assert(
    fc.property(fc.array(step, { minLength: 4, maxLength: 14 }), steps => {
      const desk = new IdentityDesk({ challenges: 3, challengesPerTerminal: 3 });
      // The model: every challenge ever issued, with what became of it. Nothing is ever taken out of the list.
      const all: { challenge: Challenge; answered: boolean; gone: boolean }[] = [];
      let atMs = 0;
      for (const item of steps) {
        const kept = all.filter(one => !one.gone);
        if (item.kind === "wait") atMs += item.ms;
        else if (item.kind === "expire") {
          const over = kept.filter(one => one.challenge.expiresAtMs <= atMs);
          const unanswered = over.filter(one => !one.answered).map(one => one.challenge);
          assert.deepEqual(desk.expire(atMs), unanswered);
          for (const one of over) one.gone = true;
        } else if (item.kind === "issue") {
          const where = { terminalId: "ut-1", cell: cells[item.cell]!, slot: 1 };
          const isUsed = kept.some(one => one.challenge.nonce === nonce(item.n).toString("hex"));
          const expected = isUsed ? "nonceReused" : kept.length >= 3 ? "tooManyChallenges" : "ok";
          assert.equal(codeOf(desk.issue(where, nonce(item.n), atMs)), expected);
          if (expected === "ok")
            all.push({ challenge: challengeFor(where, nonce(item.n), atMs), answered: false, gone: false });
        } else {
          const hex = nonce(item.n).toString("hex");
          const target = kept.find(one => one.challenge.nonce === hex);
          const old = all.findLast(one => one.challenge.nonce === hex)?.challenge;
          const where = { terminalId: "ut-1", cell: cells[item.heardIn]!, slot: 1 };
          const subject = old ?? challengeFor({ ...where, cell: cells[item.cell]! }, nonce(item.n), atMs);
          const answer = answersTo(subject)[item.isGenuine ? 0 : 1];
          let expected = "ok";
          if (target === undefined) expected = "unknownChallenge";
          else if (target.answered) expected = "alreadyAnswered";
          else if (target.challenge.cell !== where.cell) expected = "wrongChannel";
          else if (atMs >= target.challenge.expiresAtMs) expected = "expired";
          else if (!item.isGenuine) expected = "wrongKey";
          assert.equal(codeOf(desk.take(answer, where, publicKey, atMs)), expected);
          if (expected === "ok") target!.answered = true;
        }
        const open = all.filter(one => !one.gone).length;
        assert.equal(desk.size, open);
      }
    }),
    { numRuns: cases(10_000) },
  );
});
