import { useAnswer, useAnswers, whoAmI } from "../api/use-answer.ts";
import { isSignedOut } from "../api/answers.ts";
import { InvitationScreen } from "../session/invitation-screen.tsx";
import { ResetScreen } from "../session/reset-screen.tsx";
import { SignInScreen } from "../session/sign-in-screen.tsx";
import { Button } from "../../../renderer/ui/controls/button.tsx";
import { ErrorLine } from "../../../renderer/ui/display/error-line.tsx";
import { SessionInfo } from "../../../shared/sync/session-wire.ts";
import { goTo, useAddress } from "./address.ts";
import { Frame } from "./frame.tsx";
import styles from "./frame.module.css";

/** Links from letters come first; whoever has no session signs in; everybody else gets the pages of their role. */
export function Console() {
  const [door, token] = useAddress();
  const answers = useAnswers();
  // Another person sees other answers: everything is asked anew.
  const enter = async () => {
    await answers.refresh("/");
    if (door === "invitation" || door === "reset") goTo();
  };
  if (door === "invitation" && token) return <InvitationScreen token={token} onSignedIn={enter} />;
  if (door === "reset" && token) return <ResetScreen token={token} />;
  return <SignedInOrNot onSignedIn={enter} />;
}

function SignedInOrNot({ onSignedIn }: { onSignedIn: () => Promise<void> }) {
  const { value: session, error, reload } = useAnswer(whoAmI, SessionInfo);
  if (error && isSignedOut(error)) return <SignInScreen onSignedIn={onSignedIn} />;
  if (session) return <Frame key={session.sessionId} session={session} onSignedOut={reload} />;
  if (!error) return <p className={styles["opening"]} />;
  return (
    <div className={styles["opening"]}>
      <ErrorLine what={error.message}>
        <Button size="small" onClick={() => void reload()}>
          Ask again
        </Button>
      </ErrorLine>
    </div>
  );
}
