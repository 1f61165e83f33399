import { Link } from "@tanstack/react-router";
import { Search, X } from "lucide-react";
import { createContext, useContext, useRef, type ReactNode } from "react";
import { IconButton } from "../../ui/controls/button.tsx";
import { Icon } from "../../ui/display/icon.tsx";
import { KeyHint } from "../../ui/display/kbd.tsx";
import { useShortcuts } from "../../ui/keys/shortcuts.tsx";
import { TopBarFrame } from "../../ui/top-bar/top-bar.tsx";
import { OfflineBadge, PresenceMenu } from "../sync/index.ts";
import { useSidePanelShown } from "./use-side-panel.ts";
import styles from "./top-bar.module.css";

export interface Crumb {
  label: string;
  /** The last crumb is where one is and needs none. */
  to?: string;
  search?: Record<string, string>;
}

/** What the top bar shows at its end, and what under itself, where there is no right column: the call goes on there. */
export const DockedInTopBar = createContext<{ button: ReactNode; call: ReactNode }>({
  button: null,
  call: null,
});

/** Where one is, and what can be done there. Every screen begins with it. */
export function TopBar({
  crumbs,
  after,
  children,
}: {
  crumbs: readonly Crumb[];
  after?: ReactNode;
  children?: ReactNode;
}) {
  const sidePanelShown = useSidePanelShown();
  const docked = useContext(DockedInTopBar);
  return (
    <>
      <TopBarFrame
        crumbs={crumbs}
        renderLink={({ label, to, search }) =>
          to && (
            <Link to={to} search={search ?? {}}>
              {label}
            </Link>
          )
        }
        badge={<OfflineBadge />}
        note={after}
      >
        {children}
        {!sidePanelShown && docked.button}
        {!sidePanelShown && <PresenceMenu />}
      </TopBarFrame>
      {!sidePanelShown && docked.call}
    </>
  );
}

/** The field behind `/`: filters what the screen lists, as one types. */
export function TopBarSearch({
  value,
  onChange,
  placeholder,
}: {
  value: string;
  onChange: (text: string) => void;
  placeholder: string;
}) {
  const input = useRef<HTMLInputElement>(null);
  useShortcuts("screen", [
    {
      id: "search",
      keys: "/",
      title: "Search this list",
      group: "This list",
      run: () => input.current?.select(),
    },
  ]);
  const leave = () => {
    input.current?.blur();
    document.querySelector<HTMLElement>("[data-table]")?.focus();
  };
  return (
    <div className={styles["search"]} role="search">
      <Icon of={Search} />
      <input
        ref={input}
        type="search"
        aria-label={placeholder}
        aria-keyshortcuts="/"
        placeholder={placeholder}
        value={value}
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape" && value !== "") onChange("");
          else if (event.key === "Escape" || event.key === "Enter") leave();
        }}
      />
      {value === "" ? (
        <KeyHint keys="/" />
      ) : (
        <IconButton size="small" icon={X} label="Clear" onClick={() => onChange("")} />
      )}
    </div>
  );
}
