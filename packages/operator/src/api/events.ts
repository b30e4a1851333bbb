// SPDX-License-Identifier: MIT
import type { FastifyInstance } from "fastify";
import type { EventHub } from "../event-hub.ts";
import { ProblemError } from "./problem.ts";

const MAX_LISTENERS = 200;
/** A listener that has this much unread is dropped; its browser reconnects and reads the state afresh. */
const MAX_UNREAD_BYTES = 4_000_000;
const HEARTBEAT_MS = 15_000;

/** `GET /v1/events`: server-sent events, one for each announcement of the {@link EventHub}. */
export function serveEvents(server: FastifyInstance, hub: EventHub): void {
  let listeners = 0;
  server.get(
    "/v1/events",
    { schema: { summary: "Server-sent events: slot, terminals, decision, planet", tags: ["events"] } },
    (request, reply) => {
      if (listeners >= MAX_LISTENERS) {
        throw new ProblemError(503, "TOO_MANY_LISTENERS", `There are already ${MAX_LISTENERS} listeners.`);
      }
      listeners++;
      reply.hijack();
      const { raw } = reply;
      raw.writeHead(200, {
        "content-type": "text/event-stream",
        "cache-control": "no-store",
        connection: "keep-alive",
        "x-accel-buffering": "no",
      });
      raw.write("retry: 1000\n\n");
      const stop = hub.listen((name, event) => {
        if (raw.writableLength > MAX_UNREAD_BYTES) raw.destroy();
        else raw.write(`event: ${name}\ndata: ${JSON.stringify(event)}\n\n`);
      });
      const heartbeat = setInterval(() => raw.write(": still here\n\n"), HEARTBEAT_MS);
      request.raw.on("close", () => {
        listeners--;
        stop();
        clearInterval(heartbeat);
      });
    },
  );
}
