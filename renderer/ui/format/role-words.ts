import type { Role } from "../../../shared/entities/setting.ts";

export const roleWords: Record<Role, string> = {
  operator: "Operator",
  admin: "Admin",
  manager: "Manager",
  agent: "Agent",
};
