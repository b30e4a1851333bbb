// SPDX-License-Identifier: MIT
import { ActionsDialog } from "../pages/terminals/actions-dialog.tsx";
import { OrderDialog } from "../pages/terminals/order-dialog.tsx";
import { CommandDialog } from "../ui/command-dialog/command-dialog.tsx";
import { useDialog } from "./dialogs.ts";
import { HelpDialog } from "./help-dialog.tsx";

/** Shows the one open dialog. */
export function DialogHost() {
  const open = useDialog();
  if (open?.kind === "help") return <HelpDialog />;
  if (open?.kind === "actions") return <ActionsDialog terminal={open.terminal} />;
  if (open?.kind === "order")
    return (
      <OrderDialog key={`${open.order} ${open.terminal.id}`} kind={open.order} terminal={open.terminal} />
    );
  if (open?.kind === "command") return <CommandDialog key={open.ask.title} ask={open.ask} />;
  return null;
}
