import { leaveProvider, type session } from "../../../shared/rpc/contract/session.ts";
import type { OutputOf } from "../../../shared/rpc/define.ts";
import { useCommand } from "../../client/index.ts";
import { Button } from "../../ui/controls/button.tsx";
import { ErrorLine } from "../../ui/display/error-line.tsx";
import { openPage } from "./use-provider-sign-in.ts";
import styles from "./session.module.css";

type At = NonNullable<OutputOf<typeof session>["elsewhere"]>;

/** While the person is at their provider, in a browser: the code that they compare there, and the way back. */
export function Elsewhere({ at: { name, url, code, trouble } }: { at: At }) {
  const leave = useCommand(leaveProvider);
  return (
    <section aria-label={`Signing in with ${name}`} className={styles["form"]}>
      {trouble === null ? (
        <>
          <p>
            Sign in with {name} in your browser. When you are asked whether this is your desk, it has to show
            this code:
          </p>
          <p className={styles["code"]}>{code}</p>
          <Button onClick={() => openPage(url)}>Open the page again</Button>
        </>
      ) : (
        <ErrorLine what={trouble} kept="Nobody was signed in." />
      )}
      <Button kind="quiet" onClick={() => void leave({})}>
        Sign in another way
      </Button>
    </section>
  );
}
