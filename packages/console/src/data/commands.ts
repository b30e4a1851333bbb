// SPDX-License-Identifier: MIT
// What the authority can be asked to do: the operator's own description of it, a preview, and the request itself.
import type { CarriedOut, Preview } from "@perigee/operator/contract";
import { getJson, sendJson } from "./api.ts";
import { type Field, fieldsOf, type JsonSchema } from "./commands-schema.ts";
import type { Result } from "./failure.ts";

/** A command as the operator describes it. */
export interface CommandForm {
  readonly name: string;
  /** One sentence. */
  readonly summary: string;
  readonly permission: string;
  readonly fields: readonly Field[];
}

interface OpenApi {
  readonly paths: Readonly<Record<string, { readonly post?: Operation }>>;
}

interface Operation {
  readonly summary?: string;
  readonly "x-permission"?: string;
  readonly requestBody?: {
    readonly content: { readonly "application/json"?: { readonly schema: JsonSchema } };
  };
}

let described: Promise<Result<OpenApi>> | null = null;

/** The form of a command. The operator's description is fetched once, with the first form that is opened. */
export async function commandForm(name: string): Promise<Result<CommandForm>> {
  described ??= getJson<OpenApi>("/v1/openapi.json");
  const answer = await described;
  if (!answer.ok) {
    described = null;
    return answer;
  }
  const post = answer.value.paths[`/v1/commands/${name}`]?.post;
  const schema = post?.requestBody?.content["application/json"]?.schema;
  if (!post || !schema) {
    const message = `This operator knows no command ${name}. It may be of another version than this page.`;
    return { ok: false, error: { code: "COMMAND_UNKNOWN", message, place: name } };
  }
  return {
    ok: true,
    value: {
      name,
      summary: post.summary ?? name,
      permission: post["x-permission"] ?? "public",
      fields: fieldsOf(schema),
    },
  };
}

/** What a command would lead to now; nothing changes. */
export function previewCommand(name: string, request: unknown): Promise<Result<Preview>> {
  return sendJson("POST", `/v1/previews/${name}`, request);
}

/** @param reason for the two persons who must approve, where that is needed; empty: none */
export function sendCommand(name: string, request: unknown, reason: string): Promise<Result<CarriedOut>> {
  const query = reason.trim() === "" ? "" : `?${new URLSearchParams({ reason: reason.trim() })}`;
  return sendJson("POST", `/v1/commands/${name}${query}`, request);
}
