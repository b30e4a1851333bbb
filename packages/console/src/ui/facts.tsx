// SPDX-License-Identifier: MIT
import type { ReactNode } from "react";

/** A list of names and values. */
export function Facts({ children, columns = 2 }: { children: ReactNode; columns?: 1 | 2 | 3 }) {
  return (
    <dl className="facts" data-columns={columns}>
      {children}
    </dl>
  );
}

/** One name and its value; figures keep their place when they change. */
export function Fact({ name, children, hint }: { name: string; children: ReactNode; hint?: ReactNode }) {
  return (
    <div className="fact">
      <dt>{name}</dt>
      <dd>
        {children}
        {hint && <span className="hint">{hint}</span>}
      </dd>
    </div>
  );
}
