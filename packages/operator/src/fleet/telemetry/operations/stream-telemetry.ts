// SPDX-License-Identifier: MIT
import { z } from "zod";
import { answered, operation, refused, WrittenJson } from "../../operation.ts";

/** Most rows of an answer, and the longest wait for them in ms. */
const MOST = 65_000;

const streamRequest = z.object({
  batchSize: z.number().int().min(1).max(MOST).nullish(),
  maxLingerMs: z.number().int().min(0).max(MOST).nullish(),
});

const value = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.null(),
  z.array(z.union([z.number(), z.string()])),
]);

const streamResponse = z.object({
  data: z.object({
    values: z.array(z.array(value)),
    columnNamesByDeviceType: z.record(z.string(), z.array(z.string())),
    aggregateValues: z.null(),
    aggregateColumnNamesByDeviceType: z.null(),
  }),
  metadata: z.object({
    LastPartitionUtcTimestampNs: z.number().meta({ description: "An integer beyond 2^53" }),
    enums: z.object({
      DeviceType: z.record(z.string(), z.string()),
      AlertsByDeviceType: z.record(z.string(), z.record(z.string(), z.string())),
    }),
  }),
});

export const streamTelemetry = operation({
  operationId: "streamTelemetry",
  method: "POST",
  path: "/public/v2/telemetry/stream",
  summary: "What the account's devices said since this service account asked last; waits for more",
  tag: "telemetry",
  permission: { feature: "DeviceTelemetry", level: "View" },
  body: streamRequest,
  content: streamResponse,
  wrapped: false,
  async handle({ fleet, client, account, body, signal }) {
    const { batchSize, maxLingerMs } = body;
    const desk = fleet.desks.telemetry;
    const text = await desk.stream(
      client.clientId,
      account,
      batchSize ?? 1_000,
      maxLingerMs ?? 15_000,
      signal,
    );
    if (text === null) return refused("caller_gone", [], "The caller hung up.", 503);
    return answered(new WrittenJson(text));
  },
});
