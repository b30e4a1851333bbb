// SPDX-License-Identifier: MIT
import { Modal } from "../ui/modal.tsx";
import { closeDialog } from "./dialogs.ts";
import { SHORTCUTS } from "./shortcuts.ts";

/** What this is, and its keys. */
export function HelpDialog() {
  return (
    <Modal
      title="Help"
      open
      onClose={closeDialog}
      description={
        <p>
          This console shows one satellite-internet operator at work: where its satellites are, what each
          terminal is allowed to do and why, and the ledger that proves every decision. Everything on the map
          is also in a table. The address bar always describes what you see, so it can be sent to a colleague.
        </p>
      }
    >
      <h3>Keys</h3>
      <dl className="keys">
        {SHORTCUTS.map(([keys, does]) => (
          <div key={keys}>
            <dt>
              {keys.split(" ").map(key => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
