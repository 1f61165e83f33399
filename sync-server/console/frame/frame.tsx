import { LogOut } from "lucide-react";
import { z } from "zod";
import { IconButton } from "../../../renderer/ui/controls/button.tsx";
import type { SessionInfo } from "../../../shared/sync/session-wire.ts";
import { ask } from "../api/ask.ts";
import { pagesOf, usePage } from "./pages.ts";
import styles from "./frame.module.css";

/** Navigation at the left, one page at the right. */
export function Frame({ session, onSignedOut }: { session: SessionInfo; onSignedOut: () => Promise<void> }) {
  const groups = pagesOf(session.role);
  const [page, open] = usePage(groups);
  const signOut = async () => {
    await ask("POST", "/session/sign-out", z.null());
    await onSignedOut();
  };
  return (
    <div className={styles["frame"]}>
      <nav className={styles["nav"]} aria-label="Pages">
        <div className={styles["tenant"]}>{session.tenant.name}</div>
        {groups.map(({ title, pages }) => (
          <section key={title}>
            <h2 className={styles["group"]}>{title}</h2>
            {pages.map(({ key, name }) => (
              <button
                key={key}
                type="button"
                className={styles["item"]}
                aria-current={key === page.key ? "page" : undefined}
                onClick={() => open(key)}
              >
                {name}
              </button>
            ))}
          </section>
        ))}
        <div className={styles["person"]}>
          <span>{session.user.name}</span>
          <IconButton icon={LogOut} label="Sign out" onClick={() => void signOut()} />
        </div>
      </nav>
      <main className={styles["page"]}>
        <header className={styles["top"]}>
          <h1>{page.name}</h1>
        </header>
        <page.Page session={session} />
      </main>
    </div>
  );
}
