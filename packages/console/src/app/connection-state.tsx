// SPDX-License-Identifier: MIT
import { useEffect, useRef } from "react";
import { type Connection, useLive } from "../data/live-state.ts";
import { announce } from "../ui/announcer.tsx";

const WORDS: Record<Connection, string> = {
  connecting: "Connecting…",
  open: "Connected",
  reconnecting: "Reconnecting…",
};

/** Whether what one sees is current. Loss and return are also said aloud. */
export function ConnectionState() {
  const connection = useLive(state => state.connection);
  const before = useRef(connection);
  useEffect(() => {
    if (connection === "reconnecting") announce("The connection to the operator is lost. Trying again.");
    if (connection === "open" && before.current === "reconnecting") announce("Connected again.");
    before.current = connection;
  }, [connection]);
  return (
    <span className="connection" data-state={connection}>
      <span className="dot" aria-hidden="true" />
      <span className="word">{WORDS[connection]}</span>
    </span>
  );
}
