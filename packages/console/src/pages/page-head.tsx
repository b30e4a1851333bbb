// SPDX-License-Identifier: MIT
import type { ReactNode } from "react";

/** Title of a page with one line that says what it answers. */
export function PageHead({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <header className="page-head">
      <h1>{title}</h1>
      {children && <div className="quiet">{children}</div>}
    </header>
  );
}
