// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { draw } from "./draw.ts";
import { OrderOutbox } from "./order-outbox.ts";

const T0 = Date.UTC(2026, 10, 21);
const ids = Array.from({ length: 10 }, (_, i) => `t${i}`);
const because = (atMs: number) => ({ code: "SUSPENDED", message: "Stopped.", atMs });
const revoke = (id: string, atMs: number) =>
  ({ call: "revokeMany", terminalIds: [id], revocation: because(atMs) }) as const;

test("an order is sent until it is acknowledged, and its giver has the answer", async () => {
  // The process must live until then; the outbox does not keep it alive.
  const alive = setInterval(() => {}, 1_000);
  const sent: number[] = [];
  const outbox = new OrderOutbox((sequence, order) => {
    sent.push(sequence);
    // Two of three copies are lost, with their answers.
    return sent.length % 3 === 0 ? Promise.resolve({ ok: true, value: order }) : new Promise(() => {});
  }, 1);
  const deadline = new Promise<null>(resolve => setTimeout(() => resolve(null), 2_000).unref());
  const answer = await Promise.race([outbox.give(revoke("t1", T0)), deadline]);
  clearInterval(alive);
  assert.deepEqual(answer, { ok: true, value: revoke("t1", T0) });
  assert.deepEqual([sent, outbox.size], [[1, 1, 1], 0]);
});

test("closed, it answers everybody and sends nothing more", async () => {
  const outbox = new OrderOutbox(() => new Promise(() => {}), 1);
  const given = outbox.give(revoke("t1", T0));
  const closed = { ok: false, error: { code: "CLOSED", message: "", place: "" } } as const;
  outbox.close(closed);
  assert.deepEqual([await given, outbox.size], [closed, 0]);
});

test("what is folded together is each terminal's newest word", async () => {
  let isCutOff = true;
  const revokedMs = new Map<string, number>();
  const outbox = new OrderOutbox(async (_, order) => {
    if (isCutOff) return { ok: false, error: { code: "AUTHORITY_UNREACHABLE", message: "", place: "" } };
    if (order.call === "revokeMany")
      for (const id of order.terminalIds)
        revokedMs.set(id, Math.max(revokedMs.get(id) ?? 0, order.revocation.atMs));
    return { ok: true, value: null };
  }, 60_000);
  const newest = new Map<string, number>();
  for (let n = 0; n < 700; n++) {
    const id = ids[Math.floor(draw(5, 1, n) * 10)]!;
    const atMs = T0 + Math.floor(draw(5, 2, n) * 100_000);
    newest.set(id, Math.max(newest.get(id) ?? 0, atMs));
    await outbox.give({ call: "revokeMany", terminalIds: [id], revocation: because(atMs) });
  }
  assert.ok(outbox.size < 300);
  isCutOff = false;
  await outbox.catchUp();
  assert.deepEqual(revokedMs, newest);
});
