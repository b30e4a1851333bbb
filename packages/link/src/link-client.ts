// SPDX-License-Identifier: MIT
import type { MessagePort, Worker } from "node:worker_threads";
import type { LinkEngineClient, Result } from "./contract.ts";
import { type Answer, type Call, isAuthorityCall, type NumberedOrder, type Request } from "./messages.ts";
import { OrderOutbox } from "./order-outbox.ts";

export interface LinkClientOptions {
  /** A numbered order without an answer is sent again after this time; default 1,000 ms. */
  readonly resendMs?: number;
}

const closed: Result<never> = {
  ok: false,
  error: { code: "CLOSED", message: "The data plane's thread is closed.", place: "port" },
};

/**
 * The calling end of `hostLinkEngine`: give it the worker, or the port that the host was given the other end of.
 * Once the other end is gone every call, also a pending one, answers CLOSED.
 */
export function connectLinkEngine(
  port: MessagePort | Worker,
  options: LinkClientOptions = {},
): LinkEngineClient {
  const pending = new Map<number, (result: Result<unknown>) => void>();
  let nextId = 1;
  let open = true;
  const shut = () => {
    open = false;
    for (const settle of pending.values()) settle(closed);
    pending.clear();
    outbox.close(closed);
  };
  port.on("message", ({ id, result }: Answer) => {
    pending.get(id)?.(result);
    pending.delete(id);
  });
  port.once("close", shut);
  port.once("exit", shut);

  // The host answers each call with the type that `LinkEngine` gives it; messages.ts and link-host.ts say which.
  const ask = <Value>(body: Call): Promise<Result<Value>> => {
    if (!open) return Promise.resolve(closed);
    const id = body.call === "order" ? -body.sequence : nextId++;
    return new Promise(resolve => {
      pending.set(id, result => {
        resolve(result as Result<Value>);
        // The authority is heard again: what was not carried out while it was cut off is now.
        if (result.ok && isAuthorityCall(body) && body.call !== "order" && outbox.size > 0)
          void outbox.catchUp();
      });
      const request: Request = { id, body };
      port.postMessage(request);
    });
  };
  const outbox = new OrderOutbox(
    (sequence, order) => ask({ call: "order", sequence, order }),
    options.resendMs ?? 1_000,
  );
  // The report of an order is of the type that `LinkEngine` gives it; order-inbox.ts says which.
  const give = async <Report>(order: NumberedOrder): Promise<Result<Report>> =>
    (await (open ? outbox.give(order) : closed)) as Result<Report>;

  return {
    attach: request => ask({ call: "attach", request }),
    setLinkStates: states => ask({ call: "setLinkStates", states }),
    installLeases: leases => ask({ call: "installLeases", leases }),
    revoke: (terminalId, revocation) => ask({ call: "revoke", terminalId, revocation }),
    revokeMany: (terminalIds, revocation) => give({ call: "revokeMany", terminalIds, revocation }),
    setRefusals: refusals => give({ call: "setRefusals", refusals }),
    transmit: orders => give({ call: "transmit", orders }),
    enrol: terminalIds => ask({ call: "enrol", terminalIds }),
    permits: (terminalId, reach) => ask({ call: "permits", terminalId, reach }),
    unacknowledged: () => outbox.size,
    catchUp: () => outbox.catchUp(),
    setRefusal: (terminalId, reason) => ask({ call: "setRefusal", terminalId, reason }),
    stats: () => ask({ call: "stats" }),
    setAuthorityReachable: reachable => ask({ call: "setAuthorityReachable", reachable }),
    async [Symbol.asyncDispose]() {
      await ask({ call: "dispose" });
      shut();
    },
  };
}
