import { LogOut } from "lucide-react";
import { z } from "zod";
import { IconButton } from "../../../renderer/ui/controls/button.tsx";
import { Avatar } from "../../../renderer/ui/display/avatar.tsx";
import { Icon } from "../../../renderer/ui/display/icon.tsx";
import { useToast } from "../../../renderer/ui/floating/toast.tsx";
import { classNames } from "../../../renderer/ui/class-names.ts";
import { formatCount } from "../../../renderer/ui/format/numbers.ts";
import type { SessionInfo } from "../../../shared/sync/session-wire.ts";
import { ask } from "../api/ask.ts";
import { useAnswer } from "../api/use-answer.ts";
import { useAskEvery } from "../api/use-ask-every.ts";
import { Link } from "../parts/link.tsx";
import { useAddress } from "./address.ts";
import { pageAt, pagesOf, type ConsolePage, type PageCount } from "./pages.ts";
import { ThemeButton } from "./theme-button.tsx";
import styles from "./frame.module.css";

/** Navigation at the left, one page at the right. */
export function Frame({ session, onSignedOut }: { session: SessionInfo; onSignedOut: () => Promise<void> }) {
  const [key, ...rest] = useAddress();
  const groups = pagesOf(session.role);
  const page = pageAt(groups, key);
  return (
    <div className={styles["frame"]}>
      <nav className={styles["nav"]} aria-label="Pages">
        <div className={styles["tenant"]}>
          <Mark />
          <span className="cut">{session.tenant.name}</span>
        </div>
        <div className={styles["groups"]}>
          {groups.map(({ title, pages }) => (
            <section key={title}>
              <h2 className={styles["group"]}>{title}</h2>
              {pages.map((one) => (
                <NavItem key={one.key} page={one} here={one === page} />
              ))}
            </section>
          ))}
        </div>
        <Person session={session} onSignedOut={onSignedOut} />
      </nav>
      <page.Page key={page.key} session={session} rest={rest} />
    </div>
  );
}

function NavItem({ page: { key, name, icon, count }, here }: { page: ConsolePage; here: boolean }) {
  return (
    <Link to={[key]} className={styles["item"]} aria-current={here ? "page" : undefined}>
      <Icon of={icon} />
      <span className="cut">{name}</span>
      {count && <NavCount of={count} />}
    </Link>
  );
}

const renewEveryMs = 30_000;

function NavCount({ of }: { of: PageCount }) {
  const { value, reload } = useAnswer(of.path, of.schema);
  const count = value === undefined ? 0 : of.count(value as never);
  return (
    <span className={classNames(styles["count"], of.calls && count > 0 && styles["calls"])}>
      {value !== undefined && formatCount(count)}
      {of.calls && <Renewed reload={reload} />}
    </span>
  );
}

/** What somebody waits for is not left as it was when the console was opened. */
function Renewed({ reload }: { reload: () => Promise<void> }) {
  useAskEvery(renewEveryMs, reload);
  return null;
}

function Person({ session, onSignedOut }: { session: SessionInfo; onSignedOut: () => Promise<void> }) {
  const toast = useToast();
  const signOut = async () => {
    const answer = await ask("POST", "/session/sign-out", z.null());
    if (answer.ok) await onSignedOut();
    else toast({ text: `${answer.error.message} You are still signed in.`, trouble: true });
  };
  return (
    <div className={styles["person"]}>
      <Avatar name={session.user.name} />
      <span className="cut">{session.user.name}</span>
      <ThemeButton />
      <IconButton size="small" icon={LogOut} label="Sign out" onClick={() => void signOut()} />
    </div>
  );
}

/** A ring with somebody in it. */
function Mark() {
  return (
    <svg width={18} height={18} viewBox="0 0 20 20" aria-hidden className={styles["mark"]}>
      <rect x={2} y={2} width={16} height={16} rx={5} fill="none" stroke="currentColor" strokeWidth={1.8} />
      <circle cx={10} cy={10} r={2.5} />
    </svg>
  );
}
