// SPDX-License-Identifier: MIT
import { type ReactNode, useId } from "react";
import { type Draft, type DraftErrors, isGiven, rowCount } from "../../data/commands-draft.ts";
import type { Field } from "../../data/commands-schema.ts";
import { codeWords } from "../../format/words.ts";
import { fieldWords } from "./field-words.ts";

/** See {@link CommandFields}. */
export interface FieldsState {
  readonly draft: Draft;
  readonly errors: DraftErrors;
  readonly change: (place: string, value: Draft[string]) => void;
  /** Members at the top that follow from elsewhere. */
  readonly given: ReadonlySet<string>;
}

/** The fields of a command's request, groups within groups. */
export function CommandFields(props: { fields: readonly Field[]; prefix?: string; state: FieldsState }) {
  const { fields, prefix = "", state } = props;
  return fields
    .filter(field => field.kind !== "fixed" && field.kind !== "salt")
    .filter(field => prefix !== "" || !state.given.has(field.name))
    .map(field => <OneField key={field.name} field={field} place={`${prefix}${field.name}`} state={state} />);
}

function OneField({ field, place, state }: { field: Field; place: string; state: FieldsState }) {
  switch (field.kind) {
    case "group":
      return (
        <FieldGroup field={field} place={place} state={state}>
          <CommandFields fields={field.fields} prefix={`${place}.`} state={state} />
        </FieldGroup>
      );
    case "variants":
      return <Variants field={field} place={place} state={state} />;
    case "rows":
      return <Rows field={field} place={place} state={state} />;
    case "choices":
      return <Choices field={field} place={place} state={state} />;
    case "yesNo":
      return <YesNo field={field} place={place} state={state} />;
    default:
      return <Labelled field={field} place={place} state={state} />;
  }
}

/** A label, the control, and below it what helps or what is wrong. */
function Labelled({ field, place, state }: { field: Field; place: string; state: FieldsState }) {
  const id = useId();
  const { label, hint } = fieldWords(field.name);
  const error = state.errors[place];
  const aria = {
    id,
    name: place,
    "aria-describedby": `${id}-note`,
    "aria-invalid": error !== undefined,
    "aria-required": field.required && !field.nullable,
  };
  const optional = !field.required || field.nullable;
  return (
    <div className="field" data-wrong={error !== undefined || undefined}>
      <label htmlFor={id}>
        {label}
        {optional && <span className="optional"> (may stay empty)</span>}
      </label>
      <Control field={field} place={place} state={state} aria={aria} />
      <p className="field-note" id={`${id}-note`}>
        {error ?? hintOf(field, hint)}
      </p>
    </div>
  );
}

function Control(props: {
  field: Field;
  place: string;
  state: FieldsState;
  aria: Readonly<Record<string, string | boolean>>;
}) {
  const { field, place, state, aria } = props;
  const typed = state.draft[place];
  const value = typeof typed === "string" ? typed : "";
  const onText = (event: { target: { value: string } }) => state.change(place, event.target.value);
  switch (field.kind) {
    case "choice":
      return (
        <select {...aria} value={value} onChange={onText}>
          <option value="">Choose…</option>
          {field.options.map(option => (
            <option key={option} value={option}>
              {codeWords(option)}
            </option>
          ))}
        </select>
      );
    case "number":
      return <input {...aria} inputMode="decimal" value={value} onChange={onText} />;
    case "instant":
      return <input {...aria} type="datetime-local" value={value} onChange={onText} />;
    case "date":
      return <input {...aria} type="date" value={value} onChange={onText} />;
    case "list":
      return <textarea {...aria} rows={3} spellCheck={false} value={value} onChange={onText} />;
    case "json":
      return <textarea {...aria} rows={6} spellCheck={false} value={value} onChange={onText} />;
    default:
      return field.kind === "text" && field.pattern === null && field.most > 200 ? (
        <textarea {...aria} rows={3} value={value} onChange={onText} />
      ) : (
        <input {...aria} value={value} onChange={onText} />
      );
  }
}

function hintOf(field: Field, hint: string | null): string {
  if (field.kind === "instant") return hint === null ? "UTC." : `${hint} UTC.`;
  if (field.kind !== "number") return hint ?? "";
  const { least, above, most } = field;
  const from = above !== null ? `more than ${above}` : least !== null ? `${least}` : null;
  const range = from !== null && most !== null ? `${from} to ${most}.` : "";
  return [range.charAt(0).toUpperCase() + range.slice(1), hint].filter(Boolean).join(" ");
}

