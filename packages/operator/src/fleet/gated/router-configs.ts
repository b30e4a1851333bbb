// SPDX-License-Identifier: MIT
import { z } from "zod";
import { paged, pageQuery } from "../paging.ts";
import { gated } from "./gated.ts";

const id = z.string().min(1).max(100);
const configRequest = z.object({
  nickname: z.string().max(200).nullish(),
  routerConfigJson: z.string().min(2).max(200_000),
});
const config = z.object({ configId: z.string(), nickname: z.string(), routerConfigJson: z.string() });
const defaultConfig = z.object({ configId: z.string().nullable() });
const pem = z.string().min(1).max(100_000);
const tlsConfig = z.object({
  certificateBase64Pem: z.string(),
  notBefore: z.iso.datetime(),
  notAfter: z.iso.datetime(),
});

const view = { tag: "routers", feature: "DeviceCommand", level: "View" } as const;
const edit = { tag: "routers", feature: "DeviceCommand", level: "Edit" } as const;
const assign = { tag: "routers", feature: "DeviceConfigurationAssignment", level: "Edit" } as const;

export const routerConfigOperations = [
  gated({
    ...view,
    operationId: "listRouterConfigs",
    method: "GET",
    path: "/public/v2/routers/configs",
    summary: "Configurations of routers",
    query: pageQuery,
    content: paged(config, "RouterConfigResponseV2"),
  }),
  gated({
    ...edit,
    operationId: "createRouterConfig",
    method: "POST",
    path: "/public/v2/routers/configs",
    summary: "Makes a configuration of routers",
    body: configRequest,
    content: config,
    status: 201,
  }),
  gated({
    ...view,
    operationId: "readRouterConfig",
    method: "GET",
    path: "/public/v2/routers/configs/{configId}",
    summary: "A configuration of routers",
    content: config,
  }),
  gated({
    ...edit,
    operationId: "updateRouterConfig",
    method: "PUT",
    path: "/public/v2/routers/configs/{configId}",
    summary: "Changes a configuration of routers",
    body: configRequest,
    content: config,
  }),
  gated({
    ...assign,
    operationId: "assignRouterConfig",
    method: "PUT",
    path: "/public/v2/routers/configs/assign",
    summary: "Gives routers a configuration",
    body: z.object({ configId: id.nullish(), routerIds: z.array(id).max(1_000) }),
  }),
  gated({
    ...view,
    operationId: "readDefaultRouterConfig",
    method: "GET",
    path: "/public/v2/routers/configs/default",
    summary: "The configuration that new routers get",
    content: defaultConfig,
  }),
  gated({
    ...assign,
    operationId: "setDefaultRouterConfig",
    method: "PUT",
    path: "/public/v2/routers/configs/default",
    summary: "Says which configuration new routers get",
    body: z.object({ configId: id }),
  }),
  gated({
    ...view,
    operationId: "listTlsConfigs",
    method: "GET",
    path: "/public/v2/routers/configs/tls",
    summary: "Certificates of routers' own sites",
    query: pageQuery,
    content: paged(tlsConfig, "TlsConfigResponseV2"),
  }),
  gated({
    ...edit,
    operationId: "createTlsConfig",
    method: "POST",
    path: "/public/v2/routers/configs/tls",
    summary: "Adds a certificate of routers' own sites",
    body: z.object({ certificateBase64Pem: pem, keyBase64Pem: pem }),
    content: defaultConfig,
    status: 201,
  }),
  gated({
    ...edit,
    operationId: "deleteTlsConfig",
    method: "DELETE",
    path: "/public/v2/routers/configs/tls",
    summary: "Takes a certificate away",
    body: z.object({ certificateBase64Pem: pem }),
  }),
  gated({
    ...assign,
    operationId: "assignUserTerminalConfig",
    method: "PUT",
    path: "/public/v2/user-terminals/configs/assign",
    summary: "Gives terminals a configuration",
    body: z.object({ configId: id.nullish(), userTerminalIds: z.array(id).max(1_000) }),
  }),
];
