// SPDX-License-Identifier: MIT
import type { PersonName } from "@perigee/operator/contract";
import { Modal } from "../../ui/modal.tsx";
import { SignInForm } from "./sign-in-form.tsx";

/** Over the page, when the session has ended: signing in again goes on where one was, nothing typed is lost. */
export function SessionEnded({ person }: { person: PersonName }) {
  return (
    <Modal
      title="Your session has ended"
      open
      description={`Sign in again, ${person.name}. What you were doing is still here.`}
    >
      <SignInForm code={null} />
    </Modal>
  );
}
