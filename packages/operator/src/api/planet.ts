// SPDX-License-Identifier: MIT
import { cellIndex } from "@perigee/earth";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { OperatorContext } from "../context.ts";
import { planet, planetCellDetail, planetCells, planetGateway, planetSatellite } from "../contract.ts";
import { coverageBytes } from "../planet/coverage.ts";
import { type Parents, parentsAt, rowsUnder } from "../planet/parent-cells.ts";
import type { PlanetGround } from "../planet/planet-service.ts";
import { PlanetViews } from "../planet/planet-views.ts";
import type { PlanetSlot } from "../planet/slot-record.ts";
import { ProblemError } from "./problem.ts";

/** The running slot, or the newest planned, where none is given. */
export const slotQuery = z.object({ slot: z.coerce.number().int().min(0).max(1e9).optional() });

const coverageQuery = slotQuery.extend({ resolution: z.coerce.number().int().min(2).max(4).default(3) });
const cellsQuery = slotQuery.extend({
  parent: z
    .string()
    .regex(/^[0-9a-f]{15}$/, "an H3 index has 15 hexadecimal digits")
    .meta({ description: "H3 index of resolution 1 to 4" }),
});
const cellParams = z.object({ cell: z.string().max(64) });
const satelliteParams = z.object({ catalogNumber: z.coerce.number().int().min(0).max(999_999_999) });

interface Asked {
  readonly slot: PlanetSlot;
  readonly ground: PlanetGround;
  readonly views: PlanetViews;
}

/** The planet's plan: its state, and what a slot that is kept has for a region, a cell, a satellite, the gateways. */
export function servePlanet(server: FastifyInstance, operator: OperatorContext): void {
  const parents = new WeakMap<object, Map<number, Parents>>();

  async function ask(wanted: number | undefined): Promise<Asked> {
    if (operator.config.planet === "off") {
      throw new ProblemError(
        404,
        "PLANET_OFF",
        "This operator does not plan the planet: it was started with --planet off.",
      );
    }
    const slot = await operator.planet.slot(wanted);
    const { ground } = operator.planet;
    if (slot === null || ground === null) {
      const what = wanted === undefined ? "No slot is planned yet" : `The plan of slot ${wanted} is not kept`;
      throw new ProblemError(404, "SLOT_NOT_KEPT", `${what}; /v1/planet says which are.`, "slot");
    }
    return { slot, ground, views: new PlanetViews(slot, ground, operator.network.planner) };
  }

  function parentsOf({ ground }: Asked, resolution: number): Parents {
    const known = parents.get(ground.table) ?? new Map<number, Parents>();
    parents.set(ground.table, known);
    const found = known.get(resolution) ?? parentsAt(ground.table, resolution);
    known.set(resolution, found);
    return found;
  }

  server.get(
    "/v1/planet",
    {
      config: { permission: "network.read" },
      schema: {
        summary: "The planet's plan: state, figures, slots kept",
        tags: ["planet"],
        response: { 200: planet },
      },
    },
    () => operator.planet.status(),
  );
  server.get(
    "/v1/planet/coverage",
    {
      config: { permission: "network.read" },
      schema: {
        summary: "Service and load of a slot, summed per parent cell, packed",
        description:
          "Little-endian: Uint32 count, Uint32 resolution, Float64 slot; then, array after array with an entry per " +
          "parent, BigUint64 H3 index; Float32 served share, satisfied share, carried Mbit/s down per km²; Uint16 " +
          "cells, permitted cells; Uint8 most frequent reason of cells without a beam (0: all have one).",
        tags: ["planet"],
        querystring: coverageQuery,
      },
    },
    async (request, reply) => {
      const { slot, resolution } = request.query as z.infer<typeof coverageQuery>;
      const asked = await ask(slot);
      reply.header("cache-control", "no-store").type("application/octet-stream");
      return reply.send(
        coverageBytes(asked.slot, asked.ground.table, parentsOf(asked, resolution), resolution),
      );
    },
  );
  server.get(
    "/v1/planet/cells",
    {
      config: { permission: "network.read" },
      schema: {
        summary: "The cells under a parent: satellite, beam, load",
        tags: ["planet"],
        querystring: cellsQuery,
        response: { 200: planetCells },
      },
    },
    async request => {
      const { slot, parent } = request.query as z.infer<typeof cellsQuery>;
      const { slot: found, ground, views } = await ask(slot);
      const rows = rowsUnder(ground.table, parent);
      if (rows === null) {
        const message = `"${parent}" is no H3 index of resolution 1 to 4.`;
        throw new ProblemError(400, "INVALID_INPUT", message, "querystring.parent");
      }
      return { slot: found.slot, cells: views.cells(rows.from, rows.until) };
    },
  );
  server.get(
    "/v1/planet/cells/:cell",
    {
      config: { permission: "network.read" },
      schema: {
        summary: "One cell with its path and its people",
        tags: ["planet"],
        params: cellParams,
        querystring: slotQuery,
        response: { 200: planetCellDetail },
      },
    },
    async request => {
      const { cell } = request.params as z.infer<typeof cellParams>;
      const { slot } = request.query as z.infer<typeof slotQuery>;
      const { ground, views } = await ask(slot);
      const row = cellIndex(ground.table, cell);
      if (row < 0) {
        throw new ProblemError(
          404,
          "CELL_NOT_IN_TABLE",
          `The planet is planned without a cell "${cell}".`,
          "cell",
        );
      }
      return views.detail(row);
    },
  );
  server.get(
    "/v1/planet/satellites/:catalogNumber",
    {
      config: { permission: "network.read" },
      schema: {
        summary: "One satellite: beams and their cells, gateways, lasers, load",
        tags: ["planet"],
        params: satelliteParams,
        querystring: slotQuery,
        response: { 200: planetSatellite },
      },
    },
    async request => {
      const { catalogNumber } = request.params as z.infer<typeof satelliteParams>;
      const { slot } = request.query as z.infer<typeof slotQuery>;
      const { views } = await ask(slot);
      const index = operator.network.constellation.elements.findIndex(e => e.catalogNumber === catalogNumber);
      if (index < 0) {
        throw new ProblemError(
          404,
          "SATELLITE_UNKNOWN",
          `No satellite in force has the catalogue number ${catalogNumber}.`,
          "catalogNumber",
        );
      }
      return views.satellite(index);
    },
  );
  server.get(
    "/v1/planet/gateways",
    {
      config: { permission: "network.read" },
      schema: {
        summary: "Every gateway: antennas in use, load, rain",
        tags: ["planet"],
        querystring: slotQuery,
        response: { 200: z.array(planetGateway) },
      },
    },
    async request => {
      const { slot } = request.query as z.infer<typeof slotQuery>;
      return (await ask(slot)).views.gateways();
    },
  );
}
