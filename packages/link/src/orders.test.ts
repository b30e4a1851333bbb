// SPDX-License-Identifier: MIT
// Orders about many: one message, carried out once, repeated until acknowledged, true in the end whatever the way did.
import assert from "node:assert/strict";
import { test } from "node:test";
import { MessageChannel, type MessagePort } from "node:worker_threads";
import { draw } from "./draw.ts";
import { connectLinkEngine, type LinkClientOptions } from "./link-client.ts";
import { hostLinkEngine, type LinkHostOptions } from "./link-host.ts";
import { acceptLease, lease } from "./test-bed.ts";

const T0 = Date.now();
const ids = Array.from({ length: 40 }, (_, i) => `t${i}`);
const because = (atMs: number, code = "SUSPENDED") => ({ code, message: "Stopped.", atMs });

function pair(host: Partial<LinkHostOptions> = {}, client: LinkClientOptions = {}) {
  const { port1, port2 } = new MessageChannel();
  hostLinkEngine(port1, { verifyLease: acceptLease, faults: true, ...host });
  return connectLinkEngine(port2, client);
}

async function enrolled(client: ReturnType<typeof pair>, issuedAtMs: number): Promise<void> {
  await client.enrol(ids);
  await client.installLeases(ids.map(terminalId => lease({ terminalId, issuedAtMs })));
}

async function codesOf(client: ReturnType<typeof pair>): Promise<readonly (string | null)[]> {
  const verdicts = await Promise.all(ids.map(id => client.permits(id, "all")));
  return verdicts.map(verdict => (verdict.ok ? (verdict.value?.code ?? null) : verdict.error.code));
}

test("an area is cut with one message: all that are named, none that is not, and the unknown are said", async () => {
  await using client = pair();
  await enrolled(client, T0);
  const area = ids.slice(0, 25);
  const report = await client.revokeMany([...area, "t99"], because(T0 + 1, "LEGAL_REGIME"));
  assert.deepEqual(report, {
    ok: true,
    value: { revoked: 25, superseded: 0, reset: 0, unknown: ["t99"], repeated: false },
  });
  assert.deepEqual(
    await codesOf(client),
    ids.map((_, i) => (i < 25 ? "LEGAL_REGIME" : null)),
  );
  const stats = await client.stats();
  assert.deepEqual(stats.ok && stats.value.enrolled, { terminals: 40, leased: 15 });
  // Lifted for some; the same revocation once more leaves them alone.
  await client.installLeases(ids.slice(0, 5).map(terminalId => lease({ terminalId, issuedAtMs: T0 + 2 })));
  const again = await client.revokeMany(area, because(T0 + 1));
  assert.ok(again.ok && again.value.revoked === 20 && again.value.superseded === 5);
  const refused = await client.setRefusals([
    { terminalId: "t0", refusal: because(T0 + 3, "PLAN") },
    { terminalId: "t99", refusal: because(T0 + 3) },
  ]);
  assert.ok(refused.ok && refused.value.rejected[0]?.place === "[1].terminalId");
});

test("a refusal that comes late does not hide a newer one", async () => {
  await using client = pair();
  await client.enrol(["t0"]);
  const refuse = (atMs: number, code: string) =>
    client.setRefusals([{ terminalId: "t0", refusal: because(atMs, code) }]);
  await refuse(T0 + 5, "NEW");
  await refuse(T0 + 4, "OLD");
  const verdict = await client.permits("t0", "all");
  assert.equal(verdict.ok && verdict.value?.code, "NEW");
});

test("who is enrolled is bounded, and known once", async () => {
  await using client = pair({ maxEnrolled: 2 });
  const report = await client.enrol(["a", "a", "b", "c"]);
  assert.deepEqual(report.ok && report.value.rejected.map(({ code, place }) => [code, place]), [
    ["TERMINAL_ATTACHED", "[1]"],
    ["TERMINAL_LIMIT", "[3]"],
  ]);
  const attached = await client.attach({ terminalId: "a", port: 0 });
  assert.equal(!attached.ok && attached.error.code, "TERMINAL_ATTACHED");
});

