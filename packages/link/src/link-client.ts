// SPDX-License-Identifier: MIT
import type { MessagePort, Worker } from "node:worker_threads";
import type { LinkEngineClient, Result } from "./contract.ts";
import type { Answer, Call, Request } from "./messages.ts";

const closed: Result<never> = {
  ok: false,
  error: { code: "CLOSED", message: "The data plane's thread is closed.", place: "port" },
};

/**
 * The calling end of `hostLinkEngine`: give it the worker, or the port that the host was given the other end of.
 * Once the other end is gone every call, also a pending one, answers CLOSED.
 */
export function connectLinkEngine(port: MessagePort | Worker): LinkEngineClient {
  const pending = new Map<number, (result: Result<unknown>) => void>();
  let nextId = 1;
  let open = true;
  const shut = () => {
    open = false;
    for (const settle of pending.values()) settle(closed);
    pending.clear();
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
    const id = nextId++;
    return new Promise(resolve => {
      pending.set(id, result => resolve(result as Result<Value>));
      const request: Request = { id, body };
      port.postMessage(request);
    });
  };

  return {
    attach: request => ask({ call: "attach", request }),
    setLinkStates: states => ask({ call: "setLinkStates", states }),
    installLeases: leases => ask({ call: "installLeases", leases }),
    revoke: (terminalId, revocation) => ask({ call: "revoke", terminalId, revocation }),
    setRefusal: (terminalId, reason) => ask({ call: "setRefusal", terminalId, reason }),
    stats: () => ask({ call: "stats" }),
    setAuthorityReachable: reachable => ask({ call: "setAuthorityReachable", reachable }),
    async [Symbol.asyncDispose]() {
      await ask({ call: "dispose" });
      shut();
    },
  };
}
