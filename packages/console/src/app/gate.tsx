// SPDX-License-Identifier: MIT
import { useState } from "react";
import { Link, Redirect, Route, Switch, useLocation } from "wouter";
import { useSession } from "../data/session.ts";
import { PortalPage } from "../pages/portal/portal-page.tsx";
import { KitPage } from "../pages/public/kit-page.tsx";
import { MapPage } from "../pages/public/map-page.tsx";
import { readCode } from "../pages/sign-in/read-code.ts";
import { SessionEnded } from "../pages/sign-in/session-ended.tsx";
import { SignInPage } from "../pages/sign-in/sign-in-page.tsx";
import { App } from "./app.tsx";
import { Who } from "./who.tsx";

/** Pages for everybody, signed in or not. */
const OPEN_PATHS: readonly string[] = ["/map", "/kit"];

/** The console for whoever works here and is signed in, the portal for customers, the door for everyone else. */
export function Gate() {
  const { session, failure, ended } = useSession();
  const [code] = useState(() => readCode(location.pathname, location.hash));
  const [path] = useLocation();
  const person = session?.person ?? null;
  if (OPEN_PATHS.includes(path))
    return path === "/map" ? <MapPage who={<WayIn />} /> : <KitPage who={<WayIn />} />;
  if (person)
    return (
      <>
        {person.party === undefined ? <App /> : <Customer />}
        {ended && <SessionEnded person={person} />}
      </>
    );
  if (session || failure)
    return (
      <>
        <SignInPage code={code} failure={session ? null : failure} />
        <nav className="open-links" aria-label="Without signing in">
          <Link href="/map">Where is service?</Link>
          <Link href="/kit">Check a kit before you buy it</Link>
        </nav>
      </>
    );
  return null;
}

function Customer() {
  return (
    <Switch>
      <Route path="/portal">
        <PortalPage who={<WayIn />} />
      </Route>
      <Route>
        <Redirect to="/portal" replace />
      </Route>
    </Switch>
  );
}

/** Who is signed in and the way to what is theirs; the way in for everybody else. */
function WayIn() {
  const { session } = useSession();
  if (session?.person)
    return (
      <>
        <Link href={session.person.party === undefined ? "/network" : "/portal"} className="way-in">
          {session.person.party === undefined ? "Console" : "Mine"}
        </Link>
        <Who />
      </>
    );
  return (
    <Link href="/sign-in" className="way-in">
      Sign in
    </Link>
  );
}
