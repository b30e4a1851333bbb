// SPDX-License-Identifier: MIT
import { sceneNamed, scenes } from "@perigee/dish";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { dish, type SceneRequest, scene, sceneRequest } from "../dish/contract.ts";
import type { DishDesk } from "../dish/dish-desk.ts";
import { notFound } from "./problem.ts";

const params = z.object({ id: z.string().max(64) });
type Params = z.infer<typeof params>;

/**
 * Terminals as devices: where their local APIs answer, and what they are made to show.
 *
 * @param mayStage - Whether scenes may be set.
 */
export function serveDishes(server: FastifyInstance, dishes: DishDesk, mayStage: boolean): void {
  server.get(
    "/v1/dishes",
    {
      config: { permission: "terminals.read" },
      schema: {
        summary: "Where each terminal's local API answers, and its state",
        tags: ["terminals"],
        response: { 200: z.array(dish) },
      },
    },
    () => dishes.list(),
  );
  server.get(
    "/v1/terminals/:id/dish",
    {
      config: { permission: "terminals.read" },
      schema: {
        summary: "Where one terminal's local API answers, and its state",
        tags: ["terminals"],
        params,
        response: { 200: dish },
      },
    },
    request => found(dishes, (request.params as Params).id),
  );
  server.get(
    "/v1/scenes",
    {
      config: { permission: "terminals.read" },
      schema: {
        summary: "What terminals can be made to show",
        tags: ["terminals"],
        response: { 200: z.array(scene) },
      },
    },
    () => scenes.map(({ name, sentence }) => ({ name, sentence })),
  );
  if (!mayStage) return;
  server.put(
    "/v1/terminals/:id/scene",
    {
      config: { permission: "faults.use" },
      schema: {
        summary: "Make a terminal show a scene",
        tags: ["faults"],
        params,
        body: sceneRequest,
        response: { 200: dish },
      },
    },
    async request => {
      const { id } = request.params as Params;
      const { scene: name } = request.body as SceneRequest;
      const wanted = sceneNamed(name);
      if (wanted === null) throw notFound(`scene "${name}"`);
      if (!(await dishes.setScene(id, wanted))) throw notFound(`dish of the terminal "${id}"`);
      return found(dishes, id);
    },
  );
  server.delete(
    "/v1/terminals/:id/scene",
    {
      config: { permission: "faults.use" },
      schema: {
        summary: "Let a terminal show what it is",
        tags: ["faults"],
        params,
        response: { 200: dish },
      },
    },
    async request => {
      const { id } = request.params as Params;
      if (!(await dishes.setScene(id, null))) throw notFound(`dish of the terminal "${id}"`);
      return found(dishes, id);
    },
  );
}

function found(dishes: DishDesk, id: string): z.infer<typeof dish> {
  const view = dishes.view(id);
  if (view === null) throw notFound(`dish of the terminal "${id}"`);
  return view;
}
