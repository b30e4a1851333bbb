// SPDX-License-Identifier: MIT
// Story 6: only the authority is cut off from the data plane. Traffic goes on until the lease ends, and not later.
import assert from "node:assert/strict";
import { test } from "node:test";
import { OperatorProcess } from "./operator-process.ts";
import { startOrigin } from "./origin-server.ts";
import { readExactly, SocksRefused, socksConnect } from "./socks-client.ts";

/** How far this test's clock and the machine's scheduling may blur an instant. */
const BLUR_MS = 750;

test("service ends with the lease when the authority is silent", async () => {
  await using operator = await OperatorProcess.start({ faults: true });
  await using origin = await startOrigin();
  // The hospital lies in a special zone with leases of 15 s; Warsaw has ordinary ones of 60 s.
  const leaseOf = async (id: string): Promise<number> =>
    Date.parse((await operator.terminal(id)).admission?.leaseUntil ?? "");
  const terminals = await Promise.all(
    ["chasiv-yar-hospital", "warsaw"].map(async id => {
      const socket = await socksConnect(await operator.proxyPort(id), "127.0.0.1", origin.echoPort);
      const state = {
        id,
        socket,
        endedAt: Number.POSITIVE_INFINITY,
        lastEchoAt: 0,
        leaseBefore: 0,
        leaseUntil: 0,
      };
      for (const event of ["error", "close"]) {
        socket.on(event, () => {
          state.endedAt = Math.min(state.endedAt, Date.now());
        });
      }
      return state;
    }),
  );
  for (const state of terminals) state.leaseBefore = await leaseOf(state.id);
  const cut = await operator.post("/v1/faults", { authorityReachable: false });
  assert.equal(cut.status, 200);
  const cutAt = Date.now();
  for (const state of terminals) {
    // Renewals that the operator still sends do not arrive, so the lease that counts is the one it had at the cut: what
    // was read just before, unless it was renewed in between; then what is read now.
    state.leaseUntil = await leaseOf(state.id);
    assert.ok(state.leaseUntil > cutAt, state.id);
  }
  // A suspension cannot get through either; the lease bounds how long that can matter.
  await operator.order({
    kind: "suspend",
    terminalId: "warsaw",
    ground: "The story wants to see what a silent authority can do.",
    hours: 1,
  });
  while (terminals.some(t => t.endedAt === Number.POSITIVE_INFINITY) && Date.now() < cutAt + 70_000) {
    await Promise.all(
      terminals
        .filter(t => t.endedAt === Number.POSITIVE_INFINITY)
        .map(async state => {
          try {
            state.socket.write("tick");
            await readExactly(state.socket, 4);
            state.lastEchoAt = Date.now();
          } catch {
            // The connection ended; its close handler noted when.
          }
        }),
    );
    await new Promise(done => setTimeout(done, 100));
  }
  for (const { id, endedAt, lastEchoAt, leaseBefore, leaseUntil } of terminals) {
    assert.ok(lastEchoAt > cutAt + 1_000, `${id}: traffic went on after the cut`);
    assert.ok(endedAt <= leaseUntil + BLUR_MS, `${id}: ended ${endedAt - leaseUntil} ms after the lease`);
    assert.ok(endedAt >= leaseBefore - BLUR_MS, `${id}: ended ${leaseBefore - endedAt} ms before the lease`);
    await assert.rejects(
      socksConnect(await operator.proxyPort(id), "127.0.0.1", origin.echoPort),
      (error: unknown) => error instanceof SocksRefused && error.reply === 2,
    );
  }
  const [hospital, warsaw] = terminals;
  assert.ok(hospital!.endedAt - cutAt <= 15_000 + BLUR_MS, "a special zone's lease is short");
  assert.ok(warsaw!.endedAt - cutAt <= 60_000 + BLUR_MS, "no lease is longer than 60 s");
  // The rest of the operator went on: the network still plans slots for it.
  const { slot, clock } = await operator.status();
  assert.ok(Date.parse(slot.end) > Date.parse(clock.now));
  assert.notEqual((await operator.terminal("warsaw")).link, null);
  // Joined again, service is back where the authority still permits it, and nowhere else.
  await operator.post("/v1/faults", { authorityReachable: true });
  const until = Date.now() + 20_000;
  let back = false;
  while (!back && Date.now() < until) {
    back = await socksConnect(
      await operator.proxyPort("chasiv-yar-hospital"),
      "127.0.0.1",
      origin.echoPort,
    ).then(
      socket => {
        socket.destroy();
        return true;
      },
      () => false,
    );
    await new Promise(done => setTimeout(done, 200));
  }
  assert.ok(back, "the hospital is served again");
  await assert.rejects(
    socksConnect(await operator.proxyPort("warsaw"), "127.0.0.1", origin.echoPort),
    SocksRefused,
  );
});

test("without --faults nobody can cut the authority off", async () => {
  await using operator = await OperatorProcess.start();
  const { status } = await operator.post("/v1/faults", { authorityReachable: false });
  assert.equal(status, 404);
});
