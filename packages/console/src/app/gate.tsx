// SPDX-License-Identifier: MIT
import { useState } from "react";
import { useSession } from "../data/session.ts";
import { readCode } from "../pages/sign-in/read-code.ts";
import { SessionEnded } from "../pages/sign-in/session-ended.tsx";
import { SignInPage } from "../pages/sign-in/sign-in-page.tsx";
import { App } from "./app.tsx";

/** The console for whoever is signed in, the door for everyone else. */
export function Gate() {
  const { session, failure, ended } = useSession();
  const [code] = useState(() => readCode(location.pathname, location.hash));
  if (session?.person)
    return (
      <>
        <App />
        {ended && <SessionEnded person={session.person} />}
      </>
    );
  if (session || failure) return <SignInPage code={code} failure={session ? null : failure} />;
  return null;
}
