// SPDX-License-Identifier: MIT
// The PoP side: from here on it is this machine's own network.
import { lookup } from "node:dns/promises";
import { connect, isIP, type LookupFunction, type Socket } from "node:net";
import type { ReservedService } from "./contract.ts";
import type { Refusal } from "./refusal.ts";

export interface Dialer {
  readonly timeoutMs: number;
  readonly resolve: (hostname: string) => Promise<readonly string[]>;
}

export interface DialOutcome {
  connected(socket: Socket): void;
  failed(refusal: Refusal): void;
}

/** This machine's resolver, in the order in which it answers. */
export async function resolveHere(hostname: string): Promise<readonly string[]> {
  const found = await lookup(hostname, { all: true, order: "verbatim" });
  return found.map(entry => entry.address);
}

/** Connects, trying all addresses of a name (RFC 8305). Exactly one of `connected` and `failed` is called, once. */
export function dial(target: ReservedService, dialer: Dialer, outcome: DialOutcome): Socket {
  const socket = connect({
    host: target.host,
    port: target.port,
    noDelay: true,
    allowHalfOpen: true,
    autoSelectFamily: true,
    lookup: lookupThrough(dialer.resolve),
  });
  // Reading starts when the tunnel stands: nothing may be read, nor an end noticed, before.
  socket.pause();
  const timer = setTimeout(() => socket.destroy(new DialTimeout()), dialer.timeoutMs);
  const onError = (error: NodeJS.ErrnoException) => {
    clearTimeout(timer);
    outcome.failed(refusalOf(error, target));
  };
  socket.once("error", onError);
  socket.once("close", () => clearTimeout(timer));
  socket.once("connect", () => {
    clearTimeout(timer);
    socket.off("error", onError);
    socket.on("error", () => {});
    outcome.connected(socket);
  });
  return socket;
}

class DialTimeout extends Error {
  readonly code = "ETIMEDOUT";
}

function lookupThrough(resolve: Dialer["resolve"]): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname).then(
      addresses => {
        const found = addresses.flatMap(address =>
          isIP(address) === 0 ? [] : [{ address, family: isIP(address) }],
        );
        const [first] = found;
        if (first === undefined) callback(Object.assign(new Error("no address"), { code: "ENOTFOUND" }), "");
        else if (options.all) callback(null, found);
        else callback(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) =>
        callback(Object.assign(error, { code: error.code ?? "ENOTFOUND" }), ""),
    );
  };
}

/** What a failure to connect is to the client. */
export function refusalOf(error: NodeJS.ErrnoException, target: ReservedService): Refusal {
  const place = `${target.host}, port ${target.port}`;
  switch (error.code) {
    case "ECONNREFUSED":
    case "ECONNRESET":
      return {
        kind: "destinationRefused",
        code: "DESTINATION_REFUSED",
        message: `Connection refused by ${place}.`,
      };
    case "ETIMEDOUT":
      return { kind: "timedOut", code: "DESTINATION_TIMEOUT", message: `No answer in time from ${place}.` };
    case "ENOTFOUND":
    case "EAI_AGAIN":
    case "EAI_FAIL":
    case "ENODATA":
    case "ESERVFAIL":
      return {
        kind: "nameNotFound",
        code: "NAME_NOT_FOUND",
        message: `The name ${target.host} has no address.`,
      };
    default:
      return { kind: "unreachable", code: "DESTINATION_UNREACHABLE", message: `No way to ${place}.` };
  }
}
