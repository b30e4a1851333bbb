// SPDX-License-Identifier: MIT
import type { TerminalRow } from "@perigee/operator/contract";
import { type KeyboardEvent, useRef } from "react";
import { closeDialog, openDialog } from "../../app/dialogs.ts";
import { lookAt } from "../../app/look-at.ts";
import { useSelectedTerminal } from "../../app/selected-terminal.tsx";
import { useRefusal } from "../../data/session.ts";
import { announce } from "../../ui/announcer.tsx";
import { MayButton } from "../../ui/may-button.tsx";
import { Modal } from "../../ui/modal.tsx";
import { activeSuspension } from "./active-suspension.ts";
import { curlLine } from "./curl-line.ts";

/** Everything that can be done with the selected terminal, one key each way. */
export function ActionsDialog({ terminal }: { terminal: TerminalRow }) {
  const list = useRef<HTMLDivElement>(null);
  const refusal = useRefusal("orders.suspend");
  const detail = useSelectedTerminal().value?.detail;
  const suspended = detail ? activeSuspension(detail.orders) !== null : false;
  const copy = (text: string, name: string) => () => {
    void navigator.clipboard.writeText(text).then(() => announce(`${name}: copied`));
    closeDialog();
  };
  const { position } = terminal;
  const order = suspended ? "restore" : "suspend";
  const actions: readonly (readonly [title: string, run: () => void, refusal?: string | null])[] = [
    [suspended ? "Restore…" : "Suspend…", () => openDialog({ kind: "order", order, terminal }), refusal],
    ["Copy the SOCKS5 address", copy(terminal.proxy.socks5, "SOCKS5 address")],
    ["Copy the curl line", copy(curlLine(terminal), "curl line")],
    ["Copy a link to this view", copy(location.href, "Link")],
    ...(position
      ? [
          [
            "Show it on the map",
            () => {
              lookAt({ latDeg: position.latDeg, lonDeg: position.lonDeg, zoom: 5 });
              closeDialog();
            },
          ] as const,
        ]
      : []),
  ];
  const move = (event: KeyboardEvent) => {
    const step =
      event.key === "ArrowDown" || event.key === "j"
        ? 1
        : event.key === "ArrowUp" || event.key === "k"
          ? -1
          : 0;
    if (step === 0) return;
    event.preventDefault();
    const buttons = [...(list.current?.querySelectorAll("button") ?? [])];
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    buttons[(at + step + buttons.length) % buttons.length]?.focus();
  };
  return (
    <Modal title={`Actions: ${terminal.name}`} open onClose={closeDialog}>
      <div
        className="actions"
        ref={list}
        role="toolbar"
        aria-orientation="vertical"
        aria-label="Actions"
        onKeyDown={move}
      >
        {actions.map(([title, run, why = null], i) => (
          <MayButton key={title} refusal={why} onClick={run} first={i === 0}>
            {title}
          </MayButton>
        ))}
      </div>
    </Modal>
  );
}
