// SPDX-License-Identifier: MIT
import { allows } from "@perigee/authority";
import type { FastifyInstance } from "fastify";
import { coarseRow } from "../access/positions.ts";
import type { OperatorContext } from "../context.ts";
import type { TerminalRow } from "../contract.ts";
import { actorOf, credentialsOf } from "./guard.ts";
import { noteRead } from "./positions.ts";
import { ProblemError } from "./problem.ts";

const MAX_LISTENERS = 200;
/** A listener that has this much unread is dropped; its browser reconnects and reads the state afresh. */
const MAX_UNREAD_BYTES = 4_000_000;
const HEARTBEAT_MS = 15_000;

/**
 * `GET /v1/events`: server-sent events, one for each announcement of the operator's hub. What a listener may see is
 * what a page of theirs would show; a listener who may no longer listen is cut off at the next heartbeat.
 */
export function serveEvents(server: FastifyInstance, operator: OperatorContext): void {
  const { access, clock, hub } = operator;
  let listeners = 0;
  server.get(
    "/v1/events",
    {
      config: { permission: "terminals.read" },
      schema: { summary: "Server-sent events: slot, terminals, decision, planet", tags: ["events"] },
    },
    (request, reply) => {
      if (listeners >= MAX_LISTENERS) {
        throw new ProblemError(503, "TOO_MANY_LISTENERS", `There are already ${MAX_LISTENERS} listeners.`);
      }
      listeners++;
      const listener = actorOf(request);
      const exact = allows(listener, "positions.read");
      reply.hijack();
      const { raw } = reply;
      raw.writeHead(200, {
        "content-type": "text/event-stream",
        "cache-control": "no-store",
        connection: "keep-alive",
        "x-accel-buffering": "no",
      });
      raw.write("retry: 1000\n\n");
      const write = (name: string, event: unknown): void => {
        if (raw.destroyed) return;
        if (raw.writableLength > MAX_UNREAD_BYTES) raw.destroy();
        else raw.write(`event: ${name}\ndata: ${JSON.stringify(event)}\n\n`);
      };
      // Positions wait for the record of being read, and whatever is announced after them for them.
      let turn: Promise<void> = Promise.resolve();
      const stop = hub.listen((name, event) => {
        turn = turn.then(async () => {
          if (name !== "terminals") return write(name, event);
          const rows = event as readonly TerminalRow[];
          if (!exact) return write(name, rows.map(coarseRow));
          // Which rows an announcement holds is chance: a listener sees all of them sooner or later.
          await noteRead(operator, request, operator.authority.terminalIds());
          write(name, rows);
        });
        turn.catch((error: Error) => {
          process.emitWarning(`a listener is cut off, for its read cannot be recorded: ${error.message}`);
          raw.destroy();
        });
      });
      const stillAllowed = async (): Promise<void> => {
        const found = await access.identify(credentialsOf(request), clock.nowMs());
        const now = found.ok ? (found.value?.actor ?? null) : null;
        const same = now?.id === listener.id && allows(now, "positions.read") === exact;
        if (same && allows(now, "terminals.read")) raw.write(": still here\n\n");
        else raw.destroy();
      };
      const heartbeat = setInterval(() => void stillAllowed().catch(() => raw.destroy()), HEARTBEAT_MS);
      request.raw.on("close", () => {
        listeners--;
        stop();
        clearInterval(heartbeat);
      });
    },
  );
}
