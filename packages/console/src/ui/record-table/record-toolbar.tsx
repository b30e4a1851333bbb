// SPDX-License-Identifier: MIT
import { type ReactNode, useEffect, useState } from "react";
import { DropBox } from "./drop-box.tsx";
import type { RecordAddress } from "./record-address.ts";
import { looseConditions, type RecordColumn, type RecordFilter, withOption } from "./record-column.ts";
import { RecordTimeChoice } from "./record-time.tsx";

/** The operator is asked once the typing rests for so long. */
const REST_MS = 200;

/** Search, filters, columns, time, export. */
export function RecordToolbar<R>(props: {
  label: string;
  address: RecordAddress;
  change: (part: Partial<RecordAddress>) => void;
  filters: readonly RecordFilter[];
  columns: readonly RecordColumn<R>[];
  /** Ids of the columns that are shown. */
  shown: readonly string[];
  exports: readonly { readonly title: string; readonly href: string }[];
  actions?: ReactNode;
}) {
  const { label, address, change, filters, columns, shown } = props;
  return (
    <search className="filters record-filters" aria-label={label}>
      <SearchField label={label} q={address.q} change={q => change({ q, from: 0 })} />
      {filters.map(filter => (
        <select
          key={filter.title}
          aria-label={filter.title}
          value={filter.options.find(option => address.where.includes(option.where))?.where ?? ""}
          onChange={event =>
            change({ where: withOption(address.where, filter, event.target.value || null), from: 0 })
          }
        >
          <option value="">{filter.any}</option>
          {filter.options.map(option => (
            <option key={option.where} value={option.where}>
              {option.title}
            </option>
          ))}
        </select>
      ))}
      {looseConditions(address.where, filters).map(condition => (
        <button
          key={condition}
          type="button"
          className="condition"
          title="Remove this filter"
          onClick={() => change({ where: address.where.filter(other => other !== condition), from: 0 })}
        >
          {condition} <span aria-hidden="true">×</span>
          <span className="visually-hidden">: remove this filter</span>
        </button>
      ))}
      <DropBox title="Columns">
        <fieldset>
          <legend className="visually-hidden">Columns</legend>
          {columns.map(({ id, title }) => (
            <label key={id} className="check">
              <input
                type="checkbox"
                checked={shown.includes(id)}
                disabled={shown.length === 1 && shown.includes(id)}
                onChange={event =>
                  change({
                    columns: columns
                      .map(column => column.id)
                      .filter(other => (other === id ? event.target.checked : shown.includes(other))),
                  })
                }
              />
              {title}
            </label>
          ))}
        </fieldset>
        <button type="button" className="link-button" onClick={() => change({ columns: null })}>
          As the page has them
        </button>
      </DropBox>
      <RecordTimeChoice />
      <DropBox title="Export">
        <p className="quiet">All that the search and the filters find.</p>
        {props.exports.map(({ title, href }) => (
          <a key={title} href={href} download>
            {title}
          </a>
        ))}
      </DropBox>
      {props.actions}
    </search>
  );
}

function SearchField({ label, q, change }: { label: string; q: string; change: (q: string) => void }) {
  const [text, setText] = useState(q);
  useEffect(() => setText(q), [q]);
  useEffect(() => {
    if (text === q) return;
    const timer = setTimeout(() => change(text), REST_MS);
    return () => clearTimeout(timer);
  });
  return (
    <input
      type="search"
      aria-label={`Search ${label.toLowerCase()}`}
      placeholder={`Search ${label.toLowerCase()}  ( / )`}
      maxLength={200}
      value={text}
      onChange={event => setText(event.target.value)}
    />
  );
}
