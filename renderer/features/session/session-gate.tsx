import { Fragment, useLayoutEffect, type ReactNode } from "react";
import { session, type SessionState } from "../../../shared/rpc/contract/session.ts";
import { showScreensTo, useLive } from "../../client/index.ts";
import { BlockedScreen } from "./blocked-screen.tsx";
import { OpeningScreen } from "./opening-screen.tsx";
import { SessionBanners } from "./session-banners.tsx";
import { SignInScreen } from "./sign-in-screen.tsx";
import { TwoFactorScreen } from "./two-factor-screen.tsx";

/** Shows the desk to whoever is signed in, and to everybody else what is in the way. */
export function SessionGate({ children }: { children: ReactNode }) {
  const answer = useLive(session, {}).value;
  const who = answer && whoIs(answer.session);
  useLayoutEffect(() => {
    if (who !== undefined) showScreensTo(who);
  }, [who]);
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
          {/* Begun anew with each person, so that no screen goes on with what the one before typed into it. */}
          <Fragment key={who}>{children}</Fragment>
        </>
      );
  }
}

/** Who sits here; "" = nobody; undefined = not known at this moment, while a desk opens or cannot be opened. */
function whoIs(state: SessionState): string | undefined {
  if (state.state === "signed-in") return `${state.tenant.id}/${state.person.userId}`;
  return state.state === "signed-out" ? "" : undefined;
}
