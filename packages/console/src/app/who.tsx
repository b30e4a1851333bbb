// SPDX-License-Identifier: MIT

import { useState } from "react";
import { signIn, signOut, useSession } from "../data/session.ts";
import { announce } from "../ui/announcer.tsx";
import { PasswordDialog } from "./password-dialog.tsx";

/** Who is signed in. Where that needs no password, who one acts as, and that it is so. */
export function Who() {
  const { session } = useSession();
  const [changing, setChanging] = useState(false);
  if (!session?.person) return null;
  const { person, people, mode } = session;
  const roles = person.roles.join(", ") || "no role";
  if (mode === "open") {
    const act = async (id: string) => {
      const failure = await signIn({ person: id });
      if (failure) announce(failure.message);
    };
    return (
      <div className="who">
        <span className="who-note">Demonstration: no passwords</span>
        <select
          aria-label="Acting as"
          title={`${person.name}: ${roles}`}
          value={person.id}
          onChange={event => void act(event.target.value)}
        >
          {people.map(({ id, name, roles: theirs }) => (
            <option key={id} value={id}>
              {name} ({theirs.join(", ")})
            </option>
          ))}
        </select>
      </div>
    );
  }
  return (
    <div className="who">
      <span className="who-name" title={roles}>
        {person.name}
      </span>
      <button type="button" className="link-button" onClick={() => setChanging(true)}>
        Password
      </button>
      {changing && <PasswordDialog onClose={() => setChanging(false)} />}
      <button type="button" className="link-button" onClick={() => void signOut()}>
        Sign out
      </button>
    </div>
  );
}
