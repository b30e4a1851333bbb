// SPDX-License-Identifier: MIT
// What crosses the MessagePort between the control plane and the data plane's thread.
import type { Lease, Reach } from "@perigee/authority";
import type { LinkState } from "@perigee/network";
import type {
  AttachRequest,
  DatedRevocation,
  Refused,
  Result,
  Revocation,
  TransmitOrder,
} from "./contract.ts";

/** What takes service away from many. It is numbered, repeated until it is acknowledged, and carried out once. */
export type NumberedOrder =
  | {
      readonly call: "revokeMany";
      readonly terminalIds: readonly string[];
      readonly revocation: DatedRevocation;
    }
  | { readonly call: "setRefusals"; readonly refusals: readonly Refused[] }
  | { readonly call: "transmit"; readonly orders: readonly TransmitOrder[] };

/** The authority's word. Only these are lost when the authority is cut off. */
export type AuthorityCall =
  | { readonly call: "installLeases"; readonly leases: readonly Lease[] }
  | { readonly call: "revoke"; readonly terminalId: string; readonly revocation: Revocation }
  | { readonly call: "setRefusal"; readonly terminalId: string; readonly reason: Revocation }
  | { readonly call: "order"; readonly sequence: number; readonly order: NumberedOrder };

export type NetworkCall =
  | { readonly call: "attach"; readonly request: AttachRequest }
  | { readonly call: "enrol"; readonly terminalIds: readonly string[] }
  | { readonly call: "permits"; readonly terminalId: string; readonly reach: Reach | "emergency" }
  | { readonly call: "setLinkStates"; readonly states: readonly LinkState[] }
  | { readonly call: "stats" }
  | { readonly call: "setAuthorityReachable"; readonly reachable: boolean }
  | { readonly call: "dispose" };

export type Call = AuthorityCall | NetworkCall;

export interface Request {
  /** Of the call; that of a numbered order is minus its sequence, so that an answer to any of its copies will do. */
  readonly id: number;
  readonly body: Call;
}

export interface Answer {
  readonly id: number;
  readonly result: Result<unknown>;
}

const authorityCalls: ReadonlySet<Call["call"]> = new Set<AuthorityCall["call"]>([
  "installLeases",
  "revoke",
  "setRefusal",
  "order",
]);

export function isAuthorityCall(body: Call): body is AuthorityCall {
  return authorityCalls.has(body.call);
}
