// SPDX-License-Identifier: MIT
import { useState } from "react";
import { announce } from "./announcer.tsx";
import { Icon } from "./icon.tsx";

/** Copies a text; says so for two seconds without changing its width. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      announce(`${label}: copied`);
      setCopied(true);
      setTimeout(() => setCopied(false), 2000);
    } catch {
      announce("The browser did not allow copying; select the text instead.");
    }
  };
  return (
    <button type="button" className="icon-button small" aria-label={label} title={label} onClick={copy}>
      <Icon name={copied ? "check" : "copy"} size={16} />
    </button>
  );
}
