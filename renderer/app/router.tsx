import { createRootRoute, createRoute, createRouter, redirect } from "@tanstack/react-router";
import { DashboardScreen } from "../features/dashboard/index.ts";
import { DealsScreen, readDealsSearch } from "../features/deals/index.ts";
import { ImportScreen, readImportSearch } from "../features/imports/index.ts";
import { LeadProfileScreen, LeadsScreen, readLeadsSearch } from "../features/leads/index.ts";
import { SettingsScreen } from "../features/settings/index.ts";
import { ListingsScreen, readListingsSearch } from "../features/listings/index.ts";
import { readTasksSearch, TasksScreen } from "../features/tasks/index.ts";
import { DeskFrame } from "./desk-frame.tsx";
import { NotFound } from "./not-found.tsx";

const root = createRootRoute({ component: DeskFrame, notFoundComponent: NotFound });

const start = createRoute({
  getParentRoute: () => root,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/leads" });
  },
});
const leads = createRoute({
  getParentRoute: () => root,
  path: "/leads",
  validateSearch: readLeadsSearch,
  component: LeadsScreen,
});
const lead = createRoute({
  getParentRoute: () => root,
  path: "/leads/$leadId",
  validateSearch: readLeadsSearch,
  component: LeadProfileScreen,
});
const settings = createRoute({ getParentRoute: () => root, path: "/settings", component: SettingsScreen });

const tasks = createRoute({
  getParentRoute: () => root,
  path: "/tasks",
  validateSearch: readTasksSearch,
  component: TasksScreen,
});
const deals = createRoute({
  getParentRoute: () => root,
  path: "/deals",
  validateSearch: readDealsSearch,
  component: DealsScreen,
});
const listings = createRoute({
  getParentRoute: () => root,
  path: "/listings",
  validateSearch: readListingsSearch,
  component: ListingsScreen,
});
const today = createRoute({ getParentRoute: () => root, path: "/today", component: DashboardScreen });
const importing = createRoute({
  getParentRoute: () => root,
  path: "/import",
  validateSearch: readImportSearch,
  component: ImportScreen,
});

const routes = root.addChildren([start, leads, lead, tasks, deals, listings, today, importing, settings]);

/** Every address of the desk. The shell answers each of them with the same page, so that windows can be opened on any. */
export function createDeskRouter() {
  return createRouter({
    routeTree: routes,
    // Ours keeps what was typed; the router would show a bare message.
    disableGlobalCatchBoundary: true,
    defaultPreload: false,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createDeskRouter>;
  }
}
