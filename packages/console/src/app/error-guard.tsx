// SPDX-License-Identifier: MIT
import { Component, type ReactNode } from "react";

/** Keeps a broken part from taking the page with it. */
export class ErrorGuard extends Component<{ what: string; children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override render(): ReactNode {
    if (!this.state.broken) return this.props.children;
    return (
      <div className="note bad" role="alert">
        <p>{this.props.what}</p>
      </div>
    );
  }
}
