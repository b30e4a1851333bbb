// SPDX-License-Identifier: MIT
import type { ReactNode } from "react";
import type { Failure } from "../data/failure.ts";

/** What happened and what to do; keeps its code for whoever is asked for help. */
export function FailureNote({ failure, retry }: { failure: Failure; retry?: () => void }) {
  return (
    <div className="note bad" role="alert">
      <p>{failure.message}</p>
      <p className="quiet">
        Code <code>{failure.code}</code>
        {failure.place && (
          <>
            {" "}
            at <code>{failure.place}</code>
          </>
        )}
        . If it stays, tell the operator of this installation.
      </p>
      {retry && (
        <button type="button" className="button" onClick={retry}>
          Try again
        </button>
      )}
    </div>
  );
}

/** Nothing here, and what would bring something here. */
export function EmptyNote({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="note empty">
      <p>
        <strong>{title}</strong>
      </p>
      {children && <div className="quiet">{children}</div>}
    </div>
  );
}

/** The shape of lines that are still coming. */
export function Skeleton({ lines, label }: { lines: number; label: string }) {
  return (
    <div className="skeleton" role="status" aria-label={label}>
      {Array.from({ length: lines }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all alike and never move
        <span key={i} style={{ width: `${92 - ((i * 23) % 38)}%` }} />
      ))}
    </div>
  );
}
