import { useAnswer } from "../api/use-answer.ts";
import { SignInScreen } from "../session/sign-in-screen.tsx";
import { SessionInfo, sessionPath } from "../../../shared/sync/session-wire.ts";
import { Frame } from "./frame.tsx";
import styles from "./frame.module.css";

const path = sessionPath.replace("/api/v1", "");

/** Whoever has no session signs in; everybody else gets the pages of their role. */
export function Console() {
  const { value: session, error, reload } = useAnswer(path, SessionInfo);
  if (error?.code === "unauthorised" || error?.code === "revoked")
    return <SignInScreen onSignedIn={reload} />;
  if (error && !session) return <p className={styles["opening"]}>{error.message}</p>;
  if (!session) return <p className={styles["opening"]}>Opening the console…</p>;
  return <Frame session={session} onSignedOut={reload} />;
}
