import type { Role } from "../../shared/entities/setting.ts";
import { addRoute, everybody, type Routes } from "./route.ts";
import { Me, Roles } from "./wire.ts";

/** What each role is for, in the words that the console shows; shared/sync/authorise.ts enforces the first three. */
const described: { role: Role; title: string; may: string[] }[] = [
  {
    role: "agent",
    title: "Agent",
    may: [
      "Work the leads, tasks and deals of their teams and their own",
      "Hand over what is theirs or nobody’s",
    ],
  },
  {
    role: "manager",
    title: "Manager",
    may: [
      "Everything an agent may",
      "Reassign and delete what belongs to their teams",
      "See people and teams",
      "Watch queues, call lists and calls live, and end a call of their teams",
    ],
  },
  {
    role: "admin",
    title: "Admin",
    may: [
      "See and change every record of the organisation",
      "Invite people, give roles, make teams",
      "Configure fields, stages, dispositions and the business",
      "Revoke and wipe devices, read the audit log",
    ],
  },
  {
    role: "operator",
    title: "Operator",
    may: ["Make, suspend and resume organisations", "See how much they use, never what they have written"],
  },
];

export function addRoleRoutes(routes: Routes): void {
  const { directory } = routes;
  addRoute(
    routes,
    { method: "GET", path: "/me", summary: "Who asks, and what they may ask", roles: everybody, answer: Me },
    async ({ identity: { userId, tenantId, role, teamIds } }) => ({
      userId,
      tenantId,
      role,
      teamIds: [...teamIds],
      may: directory
        .filter(({ roles }) => roles.includes(role))
        .map(({ method, path }) => `${method} ${path}`),
    }),
  );
  addRoute(
    routes,
    { method: "GET", path: "/roles", summary: "What each role may do", roles: everybody, answer: Roles },
    async () => ({ roles: described }),
  );
}
