// SPDX-License-Identifier: MIT
import { z } from "zod";
import { answered, done, notFound, operation, refused } from "../../operation.ts";
import { eventKinds } from "../events.ts";
import { longestUrl } from "../target.ts";
import type { Webhook } from "../webhook-store.ts";

const instant = z.iso.datetime();
const events = z.array(z.enum(eventKinds)).min(1).max(eventKinds.length);

const webhookView = z.object({
  webhookId: z.string(),
  url: z.string(),
  events,
  madeAt: instant,
});

const viewOf = ({ id, url, events: told, madeAtMs }: Webhook): z.infer<typeof webhookView> => ({
  webhookId: id,
  url,
  events: [...told],
  madeAt: new Date(madeAtMs).toISOString(),
});

const about = {
  path: "/perigee/v1/webhooks",
  tag: "webhooks",
  extension: true,
} as const;

const listWebhooks = operation({
  ...about,
  operationId: "listWebhooks",
  method: "GET",
  summary: "Where the account wants to be told of what happens to its terminals",
  permission: { feature: "DeviceTelemetry", level: "View" },
  content: z.array(webhookView),
  async handle({ fleet, account }) {
    return answered((await fleet.desks.webhooks.list(account.id)).map(viewOf));
  },
});

const addWebhook = operation({
  ...about,
  operationId: "addWebhook",
  method: "POST",
  summary:
    "Has messages sent to an address; the answer holds the secret that they are signed with, this once",
  permission: { feature: "DeviceTelemetry", level: "Edit" },
  body: z.object({ url: z.string().min(1).max(longestUrl), events: events.default([...eventKinds]) }),
  content: webhookView.extend({ secret: z.string() }),
  status: 201,
  async handle({ fleet, account, body }) {
    const desk = fleet.desks.webhooks;
    const why = desk.refuse(body.url);
    if (why !== null) return refused("webhook_target_refused", ["url"], why);
    const webhook = await desk.add(account.id, body.url, body.events);
    if (webhook === null)
      return refused("too_many_webhooks", [], "The account has as many webhooks as it may.");
    return answered({ ...viewOf(webhook), secret: webhook.secret });
  },
});

const endWebhook = operation({
  ...about,
  path: "/perigee/v1/webhooks/{webhookId}",
  operationId: "endWebhook",
  method: "DELETE",
  summary: "Has no more messages sent to an address; those that wait are not sent",
  permission: { feature: "DeviceTelemetry", level: "Edit" },
  async handle({ fleet, account, path }) {
    const id = path["webhookId"]!;
    return (await fleet.desks.webhooks.end(account.id, id)) ? done : notFound("webhookId", id);
  },
});

const listDeliveries = operation({
  ...about,
  path: "/perigee/v1/webhooks/{webhookId}/messages",
  operationId: "listWebhookMessages",
  method: "GET",
  summary: "What became of the newest messages of a webhook",
  permission: { feature: "DeviceTelemetry", level: "View" },
  content: z.array(
    z.object({
      messageId: z.string(),
      at: instant,
      attempts: z.number().int(),
      state: z.enum(["waiting", "delivered", "givenUp"]),
      nextAttempt: instant.nullable(),
      lastAnswer: z.string().nullable(),
    }),
  ),
  async handle({ fleet, account, path }) {
    const desk = fleet.desks.webhooks;
    const id = path["webhookId"]!;
    if (!(await desk.list(account.id)).some(webhook => webhook.id === id)) return notFound("webhookId", id);
    return answered(
      (await desk.deliveries(id)).map(({ messageId, atMs, attempts, state, nextMs, lastAnswer }) => ({
        ...{ messageId, attempts, state, lastAnswer },
        at: new Date(atMs).toISOString(),
        nextAttempt: state === "waiting" ? new Date(nextMs).toISOString() : null,
      })),
    );
  },
});

export const webhookOperations = [listWebhooks, addWebhook, endWebhook, listDeliveries];
