// SPDX-License-Identifier: MIT
import type { ReactNode } from "react";

interface FieldAttributes {
  readonly id: string;
  readonly name: string;
  readonly required: true;
  readonly "aria-invalid": boolean;
  readonly "aria-describedby"?: string;
}

/** A field with its name, a hint, and what is wrong with it. */
export function OrderField(props: {
  name: string;
  label: string;
  hint?: string;
  error?: string | undefined;
  children: (attributes: FieldAttributes) => ReactNode;
}) {
  const id = `order-${props.name}`;
  const note = props.error ?? props.hint;
  return (
    <div className="field" data-wrong={props.error !== undefined || undefined}>
      <label htmlFor={id}>{props.label}</label>
      {props.children({
        id,
        name: props.name,
        required: true,
        "aria-invalid": props.error !== undefined,
        ...(note ? { "aria-describedby": `${id}-note` } : {}),
      })}
      <span id={`${id}-note`} className="field-note">
        {note}
      </span>
    </div>
  );
}
