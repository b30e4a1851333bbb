// SPDX-License-Identifier: MIT
import { type ReactNode, useId } from "react";
import { announce } from "./announcer.tsx";

/**
 * A button for what somebody may or may not do. Where they may not, it can still be reached, and says why: a disabled
 * one would be skipped by the keyboard, and its reason with it.
 */
export function MayButton(props: {
  className?: string;
  /** Why not; `null`: it may be pressed. */
  refusal: string | null;
  onClick: () => void;
  /** Where the focus goes when its dialog opens. */
  first?: boolean;
  children: ReactNode;
}) {
  const id = useId();
  const { refusal } = props;
  return (
    <>
      <button
        type="button"
        className={props.className}
        data-first={props.first || undefined}
        aria-disabled={refusal !== null}
        aria-describedby={refusal === null ? undefined : id}
        title={refusal ?? undefined}
        onClick={refusal === null ? props.onClick : () => announce(refusal)}
      >
        {props.children}
      </button>
      {refusal !== null && (
        <span id={id} className="visually-hidden">
          {refusal}
        </span>
      )}
    </>
  );
}
