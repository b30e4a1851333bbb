// SPDX-License-Identifier: MIT
// What crosses the MessagePort between the control plane and the data plane's thread.
import type { Lease } from "@perigee/authority";
import type { LinkState } from "@perigee/network";
import type { AttachRequest, Reason, Result, Revocation } from "./contract.ts";

/** The authority's word. Only these are lost when the authority is cut off. */
export type AuthorityCall =
  | { readonly call: "installLeases"; readonly leases: readonly Lease[] }
  | { readonly call: "revoke"; readonly terminalId: string; readonly revocation: Revocation }
  | { readonly call: "setRefusal"; readonly terminalId: string; readonly reason: Reason };

export type NetworkCall =
  | { readonly call: "attach"; readonly request: AttachRequest }
  | { readonly call: "setLinkStates"; readonly states: readonly LinkState[] }
  | { readonly call: "stats" }
  | { readonly call: "setAuthorityReachable"; readonly reachable: boolean }
  | { readonly call: "dispose" };

export type Call = AuthorityCall | NetworkCall;

export interface Request {
  readonly id: number;
  readonly body: Call;
}

export interface Answer {
  readonly id: number;
  readonly result: Result<unknown>;
}

export function isAuthorityCall(body: Call): body is AuthorityCall {
  return body.call === "installLeases" || body.call === "revoke" || body.call === "setRefusal";
}
