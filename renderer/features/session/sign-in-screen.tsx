import { useState } from "react";
import type { OutputOf } from "../../../shared/rpc/define.ts";
import { signIn, signInDemo, type session } from "../../../shared/rpc/contract/session.ts";
import { useCommand } from "../../client/index.ts";
import { Avatar } from "../../ui/display/avatar.tsx";
import { SignInForm } from "./sign-in-form.tsx";
import { roleAndNote } from "./session-words.ts";
import styles from "./session.module.css";

type DemoPeople = OutputOf<typeof session>["demoPeople"];

export function SignInScreen({
  reason,
  serverUrl,
  demoPeople,
}: {
  reason: string | null;
  serverUrl: string;
  demoPeople: DemoPeople;
}) {
  return (
    <main className={styles["page"]}>
      <div className={styles["card"]}>
        <h1 className={styles["title"]}>Sign in to Ringside</h1>
        {reason && (
          <p className={styles["reason"]} role="status">
            {reason}
          </p>
        )}
        {demoPeople.length > 0 && <DemoCards people={demoPeople} />}
        <SignInForm label="Sign in" command={signIn} />
        <p className={styles["server"]}>{serverUrl}</p>
      </div>
    </main>
  );
}

/** The people of the demo tenant: one click each. */
function DemoCards({ people }: { people: DemoPeople }) {
  const signInAs = useCommand(signInDemo);
  const [trouble, setTrouble] = useState<string | null>(null);
  const choose = async (userId: DemoPeople[number]["userId"]) => {
    const result = await signInAs({ userId });
    setTrouble(result.ok ? null : result.error.message);
  };
  return (
    <section aria-label="People of the demo" className={styles["demo"]}>
      {people.map((person) => (
        <button
          key={person.userId}
          type="button"
          className={styles["person"]}
          onClick={() => void choose(person.userId)}
        >
          <Avatar name={person.name} size="large" />
          <span className={styles["person-text"]}>
            <bdi className={styles["person-name"]}>{person.name}</bdi>
            <span className={styles["person-note"]}>{roleAndNote(person.role, person.note)}</span>
          </span>
        </button>
      ))}
      {trouble && (
        <p className={styles["trouble"]} role="alert">
          {trouble}
        </p>
      )}
      <p className={styles["or"]}>or with e-mail and password</p>
    </section>
  );
}
