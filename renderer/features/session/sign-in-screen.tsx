import { useState } from "react";
import type { OutputOf } from "../../../shared/rpc/define.ts";
import { signIn, signInDemo, type session } from "../../../shared/rpc/contract/session.ts";
import { useCommand } from "../../client/index.ts";
import { DemoPeopleCards, SessionCard, SessionNote } from "../../ui/session-card/session-card.tsx";
import { Elsewhere } from "./elsewhere.tsx";
import { SignInForm } from "./sign-in-form.tsx";
import { useElsewhere } from "./use-provider-sign-in.ts";
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
  const elsewhere = useElsewhere();
  if (elsewhere) {
    return (
      <SessionCard title={`Continue with ${elsewhere.name}`}>
        <Elsewhere at={elsewhere} />
      </SessionCard>
    );
  }
  return (
    <SessionCard title="Sign in to Ringside">
      {reason && <SessionNote>{reason}</SessionNote>}
      {demoPeople.length > 0 && <DemoCards people={demoPeople} />}
      <SignInForm label="Sign in" command={signIn} />
      <p className={styles["server"]}>{serverUrl}</p>
    </SessionCard>
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
    <DemoPeopleCards
      people={people.map(({ userId, name, role, note }) => ({ userId, name, note: roleAndNote(role, note) }))}
      trouble={trouble}
      onChoose={(userId) => void choose(userId)}
      after="or as yourself"
    />
  );
}