test("an authority that was cut off brings the data plane to the truth with the first thing that gets through", async () => {
  await using client = pair();
  await enrolled(client, T0);
  await client.setAuthorityReachable(false);
  const unheard = await client.revokeMany(ids.slice(0, 10), because(T0 + 10));
  assert.equal(!unheard.ok && unheard.error.code, "AUTHORITY_UNREACHABLE");
  await client.transmit([
    {
      terminalId: "t30",
      sequence: 1,
      transmit: "off",
      sparesEmergency: false,
      code: "TX_OFF",
      message: "Off.",
    },
  ]);
  assert.equal(client.unacknowledged(), 2);
  assert.equal(await client.catchUp(), 2);
  assert.deepEqual(new Set(await codesOf(client)), new Set([null]));
  await client.setAuthorityReachable(true);
  // Meanwhile the authority has served one of them again: the late revocation must not take that away.
  await client.installLeases([lease({ terminalId: "t3", issuedAtMs: T0 + 20 })]);
  assert.equal(await client.catchUp(), 0);
  assert.deepEqual(
    await codesOf(client),
    ids.map((_, i) => (i === 30 ? "TX_OFF" : i < 10 && i !== 3 ? "SUSPENDED" : null)),
  );
});

test("however long it was cut off, what waits is bounded, and nothing of it is lost", async () => {
  await using client = pair();
  await enrolled(client, T0);
  await client.setAuthorityReachable(false);
  for (let n = 0; n < 1_500; n++) {
    const terminalId = ids[n % 30]!;
    await client.revokeMany([terminalId], because(T0 + 1 + n));
    if (n % 10 === 0)
      await client.setRefusals([{ terminalId, refusal: because(T0 + 1 + n, n < 1_400 ? "EARLY" : "LATE") }]);
  }
  assert.ok(client.unacknowledged() <= 300);
  await client.setAuthorityReachable(true);
  assert.equal(await client.catchUp(), 0);
  const codes = await codesOf(client);
  assert.ok(codes.slice(0, 30).every(code => code !== null) && codes.slice(30).every(code => code === null));
  assert.equal(codes[0], "LATE");
});

/** Between the two ends: loses, doubles and delays numbered orders and their answers as chance will. */
function badWay(seed: number): {
  readonly near: MessagePort;
  readonly far: MessagePort;
  readonly faults: () => number;
} {
  const left = new MessageChannel();
  const right = new MessageChannel();
  let counter = 0;
  let faults = 0;
  const relay = (from: MessagePort, to: MessagePort): void => {
    from.on("message", message => {
      const chance = message.id < 0 ? draw(seed, 1, counter++) : 1;
      if (chance < 0.6) faults++;
      if (chance < 0.25) return;
      if (chance < 0.45) setTimeout(() => to.postMessage(message), 1 + chance * 20);
      else to.postMessage(message);
      if (chance > 0.4 && chance < 0.6) to.postMessage(message);
    });
    from.once("close", () => to.close());
  };
  relay(left.port2, right.port1);
  relay(right.port1, left.port2);
  return { near: left.port1, far: right.port2, faults: () => faults };
}

test("over a way that loses, doubles and delays, every order is acknowledged and what is true in the end is the newest", {
  timeout: 20_000,
}, async () => {
  for (const seed of [1, 2, 3, 4]) {
    const { near, far, faults } = badWay(seed);
    hostLinkEngine(far, { verifyLease: acceptLease });
    await using client = connectLinkEngine(near, { resendMs: 4 });
    await enrolled(client, T0);
    const truth = new Map<string, string | null>(ids.map(id => [id, null]));
    const given: Promise<unknown>[] = [];
    for (let n = 1; n <= 60; n++) {
      const some = ids.filter((_, i) => draw(seed, 2, n * 100 + i) < 0.2);
      const atMs = T0 + n * 2;
      if (n % 3 === 0) {
        await client.installLeases(some.map(terminalId => lease({ terminalId, issuedAtMs: atMs })));
        for (const id of some) truth.set(id, null);
      } else {
        given.push(client.revokeMany(some, because(atMs, `R${n}`)));
        for (const id of some) truth.set(id, `R${n}`);
      }
    }
    const reports = await Promise.all(given);
    assert.ok(reports.every(report => (report as { ok: boolean }).ok));
    assert.equal(client.unacknowledged(), 0);
    assert.deepEqual(await codesOf(client), [...truth.values()]);
    assert.ok(faults() > 10);
  }
});

test("an order repeated is answered as before and not carried out again", { timeout: 20_000 }, async () => {
  const { near, far } = badWay(9);
  hostLinkEngine(far, { verifyLease: acceptLease });
  await using client = connectLinkEngine(near, { resendMs: 2 });
  await enrolled(client, T0);
  const reports = await Promise.all(
    Array.from({ length: 40 }, (_, n) => client.revokeMany([ids[n]!], because(T0 + 1))),
  );
  // Each lease ended exactly once, also where the answer is that to a copy.
  assert.ok(reports.every(report => report.ok && report.value.revoked === 1));
  assert.ok(reports.some(report => report.ok && report.value.repeated));
});
