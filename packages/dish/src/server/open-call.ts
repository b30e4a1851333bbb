// SPDX-License-Identifier: MIT
import type { IncomingHttpHeaders } from "node:http";
import { Call, type Wire } from "./call.ts";
import type { Connection } from "./connection.ts";
import type { RpcStatus } from "./device.ts";
import { timeoutMs } from "./grpc-timeout.ts";
import type { MethodTable } from "./method.ts";
import { refusal } from "./rpc-status.ts";

/** By what a call travels, as its `content-type` says. */
export type Dialect = "grpc" | "web" | "webText";

/** @returns null: this is no call of either kind */
export function dialectOf(contentType: string | undefined): Dialect | null {
  // What follows a plus sign or a semicolon is about the message, and messages are what they are here.
  switch (contentType?.match(/^[^+; ]*/)?.[0]) {
    case "application/grpc":
      return "grpc";
    case "application/grpc-web":
      return "web";
    case "application/grpc-web-text":
      return "webText";
    default:
      return null;
  }
}

const UNKNOWN_ENCODING = refusal("unimplemented", "the terminal takes messages without compression only");
const BAD_TIMEOUT = refusal("internal", "grpc-timeout is a number of at most eight digits and a unit");

/**
 * Begins the call that some headers ask for.
 *
 * @returns null: it was refused, and has ended
 */
export function openCall(
  methods: MethodTable,
  connection: Connection,
  path: string,
  headers: IncomingHttpHeaders,
  wire: Wire,
  messageBytes: number,
): Call | null {
  const refuse = (status: RpcStatus): null => {
    connection.spoke();
    wire.end(status);
    return null;
  };
  const method = methods.get(path);
  if (method === undefined) return refuse(unknownMethod(methods, path));
  const encoding = headers["grpc-encoding"];
  if (encoding !== undefined && encoding !== "identity") return refuse(UNKNOWN_ENCODING);
  const timeout = headers["grpc-timeout"];
  const deadlineMs = timeout === undefined ? null : timeoutMs(`${timeout}`);
  if (timeout !== undefined && deadlineMs === null) return refuse(BAD_TIMEOUT);
  const call = new Call(method, connection.endpoint, wire, connection, messageBytes, deadlineMs);
  connection.begin(call);
  call.begin();
  return call;
}

/** Says whether the service or only the method is unknown. */
function unknownMethod(methods: MethodTable, path: string): RpcStatus {
  const service = path.slice(0, path.lastIndexOf("/") + 1);
  const known = [...methods.keys()].some(name => name.startsWith(service) && service.length > 1);
  return refusal("unimplemented", `the terminal has no ${known ? "method" : "service"} ${path}`);
}
