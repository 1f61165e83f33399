import { Plus, X } from "lucide-react";
import { Fragment, type ReactNode } from "react";
import { classNames } from "../../../renderer/ui/class-names.ts";
import { Button, IconButton } from "../../../renderer/ui/controls/button.tsx";
import { ErrorLine } from "../../../renderer/ui/display/error-line.tsx";
import { useShortcuts } from "../../../renderer/ui/keys/shortcuts.tsx";
import { TopBarFrame } from "../../../renderer/ui/top-bar/top-bar.tsx";
import type { ApiError } from "../api/ask.ts";
import { goTo } from "../frame/address.ts";
import { Link } from "./link.tsx";
import styles from "./page.module.css";

/** The last crumb is where one is, and no link. */
export type Crumb = { label: string; to?: readonly string[] };

/** A page: where one is and the one thing to do here on top, columns below. */
export function Page({
  crumbs,
  note,
  action,
  children,
}: {
  crumbs: readonly Crumb[];
  /** Beside the crumbs: a count, a state. */
  note?: ReactNode;
  action?: ReactNode;
  children: ReactNode;
}) {
  return (
    <main className={styles["page"]}>
      <TopBarFrame
        crumbs={crumbs}
        renderLink={({ label, to }) => to && <Link to={to}>{label}</Link>}
        note={note}
      >
        {action}
      </TopBarFrame>
      <div className={styles["columns"]}>{children}</div>
    </main>
  );
}

/** The page's one primary action; `N` does it too. */
export function NewButton({ label, to }: { label: string; to: readonly string[] }) {
  useShortcuts("screen", [
    { id: "new", keys: "n", title: label, group: "This page", run: () => goTo(...to) },
  ]);
  return (
    <Button kind="primary" icon={Plus} keys="n" onClick={() => goTo(...to)}>
      {label}
    </Button>
  );
}

export function Column({
  kind,
  label,
  children,
}: {
  /** `list` 300 px, `main` what is left, `side` 400 px at the right. */
  kind: "list" | "main" | "side";
  label: string;
  children: ReactNode;
}) {
  return (
    <section className={classNames(styles["column"], styles[kind])} aria-label={label}>
      {children}
    </section>
  );
}

/** Tabs, search and filters above a list. */
export function Bar({ children }: { children: ReactNode }) {
  return <div className={styles["bar"]}>{children}</div>;
}

/** What a list means and what can be done with it, above it. */
export function Meaning({ children }: { children: ReactNode }) {
  return <p className={styles["meaning"]}>{children}</p>;
}

/** One thing beside the list that it comes from. Escape closes it. */
export function Detail({
  title,
  subtitle,
  closeTo,
  children,
}: {
  title: string;
  subtitle?: ReactNode;
  closeTo: readonly string[];
  children: ReactNode;
}) {
  useShortcuts("screen", [
    { id: "close", keys: "escape", title: "Close", group: "This page", run: () => goTo(...closeTo) },
  ]);
  return (
    <section className={classNames(styles["column"], styles["side"])} aria-label={title}>
      <div className={styles["detail-head"]}>
        <div className={styles["detail-title"]}>
          <h2>{title}</h2>
          {subtitle && <p>{subtitle}</p>}
        </div>
        <IconButton icon={X} label="Close" keys="escape" onClick={() => goTo(...closeTo)} />
      </div>
      <div className={styles["detail-body"]}>{children}</div>
    </section>
  );
}

/** A headed part of a detail or form. */
export function Section({ title, note, children }: { title: string; note?: ReactNode; children: ReactNode }) {
  return (
    <section className={styles["section"]}>
      <h2>{title}</h2>
      {note && <p className={styles["section-note"]}>{note}</p>}
      {children}
    </section>
  );
}

/** What can be done, a button beside a sentence that says what it does. */
export function Deed({ says, children }: { says: string; children: ReactNode }) {
  return (
    <div className={styles["deed"]}>
      <span>{says}</span>
      {children}
    </div>
  );
}

export function Facts({ facts }: { facts: readonly (readonly [name: string, value: ReactNode])[] }) {
  return (
    <dl className={styles["facts"]}>
      {facts.map(([name, value]) => (
        <Fragment key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </Fragment>
      ))}
    </dl>
  );
}

/** An answer that did not come: what is on screen stays, and one may ask again. */
export function Trouble({ error, onRetry }: { error: ApiError | null; onRetry: () => Promise<void> }) {
  if (!error) return null;
  return (
    <div className={styles["trouble"]}>
      <ErrorLine what={error.message} kept="What stands here may be out of date.">
        <Button size="small" onClick={() => void onRetry()}>
          Ask again
        </Button>
      </ErrorLine>
    </div>
  );
}
