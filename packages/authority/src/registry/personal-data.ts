// SPDX-License-Identifier: MIT
import { z } from "zod";
import { contentHash } from "../content-hash.ts";

/**
 * What a ledger entry holds in place of personal data: a commitment that says nothing to whoever has not got the salt.
 *
 * The ledger cannot forget, so nothing goes into it that must be forgotten. A request keeps what is personal in one
 * member, `personal`; what is kept of the request for a replay, and hashed in the decision, has a hash of that member and
 * a salt in its place ({@link keptRequest}). While record and salt exist, anybody may be shown that they are what was
 * decided upon; once both are erased the hash is mute. A request reads the same with the hash in place of the data and
 * leads to the same decision, so that a replay needs no personal data.
 */
export interface Sealed {
  readonly sealed: string;
}

export const sealedSchema = z.strictObject({ sealed: z.string().regex(/^[0-9a-f]{64}$/) });

/** 128 random bits, lower-case hexadecimal: too many to try all against a hash. */
export const saltSchema = z.string().regex(/^[0-9a-f]{32}$/, "A salt is 32 hexadecimal digits.");

/** The sealed form of personal data; what is sealed stays so. */
export function sealed<Open extends { readonly salt: string }>(personal: Open | Sealed): Sealed {
  if (!isOpen(personal)) return personal;
  const { salt, ...value } = personal;
  return { sealed: contentHash({ salt, value }) };
}

export function isOpen<Open extends { readonly salt: string }>(personal: Open | Sealed): personal is Open {
  return !("sealed" in personal);
}

/** A request as the ledger may hold it. */
export function withoutPersonal<R extends { readonly personal: { readonly salt: string } | Sealed }>(
  request: R,
): Omit<R, "personal"> & { readonly personal: Sealed } {
  return { ...request, personal: sealed(request.personal) };
}

/**
 * What is kept of any request under its hash: itself, but for its personal data. What somebody says for themselves, in the
 * member `statement`, is personal as well.
 */
export function keptRequest(request: unknown): unknown {
  if (!isObject(request)) return request;
  const { personal, statement, salt, ...rest } = request;
  if (typeof statement === "string" && typeof salt === "string") {
    return { ...rest, statement: sealed({ salt, statement }) };
  }
  if (!isObject(personal) || typeof personal["salt"] !== "string") return request;
  return withoutPersonal({ ...request, personal: { ...personal, salt: personal["salt"] } });
}

/** Adds a salt to a request that brings personal data without one; anything else stays as it is. */
export function salted(request: unknown, salt: string): unknown {
  if (!isObject(request)) return request;
  if (typeof request["statement"] === "string" && !("salt" in request)) return { ...request, salt };
  const { personal } = request;
  if (!isObject(personal) || "salt" in personal || "sealed" in personal) return request;
  return { ...request, personal: { ...personal, salt } };
}

/** What stands for the name of a party whose name nobody has any more. */
export function pseudonymOf(partyId: string): string {
  return `Party ${partyId}`;
}

function isObject(value: unknown): value is { readonly [member: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
