// SPDX-License-Identifier: MIT
import { useSearchParams } from "wouter";
import { api } from "../../data/api.ts";
import { useLive } from "../../data/live-state.ts";
import { useResource } from "../../data/resource.ts";
import { count } from "../../format/number.ts";
import { dateTime } from "../../format/time.ts";
import { CopyButton } from "../../ui/copy-button.tsx";
import { Fact, Facts } from "../../ui/facts.tsx";
import { FailureNote, Skeleton } from "../../ui/notes.tsx";
import { PageHead } from "../page-head.tsx";
import { BundleDownload } from "./bundle-download.tsx";
import { LedgerEntries } from "./ledger-entries.tsx";
import { VerifyLedger } from "./verify-ledger.tsx";
import { Witnesses } from "./witnesses.tsx";

/** Prove it. */
export function LedgerPage() {
  const size = useLive(state => state.status?.ledger.size);
  const decision = useLive(state => state.decisions[0]?.id);
  const head = useResource("head", `${size} ${decision}`, api.ledgerHead);
  const [parameters] = useSearchParams();
  const wanted = Number(parameters.get("entry") ?? Number.NaN);
  return (
    <div className="page scroll">
      <PageHead title="Ledger">
        Every decision is one entry, hashed into a tree whose head the operator signs. Nothing can be changed
        or left out without changing the root.
      </PageHead>
      {head.failure && <FailureNote failure={head.failure} retry={head.reload} />}
      {head.loading && <Skeleton lines={5} label="The head is loading" />}
      {head.value && (
        <>
          <section aria-labelledby="head">
            <h2 id="head">Signed head</h2>
            <Facts>
              <Fact name="Entries">{count(head.value.size)}</Fact>
              <Fact name="Signed">{dateTime(head.value.at)}</Fact>
            </Facts>
            <Facts columns={1}>
              <Fact name="Root">
                <code className="long">{head.value.root}</code>
                <CopyButton text={head.value.root} label="Copy the root" />
              </Fact>
              <Fact name="Key">
                <code className="long">{head.value.keyId}</code>
              </Fact>
            </Facts>
            <VerifyLedger />
          </section>
          <Witnesses size={head.value.size} />
          <BundleDownload />
          <LedgerEntries size={head.value.size} wanted={Number.isInteger(wanted) ? wanted : null} />
        </>
      )}
    </div>
  );
}
