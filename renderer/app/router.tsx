import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from "@tanstack/react-router";
import { readCallsSearch } from "../features/calls/index.ts";
import { readChatsSearch } from "../features/chats/index.ts";
import { readDealsSearch } from "../features/deals/index.ts";
import { readImportSearch } from "../features/imports/index.ts";
import { readInsightsSearch } from "../features/insights/index.ts";
import { LeadsScreen, readLeadsSearch } from "../features/leads/index.ts";
import { readListingsSearch } from "../features/listings/index.ts";
import { readTasksSearch } from "../features/tasks/index.ts";
import { DeskFrame } from "./desk-frame.tsx";
import { NotFound } from "./not-found.tsx";
import { miniPhonePath } from "./places.ts";

// The list is what a desk opens on. Every other screen is loaded when somebody goes there, and past its feature's door
// where others come in by that: what stands in the door is loaded with them.
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
  component: lazyRouteComponent(
    () => import("../features/leads/profile/lead-profile-screen.tsx"),
    "LeadProfileScreen",
  ),
});
const settings = createRoute({
  getParentRoute: () => root,
  path: "/settings",
  component: lazyRouteComponent(() => import("../features/settings/index.ts"), "SettingsScreen"),
});

const tasks = createRoute({
  getParentRoute: () => root,
  path: "/tasks",
  validateSearch: readTasksSearch,
  component: lazyRouteComponent(() => import("../features/tasks/tasks-screen.tsx"), "TasksScreen"),
});
const deals = createRoute({
  getParentRoute: () => root,
  path: "/deals",
  validateSearch: readDealsSearch,
  component: lazyRouteComponent(() => import("../features/deals/deals-screen.tsx"), "DealsScreen"),
});
const listings = createRoute({
  getParentRoute: () => root,
  path: "/listings",
  validateSearch: readListingsSearch,
  component: lazyRouteComponent(() => import("../features/listings/listings-screen.tsx"), "ListingsScreen"),
});
const calls = createRoute({
  getParentRoute: () => root,
  path: "/calls",
  validateSearch: readCallsSearch,
  component: lazyRouteComponent(() => import("../features/calls/history/calls-screen.tsx"), "CallsScreen"),
});
const chats = createRoute({
  getParentRoute: () => root,
  path: "/chats",
  validateSearch: readChatsSearch,
  component: lazyRouteComponent(() => import("../features/chats/chats-screen.tsx"), "ChatsScreen"),
});
const wallboard = createRoute({
  getParentRoute: () => root,
  path: "/wallboard",
  component: lazyRouteComponent(
    () => import("../features/calls/wallboard/wallboard-screen.tsx"),
    "WallboardScreen",
  ),
});
const miniPhone = createRoute({
  getParentRoute: () => root,
  path: miniPhonePath,
  component: lazyRouteComponent(() => import("../features/calls/mini/mini-phone.tsx"), "MiniPhone"),
});
const today = createRoute({
  getParentRoute: () => root,
  path: "/today",
  component: lazyRouteComponent(() => import("../features/dashboard/index.ts"), "DashboardScreen"),
});
const importing = createRoute({
  getParentRoute: () => root,
  path: "/import",
  validateSearch: readImportSearch,
  component: lazyRouteComponent(() => import("../features/imports/import-screen.tsx"), "ImportScreen"),
});

const insights = createRoute({
  getParentRoute: () => root,
  path: "/insights",
  validateSearch: readInsightsSearch,
  component: lazyRouteComponent(() => import("../features/insights/insights-screen.tsx"), "InsightsScreen"),
});

const routes = root.addChildren([
  start,
  leads,
  lead,
  tasks,
  deals,
  listings,
  calls,
  chats,
  wallboard,
  miniPhone,
  today,
  insights,
  importing,
  settings,
]);

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
