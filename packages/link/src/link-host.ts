// SPDX-License-Identifier: MIT
import type { MessagePort } from "node:worker_threads";
import type { LinkEngineOptions, LinkError, Result } from "./contract.ts";
import { createLinkEngine } from "./engine.ts";
import { type Answer, type Call, isAuthorityCall, type Request } from "./messages.ts";
import { OrderInbox } from "./order-inbox.ts";

export interface LinkHostOptions extends LinkEngineOptions {
  /** Allows faults to be injected for tests: being cut off from the authority. Default `false`. */
  readonly faults?: boolean;
}

/**
 * Runs an engine that is told what to do through a port; the other end is `connectLinkEngine`. When the port closes,
 * for whatever reason, the engine closes with it: nobody is left who could take service away.
 *
 * @example In a worker:
 * ```ts
 * import { parentPort } from "node:worker_threads";
 * hostLinkEngine(parentPort!, { verifyLease });
 * ```
 */
export function hostLinkEngine(port: MessagePort, options: LinkHostOptions): AsyncDisposable {
  const engine = createLinkEngine(options);
  const inbox = new OrderInbox(engine);
  let authorityReachable = true;
  let closing: Promise<void> | null = null;
  const close = async (): Promise<void> => {
    closing ??= (async () => engine[Symbol.asyncDispose]())();
    await closing;
  };

  const carryOut = async (body: Call): Promise<Result<unknown>> => {
    if (isAuthorityCall(body) && !authorityReachable) {
      return failure(
        "AUTHORITY_UNREACHABLE",
        "The authority is cut off from the data plane (injected fault).",
        body.call,
      );
    }
    switch (body.call) {
      case "attach":
        return engine.attach(body.request);
      case "setLinkStates":
        return { ok: true, value: engine.setLinkStates(body.states) };
      case "installLeases":
        return { ok: true, value: engine.installLeases(body.leases) };
      case "revoke":
        return engine.revoke(body.terminalId, body.revocation);
      case "setRefusal":
        return engine.setRefusal(body.terminalId, body.reason);
      case "order":
        return { ok: true, value: inbox.take(body.sequence, body.order) };
      case "enrol":
        return { ok: true, value: engine.enrol(body.terminalIds) };
      case "permits":
        return { ok: true, value: engine.permits(body.terminalId, body.reach) };
      case "stats":
        return { ok: true, value: engine.stats() };
      case "setAuthorityReachable":
        if (options.faults !== true)
          return failure("FAULTS_DISABLED", "This host injects no faults.", "faults");
        authorityReachable = body.reachable;
        return { ok: true, value: null };
      case "dispose":
        await close();
        return { ok: true, value: null };
      default:
        body satisfies never;
        return failure("INTERNAL", "Unknown call.", "call");
    }
  };

  port.on("message", async ({ id, body }: Request) => {
    const answer: Answer = { id, result: await carryOut(body).catch(internal) };
    port.postMessage(answer);
    if (body.call === "dispose") port.close();
  });
  port.once("close", close);
  return {
    async [Symbol.asyncDispose]() {
      await close();
      port.close();
    },
  };
}

function failure(code: LinkError["code"], message: string, place: string): Result<never> {
  return { ok: false, error: { code, message, place } };
}

function internal(error: unknown): Result<never> {
  return failure("INTERNAL", error instanceof Error ? error.message : String(error), "engine");
}
