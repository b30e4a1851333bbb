// SPDX-License-Identifier: MIT
import { Dialog } from "radix-ui";
import type { ReactNode } from "react";
import { Icon } from "./icon.tsx";

/** Focus goes to the element marked `data-first`, where there is one, rather than to the close button. */
function focusFirst(event: Event): void {
  const first = (event.currentTarget as Element | null)?.querySelector<HTMLElement>("[data-first]");
  if (!first) return;
  event.preventDefault();
  first.focus();
}

/**
 * A dialog over the page. The dimmed ground is our own element and not Radix's overlay: that one injects a style
 * element, which the page's security policy rightly refuses.
 */
export function Modal(props: {
  title: string;
  description?: ReactNode;
  open: boolean;
  /** Left out: it cannot be closed without doing what it asks for. */
  onClose?: () => void;
  children: ReactNode;
}) {
  return (
    <Dialog.Root open={props.open} onOpenChange={open => !open && props.onClose?.()}>
      <Dialog.Portal>
        <div className="modal-ground">
          <Dialog.Content
            className="modal"
            onOpenAutoFocus={focusFirst}
            {...(props.description ? {} : { "aria-describedby": undefined })}
          >
            <div className="modal-head">
              <Dialog.Title asChild>
                <h2>{props.title}</h2>
              </Dialog.Title>
              {props.onClose && (
                <Dialog.Close className="icon-button" aria-label="Close">
                  <Icon name="close" />
                </Dialog.Close>
              )}
            </div>
            {props.description && (
              <Dialog.Description asChild>{<div>{props.description}</div>}</Dialog.Description>
            )}
            {props.children}
          </Dialog.Content>
        </div>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
