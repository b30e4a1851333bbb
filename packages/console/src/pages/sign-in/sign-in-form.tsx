// SPDX-License-Identifier: MIT
import { type FormEvent, useId, useState } from "react";
import type { Failure } from "../../data/failure.ts";
import { setPassword, signIn } from "../../data/session.ts";

/** A code for a password, from the link that brought somebody here. */
export interface PasswordCode {
  readonly email: string;
  readonly code: string;
}

/** E-mail address and password; with a code, a new password. What was typed stays when it was refused. */
export function SignInForm({ code, email: known = "" }: { code: PasswordCode | null; email?: string }) {
  const [email, setEmail] = useState(code?.email ?? known);
  const [password, setTyped] = useState("");
  const [shown, setShown] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const id = useId();

  const send = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setFailure(null);
    setFailure(await (code ? setPassword(email, code.code, password) : signIn({ email, password })));
    setBusy(false);
  };
  return (
    <form className="order-form" onSubmit={send}>
      <div className="field">
        <label htmlFor={`${id}-email`}>E-mail address</label>
        <input
          id={`${id}-email`}
          name="email"
          type="email"
          autoComplete="username"
          required
          readOnly={code !== null}
          data-first={email === "" || undefined}
          value={email}
          onChange={event => setEmail(event.target.value)}
        />
      </div>
      <div className="field" data-wrong={failure !== null || undefined}>
        <label htmlFor={`${id}-password`}>{code ? "New password" : "Password"}</label>
        <input
          id={`${id}-password`}
          name="password"
          type={shown ? "text" : "password"}
          autoComplete={code ? "new-password" : "current-password"}
          required
          aria-invalid={failure !== null}
          aria-describedby={`${id}-note`}
          data-first={email !== "" || undefined}
          value={password}
          onChange={event => setTyped(event.target.value)}
        />
        <span id={`${id}-note`} className="field-note" role="alert">
          {failure?.message ?? (code ? "At least 12 characters; a sentence is easy to keep." : "")}
        </span>
      </div>
      <label className="check">
        <input type="checkbox" checked={shown} onChange={event => setShown(event.target.checked)} />
        Show the password
      </label>
      <div className="modal-foot">
        <button type="submit" className="button main" disabled={busy}>
          {code ? "Set the password and sign in" : "Sign in"}
        </button>
      </div>
    </form>
  );
}
