import { signOut } from "../../../shared/rpc/contract/session.ts";
import { useCommand } from "../../client/index.ts";
import { SessionCard } from "../../ui/session-card/session-card.tsx";
import { CodeForm } from "./code-form.tsx";

export function TwoFactorScreen() {
  const leave = useCommand(signOut);
  return (
    <SessionCard title="Second step">
      <CodeForm back="Sign in as somebody else" onBack={() => void leave({ unsent: "keep" })} />
    </SessionCard>
  );
}
