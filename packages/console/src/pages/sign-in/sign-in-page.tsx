// SPDX-License-Identifier: MIT
import { useEffect, useRef } from "react";
import type { Failure } from "../../data/failure.ts";
import { FailureNote } from "../../ui/notes.tsx";
import { type PasswordCode, SignInForm } from "./sign-in-form.tsx";

/** The whole page, for somebody who has not signed in; the address stays, so that a link leads where it should. */
export function SignInPage({ code, failure }: { code: PasswordCode | null; failure: Failure | null }) {
  const page = useRef<HTMLElement>(null);
  useEffect(() => page.current?.querySelector<HTMLElement>("[data-first]")?.focus(), []);
  return (
    <main className="sign-in" ref={page}>
      <h1>{code ? "Set a password for Perigee" : "Sign in to Perigee"}</h1>
      {failure && <FailureNote failure={failure} />}
      <SignInForm code={code} />
      {!code && (
        <p className="quiet">
          No password yet, or forgotten? An admin of this installation makes a link for you to set one.
        </p>
      )}
    </main>
  );
}
