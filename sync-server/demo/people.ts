import type { TeamId, TenantId, UserId } from "../../shared/entities/id.ts";
import type { Role } from "../../shared/entities/setting.ts";

export type DemoPersonSpec = {
  userId: UserId;
  name: string;
  email: string;
  role: Role;
  teamIds: TeamId[];
  about: string;
};

export const demoTenant = { id: "demo-northgate" as TenantId, name: "Northgate Workspaces" };
/** Operators belong to no customer: they see tenants and figures, never a tenant's leads. */
export const demoOperations = { id: "demo-operations" as TenantId, name: "Ringside operations" };

export const newBusiness = "demo-new-business" as TeamId;
export const accountsTeam = "demo-accounts" as TeamId;
export const demoTeams = [
  { id: newBusiness, name: "New business" },
  { id: accountsTeam, name: "Accounts" },
];

export const ana = "demo-ana" as UserId;
export const ben = "demo-ben" as UserId;
export const mei = "demo-mei" as UserId;
export const tom = "demo-tom" as UserId;
export const priya = "demo-priya" as UserId;
export const daniel = "demo-daniel" as UserId;
export const max = "demo-max" as UserId;
export const grace = "demo-grace" as UserId;

const both = [newBusiness, accountsTeam];

/** Ana sees New business alone and Daniel Accounts alone; Ben and Priya see both. */
export const demoPeople: readonly DemoPersonSpec[] = [
  person(ana, "Ana Ruiz", "agent", [newBusiness], "Agent, New business"),
  person(ben, "Ben Okafor", "agent", both, "Agent, New business and Accounts"),
  person(mei, "Mei Tanaka", "agent", [newBusiness], "Agent, New business"),
  person(tom, "Tom Lindqvist", "agent", [newBusiness], "Agent, New business"),
  person(priya, "Priya Nair", "agent", both, "Agent, New business and Accounts"),
  person(daniel, "Daniel Shaw", "agent", [accountsTeam], "Agent, Accounts"),
  person(max, "Max Albrecht", "manager", both, "Manager of both teams"),
  person(grace, "Grace Holloway", "admin", [], "Admin of Northgate Workspaces"),
];

export const demoOperator: DemoPersonSpec = {
  userId: "demo-olivia" as UserId,
  name: "Olivia Brandt",
  email: "olivia@ringside.example",
  role: "operator",
  teamIds: [],
  about: "Operator of this server",
};

export function nameOf(userId: UserId): string {
  return demoPeople.find((one) => one.userId === userId)?.name ?? "Ringside";
}

function person(userId: UserId, name: string, role: Role, teamIds: TeamId[], about: string): DemoPersonSpec {
  return { userId, name, email: `${userId.slice("demo-".length)}@northgate.example`, role, teamIds, about };
}