function FieldGroup(props: { field: Field; place: string; state: FieldsState; children: ReactNode }) {
  const { field, place, state } = props;
  const { label, hint } = fieldWords(field.name);
  const given = isGiven(field, state.draft, place);
  const error = state.errors[place];
  return (
    <fieldset className="field-group">
      <legend>{label}</legend>
      {hint && <p className="field-note">{hint}</p>}
      {(!field.required || field.nullable) && (
        <label className="check">
          <input
            type="checkbox"
            name={`${place}?`}
            checked={given}
            onChange={event => state.change(`${place}?`, event.target.checked)}
          />
          There is one
        </label>
      )}
      {error && <p className="field-error">{error}</p>}
      {given && props.children}
    </fieldset>
  );
}

function Variants(props: { field: Extract<Field, { kind: "variants" }>; place: string; state: FieldsState }) {
  const { field, place, state } = props;
  const at = Number(state.draft[`${place}|`] ?? 0);
  const variant = field.variants[at] ?? field.variants[0];
  return (
    <FieldGroup field={field} place={place} state={state}>
      <select
        aria-label={`Kind of ${fieldWords(field.name).label.toLowerCase()}`}
        name={`${place}|`}
        value={String(at)}
        onChange={event => state.change(`${place}|`, event.target.value)}
      >
        {field.variants.map(({ title }, i) => (
          <option key={title} value={String(i)}>
            {codeWords(title)}
          </option>
        ))}
      </select>
      <CommandFields fields={variant?.fields ?? []} prefix={`${place}.`} state={state} />
    </FieldGroup>
  );
}

function Rows(props: { field: Extract<Field, { kind: "rows" }>; place: string; state: FieldsState }) {
  const { field, place, state } = props;
  const { label, hint } = fieldWords(field.name);
  const count = rowCount(field, state.draft, place);
  const set = (to: number) => state.change(`${place}#`, String(to));
  return (
    <fieldset className="field-group">
      <legend>{label}</legend>
      {hint && <p className="field-note">{hint}</p>}
      {state.errors[place] && <p className="field-error">{state.errors[place]}</p>}
      {Array.from({ length: count }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows are known by their number and only the last goes
        <fieldset key={i} className="field-group">
          <legend>{i + 1}</legend>
          <CommandFields fields={field.fields} prefix={`${place}.${i}.`} state={state} />
        </fieldset>
      ))}
      <div className="field-buttons">
        <button
          type="button"
          className="button"
          disabled={count >= field.most}
          onClick={() => set(count + 1)}
        >
          Add one
        </button>
        <button
          type="button"
          className="button"
          disabled={count <= field.least}
          onClick={() => set(count - 1)}
        >
          Remove the last
        </button>
      </div>
    </fieldset>
  );
}

function Choices(props: { field: Extract<Field, { kind: "choices" }>; place: string; state: FieldsState }) {
  const { field, place, state } = props;
  const { label, hint } = fieldWords(field.name);
  const typed = state.draft[place];
  const chosen = Array.isArray(typed) ? (typed as readonly string[]) : [];
  const error = state.errors[place];
  return (
    <fieldset className="field-group" data-wrong={error !== undefined || undefined}>
      <legend>{label}</legend>
      <p className={error ? "field-error" : "field-note"}>{error ?? hint}</p>
      {field.options.map(option => (
        <label key={option} className="check">
          <input
            type="checkbox"
            name={place}
            checked={chosen.includes(option)}
            onChange={event =>
              state.change(
                place,
                event.target.checked ? [...chosen, option] : chosen.filter(other => other !== option),
              )
            }
          />
          {codeWords(option)}
        </label>
      ))}
    </fieldset>
  );
}

function YesNo({ field, place, state }: { field: Field; place: string; state: FieldsState }) {
  const { label, hint } = fieldWords(field.name);
  return (
    <div className="field">
      <label className="check">
        <input
          type="checkbox"
          name={place}
          checked={state.draft[place] === true}
          onChange={event => state.change(place, event.target.checked)}
        />
        {label}
      </label>
      {hint && <p className="field-note">{hint}</p>}
    </div>
  );
}
