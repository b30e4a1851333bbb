// SPDX-License-Identifier: MIT
// The HTTP contract of terminals' local APIs: where they answer, and what they are made to show.
import { z } from "zod";

const socket = z.string().meta({ description: "host:port" });

const sceneName = z.string().min(1).max(100);

export const scene = z.object({
  name: sceneName,
  sentence: z.string().meta({ description: "What the terminal shows in it" }),
});

export const dish = z.object({
  terminalId: z.string(),
  id: z.string().meta({ description: "As the terminal names itself, and as `target_id` names it" }),
  routerId: z.string(),
  kitNumber: z.string(),
  softwareVersion: z.string(),
  grpc: socket,
  grpcWeb: socket,
  routerGrpc: socket,
  routerGrpcWeb: socket,
  onAir: z.boolean().meta({ description: "Whether its radio is on" }),
  silentBecause: z.string().nullable().meta({ description: "Why it is not; null: it is" }),
  outage: z.string().nullable().meta({ description: "Why it is out of service; null: it is connected" }),
  disablementCode: z.number().int(),
  alerts: z.array(z.number().int()).meta({ description: "Alerts of the running slot, by their codes" }),
  scene: sceneName.nullable().meta({ description: "What it is made to show; null: what it is" }),
});

export const sceneRequest = z.strictObject({ scene: sceneName });

export type DishView = z.infer<typeof dish>;
export type SceneView = z.infer<typeof scene>;
export type SceneRequest = z.infer<typeof sceneRequest>;
