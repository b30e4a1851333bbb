// SPDX-License-Identifier: MIT
import { lazy, Suspense } from "react";
import { Redirect, Route, Switch } from "wouter";
import { AccountsPage } from "../pages/accounts/accounts-page.tsx";
import { ApprovalsPage } from "../pages/approvals/approvals-page.tsx";
import { AreasPage } from "../pages/areas/areas-page.tsx";
import { CasesPage } from "../pages/cases/cases-page.tsx";
import { LedgerPage } from "../pages/ledger/ledger-page.tsx";
import { NetworkPage } from "../pages/network/network-page.tsx";
import { OrdersPage } from "../pages/orders/orders-page.tsx";
import { TerminalsPage } from "../pages/terminals/terminals-page.tsx";
import { Announcer } from "../ui/announcer.tsx";
import { EmptyNote } from "../ui/notes.tsx";
import { DialogHost } from "./dialog-host.tsx";
import { ErrorGuard } from "./error-guard.tsx";
import { Rail } from "./rail.tsx";
import { SelectedPlanetProvider } from "./selected-planet.tsx";
import { SelectedTerminal } from "./selected-terminal.tsx";
import { useShortcuts } from "./shortcuts.ts";
import { TimeBar } from "./time-bar.tsx";
import { TopBar } from "./top-bar.tsx";

/** Loaded beside the page: the panel is painted before the map's code is even asked for. */
const MapPane = lazy(async () => {
  await afterPaint();
  const { MapPane } = await import("../map/map-pane.tsx");
  return { default: MapPane };
});

function afterPaint(): Promise<void> {
  return new Promise(resolve => requestAnimationFrame(() => setTimeout(resolve)));
}

/** Rail, bar, map, and the panel with the page. */
export function App() {
  useShortcuts();
  return (
    <SelectedTerminal>
      <SelectedPlanetProvider>
        <div className="app">
          <TopBar />
          <Rail />
          <section className="map-pane" aria-label="Map">
            <ErrorGuard what="The map cannot be drawn here. It needs WebGL 2. Every table works without it.">
              <Suspense fallback={<div className="map-coming">The map is loading…</div>}>
                <MapPane />
              </Suspense>
            </ErrorGuard>
          </section>
          <main className="panel" tabIndex={-1}>
            <Switch>
              <Route path="/network" component={NetworkPage} />
              <Route path="/terminals" component={TerminalsPage} />
              <Route path="/accounts" component={AccountsPage} />
              <Route path="/cases" component={CasesPage} />
              <Route path="/orders" component={OrdersPage} />
              <Route path="/approvals" component={ApprovalsPage} />
              <Route path="/areas" component={AreasPage} />
              <Route path="/ledger" component={LedgerPage} />
              <Route path="/">
                <Redirect to="/network" replace />
              </Route>
              <Route path="/sign-in">
                <Redirect to="/network" replace />
              </Route>
              <Route>
                <EmptyNote title="There is no such page.">Choose one on the left.</EmptyNote>
              </Route>
            </Switch>
          </main>
          <TimeBar />
        </div>
        <DialogHost />
        <Announcer />
      </SelectedPlanetProvider>
    </SelectedTerminal>
  );
}
