import type { ReactNode } from "react";
import { session } from "../../../shared/rpc/contract/session.ts";
import { useLive } from "../../client/index.ts";
import { BlockedScreen } from "./blocked-screen.tsx";
import { OpeningScreen } from "./opening-screen.tsx";
import { SessionBanners } from "./session-banners.tsx";
import { SignInScreen } from "./sign-in-screen.tsx";
import { TwoFactorScreen } from "./two-factor-screen.tsx";

/** Shows the desk to whoever is signed in, and to everybody else what is in the way. */
export function SessionGate({ children }: { children: ReactNode }) {
  const answer = useLive(session, {}).value;
  if (!answer) return <OpeningScreen note="" />;
  const { session: state } = answer;
  switch (state.state) {
    case "opening":
      return <OpeningScreen note={state.note} />;
    case "signed-out":
      return (
        <SignInScreen reason={state.reason} serverUrl={answer.serverUrl} demoPeople={answer.demoPeople} />
      );
    case "two-factor":
      return <TwoFactorScreen />;
    case "blocked":
      return <BlockedScreen code={state.code} message={state.message} />;
    case "signed-in":
      return (
        <>
          <SessionBanners
            email={state.person.email}
            ended={state.ended}
            secretsNotice={answer.secretsNotice}
          />
          {children}
        </>
      );
  }
}
