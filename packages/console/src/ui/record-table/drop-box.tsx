// SPDX-License-Identifier: MIT
import { type ReactNode, useEffect, useRef } from "react";

/** A small box under its button; Escape or a press elsewhere closes it. */
export function DropBox({ title, children }: { title: string; children: ReactNode }) {
  const box = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const onPress = (event: PointerEvent) => {
      const { current } = box;
      if (current?.open && event.target instanceof Node && !current.contains(event.target))
        current.open = false;
    };
    document.addEventListener("pointerdown", onPress);
    return () => document.removeEventListener("pointerdown", onPress);
  }, []);
  return (
    <details
      className="drop-box"
      ref={box}
      onKeyDown={event => {
        if (event.key !== "Escape" || !box.current?.open) return;
        event.stopPropagation();
        box.current.open = false;
        box.current.querySelector("summary")?.focus();
      }}
    >
      <summary className="button">{title}</summary>
      <div className="drop-box-body">{children}</div>
    </details>
  );
}
