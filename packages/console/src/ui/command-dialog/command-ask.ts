// SPDX-License-Identifier: MIT
import type { CarriedOut } from "@perigee/operator/contract";
import type { ReactNode } from "react";

/** A command that a page wants to have asked for. */
export interface CommandAsk {
  /** Its name, e.g. `proposal.approve`. */
  readonly command: string;
  /** What it is about, in a line: "Approve: Deactivate a terminal". */
  readonly title: string;
  /** Members of the request that follow from the page and are not asked. */
  readonly given?: Readonly<Record<string, unknown>>;
  /** What the form begins with. */
  readonly initial?: Readonly<Record<string, unknown>>;
  /** What one should see before deciding. */
  readonly about?: ReactNode;
  /** On the button, where the command's own verb does not fit. */
  readonly verb?: string;
  readonly onDone?: (done: CarriedOut) => void;
}
