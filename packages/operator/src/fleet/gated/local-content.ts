// SPDX-License-Identifier: MIT
import { z } from "zod";
import { paged, pageQuery } from "../paging.ts";
import { gated } from "./gated.ts";

const view = { tag: "routers", feature: "DeviceCommand", level: "View" } as const;
const edit = { tag: "routers", feature: "DeviceCommand", level: "Edit" } as const;
const sandboxId = z.number().int().min(0).max(1_000_000);

export const localContentOperations = [
  gated({
    ...edit,
    operationId: "addLocalContent",
    method: "POST",
    path: "/public/v2/routers/local-content",
    summary: "Adds a file that routers show on their own site",
    multipart: true,
    content: z.object({ nickname: z.string(), fileContentId: z.string(), fileContentHash: z.string() }),
    status: 201,
  }),
  gated({
    ...view,
    operationId: "listLocalContent",
    method: "GET",
    path: "/public/v2/routers/local-content",
    summary: "Files that routers show on their own site",
    content: z.array(
      z.object({
        nickname: z.string(),
        uploadDate: z.iso.datetime(),
        fileContentId: z.string(),
        fileContentHash: z.string(),
      }),
    ),
  }),
  gated({
    ...view,
    operationId: "listSandboxClients",
    method: "GET",
    path: "/public/v2/routers/sandbox/clients",
    summary: "Clients that are let out of a router's captive portal",
    query: z.object({
      sandboxId: sandboxId.optional(),
      expiryAfter: z.iso.datetime({ offset: true }).optional(),
      ...pageQuery.shape,
    }),
    content: paged(
      z.object({ clientId: z.string().nullable(), sandboxId, expiry: z.iso.datetime() }),
      "SandboxClientResponse",
    ),
  }),
  gated({
    ...edit,
    operationId: "updateSandboxClients",
    method: "POST",
    path: "/public/v2/routers/sandbox/clients",
    summary: "Lets clients out of a router's captive portal",
    body: z
      .array(
        z.object({
          clientId: z.string().min(1).max(100),
          sandboxId,
          expiry: z.iso.datetime({ offset: true }),
        }),
      )
      .max(1_000),
  }),
  gated({
    ...edit,
    operationId: "sandboxHeartbeat",
    method: "PUT",
    path: "/public/v2/routers/sandbox/heartbeat",
    summary: "Says whether the captive portal's own server is well",
    body: z.object({ healthy: z.boolean() }),
  }),
];
