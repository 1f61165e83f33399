import { useCallback, useSyncExternalStore, type ComponentType } from "react";
import type { Role } from "../../../shared/entities/setting.ts";
import type { SessionInfo } from "../../../shared/sync/session-wire.ts";
import { HealthPage } from "../pages/health-page.tsx";

export type ConsolePage = {
  /** The address under `/console/`. */
  key: string;
  name: string;
  roles: readonly Role[];
  Page: ComponentType<{ session: SessionInfo }>;
};
export type PageGroup = { title: string; pages: readonly ConsolePage[] };

const groups: readonly PageGroup[] = [
  {
    title: "Server",
    pages: [
      {
        key: "health",
        name: "Server health",
        roles: ["admin", "operator", "manager", "agent"],
        Page: HealthPage,
      },
    ],
  },
];

/** What somebody of this role may open. */
export function pagesOf(role: Role): PageGroup[] {
  return groups
    .map(({ title, pages }) => ({ title, pages: pages.filter(({ roles }) => roles.includes(role)) }))
    .filter(({ pages }) => pages.length > 0);
}

const base = "/console/";

/** The page that the address names, or the first one. */
export function usePage(available: readonly PageGroup[]): [ConsolePage, (key: string) => void] {
  const path = useSyncExternalStore(followAddress, () => window.location.pathname);
  const pages = available.flatMap((group) => group.pages);
  const page = pages.find(({ key }) => path === base + key) ?? pages[0];
  if (!page) throw new Error("nobody is without a page");
  const open = useCallback((key: string) => {
    window.history.pushState(null, "", base + key);
    window.dispatchEvent(new PopStateEvent("popstate"));
  }, []);
  return [page, open];
}

function followAddress(onChange: () => void): () => void {
  window.addEventListener("popstate", onChange);
  return () => window.removeEventListener("popstate", onChange);
}
