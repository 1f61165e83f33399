import { useState } from "react";
import type { UserId } from "../../../shared/entities/id.ts";
import { DemoPeople, SignedIn } from "../../../shared/sync/session-wire.ts";
import { DemoPeopleCards } from "../../../renderer/ui/session-card/session-card.tsx";
import { ask } from "../api/ask.ts";
import { useAnswer } from "../api/use-answer.ts";
import { client } from "./code-form.tsx";

/** Only where the server runs the demo tenant on a loopback address. Those who administer come first. */
export function DemoDoor({ onSignedIn }: { onSignedIn: () => Promise<void> }) {
  const { value } = useAnswer("/session/demo", DemoPeople);
  const [trouble, setTrouble] = useState<string | null>(null);
  const enter = async (userId: UserId) => {
    const answer = await ask("POST", "/session/demo", SignedIn, { userId, client });
    if (answer.ok) await onSignedIn();
    else setTrouble(answer.error.message);
  };
  if (!value) return null;
  const rank = { admin: 0, operator: 1, manager: 2, agent: 3 } as const;
  const people = value.people.toSorted((a, b) => rank[a.role] - rank[b.role]).slice(0, 4);
  return (
    <DemoPeopleCards
      people={people.map(({ userId, name, about }) => ({ userId, name, note: about }))}
      trouble={trouble}
      onChoose={(userId) => void enter(userId)}
      after="or as yourself"
    />
  );
}
