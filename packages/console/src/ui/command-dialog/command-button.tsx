// SPDX-License-Identifier: MIT
import type { ReactNode } from "react";
import { openDialog } from "../../app/dialogs.ts";
import { useRefusal } from "../../data/session.ts";
import { MayButton } from "../may-button.tsx";
import type { CommandAsk } from "./command-ask.ts";
import { commandWords } from "./command-words.ts";

/** Opens the form of a command; says why where somebody may not ask for it. */
export function CommandButton(props: {
  ask: CommandAsk;
  /** Of the command, e.g. `approvals.decide`. */
  permission: string;
  /** Why not for another reason than the permission; `null`: none. */
  refusal?: string | null;
  main?: boolean;
  children?: ReactNode;
}) {
  const { ask, main } = props;
  const missing = useRefusal(props.permission);
  const { verb, grave } = commandWords(ask.command);
  return (
    <MayButton
      className={`button${grave ? " grave" : main ? " main" : ""}`}
      refusal={missing ?? props.refusal ?? null}
      onClick={() => openDialog({ kind: "command", ask })}
    >
      {props.children ?? `${ask.verb ?? verb}…`}
    </MayButton>
  );
}
