// SPDX-License-Identifier: MIT
// The PoP side: from here on it is this machine's own network.
import { lookup } from "node:dns/promises";
import { connect, isIP, type LookupFunction, Socket } from "node:net";
import type { ReservedService } from "./contract.ts";
import type { Destination } from "./destination.ts";
import type { Refusal } from "./refusal.ts";

export interface Dialer {
  readonly timeoutMs: number;
  readonly resolve: (hostname: string) => Promise<readonly string[]>;
  readonly forbidden: (address: string, port: number) => boolean;
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

/**
 * Connects, trying all addresses of a name (RFC 8305). Exactly one of `connected` and `failed` is called, once.
 *
 * @param terminalId - Whose connection it is, for a reserved service that wants to know.
 */
export function dial(
  destination: Destination,
  terminalId: string,
  dialer: Dialer,
  outcome: DialOutcome,
): Socket {
  const { dial: target, reserved } = destination;
  const forbidden = reserved ? () => false : dialer.forbidden;
  const isLiteral = isIP(target.host) !== 0;
  const socket =
    isLiteral && forbidden(target.host, target.port)
      ? new Socket().destroy(new Forbidden())
      : connect({
          host: target.host,
          port: target.port,
          noDelay: true,
          allowHalfOpen: true,
          autoSelectFamily: true,
          lookup: lookupThrough(dialer.resolve, address => forbidden(address, target.port)),
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
    if (reserved && target.introduce === true) socket.write(`TERMINAL ${terminalId}\r\n`);
    outcome.connected(socket);
  });
  return socket;
}

class DialTimeout extends Error {
  readonly code = "ETIMEDOUT";
}

class Forbidden extends Error {
  readonly code = "EACCES";
}

function lookupThrough(
  resolve: Dialer["resolve"],
  isForbidden: (address: string) => boolean,
): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname).then(
      addresses => {
        const found = addresses.flatMap(address =>
          isIP(address) === 0 ? [] : [{ address, family: isIP(address) }],
        );
        const allowed = found.filter(({ address }) => !isForbidden(address));
        const [first] = allowed;
        if (first === undefined && found.length > 0) callback(new Forbidden(), "");
        else if (first === undefined)
          callback(Object.assign(new Error("no address"), { code: "ENOTFOUND" }), "");
        else if (options.all) callback(null, allowed);
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
    case "EACCES":
      return {
        kind: "permission",
        code: "DESTINATION_FORBIDDEN",
        message: `No terminal may reach ${place}: it belongs to the operator.`,
      };
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
