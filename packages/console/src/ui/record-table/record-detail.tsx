// SPDX-License-Identifier: MIT
import { type ReactNode, useEffect, useRef } from "react";
import { type RecordHistory, type RecordRow, versionAt } from "../../data/records.ts";
import { dateTime } from "../../format/time.ts";
import { Icon } from "../icon.tsx";
import { EmptyNote, FailureNote, Skeleton } from "../notes.tsx";
import { useRecordAddress, useRecordTime } from "./record-address.ts";
import { RecordVersions } from "./record-versions.tsx";
import { useRecord } from "./use-records.ts";

/**
 * The record that is open beside its table: as it was at the time shown, what stands in `children`, and every version
 * of it. Escape closes it and gives the focus back to the row.
 */
export function RecordDetail<R extends RecordRow>(props: {
  /** Path under `/v1/`. */
  list: string;
  id: string;
  title: (record: R) => ReactNode;
  /** Its state as a shape and a word. */
  mark?: (record: R) => ReactNode;
  actions?: (record: R) => ReactNode;
  children: (record: R, history: RecordHistory<R>) => ReactNode;
}) {
  const { list, id } = props;
  const history = useRecord<R>(list, id);
  const time = useRecordTime();
  const shown =
    history.value && (time === null ? history.value.now : versionAt(history.value.versions, time));
  return (
    <DetailFrame
      id={id}
      title={shown ? props.title(shown) : id}
      mark={shown && props.mark?.(shown)}
      actions={shown && time === null && props.actions?.(shown)}
    >
      {history.failure && <FailureNote failure={history.failure} retry={history.reload} />}
      {history.loading && <Skeleton lines={8} label="The record is loading" />}
      {history.value && !shown && (
        <EmptyNote
          title={time === null ? "It holds no more." : `It did not hold on ${dateTime(time.validAtMs)}.`}
        >
          Its versions below say when it did.
        </EmptyNote>
      )}
      {shown && history.value && props.children(shown, history.value)}
      {history.value && <RecordVersions versions={history.value.versions} />}
    </DetailFrame>
  );
}

/** The frame of a record's page: title, state, actions, and a way to close it. */
export function DetailFrame(props: {
  id: string;
  title: ReactNode;
  mark?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}) {
  const [, change] = useRecordAddress();
  const frame = useRef<HTMLElement>(null);
  const close = () => {
    const row = document.querySelector<HTMLElement>(".record-table [aria-selected=true]");
    change({ id: null });
    row?.focus();
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: another record begins at its top
  useEffect(() => {
    frame.current?.querySelector(".detail-body")?.scrollTo({ top: 0 });
  }, [props.id]);
  return (
    <article
      className="detail"
      aria-label={`Record ${props.id}`}
      ref={frame}
      onKeyDown={event => {
        if (event.key !== "Escape" || event.defaultPrevented) return;
        event.preventDefault();
        close();
      }}
    >
      <header className="detail-head">
        <div>
          <h2>{props.title}</h2>
          <p className="quiet">
            <code>{props.id}</code>
          </p>
        </div>
        {props.mark}
        {props.actions}
        <button type="button" className="icon-button" aria-label="Close the detail" onClick={close}>
          <Icon name="close" />
        </button>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long record is scrolled by keyboard */}
      <section className="detail-body" tabIndex={0} aria-label="Detail">
        {props.children}
      </section>
    </article>
  );
}
