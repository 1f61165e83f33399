import type { FastifyInstance } from "fastify";
import { addAiRoutes } from "./ai/index.ts";
import { addAuditRoutes } from "./audit-log.ts";
import { addBotRoutes } from "./bots/index.ts";
import { addBusinessRoutes } from "./business.ts";
import { addDeviceRoutes } from "./devices.ts";
import { addDoNotCallRoutes } from "./do-not-call.ts";
import { addHealthSummary } from "./health.ts";
import { addIdentityProviderRoutes } from "./identity-providers.ts";
import { addMonitorRoute } from "./monitor.ts";
import { addPeopleRoutes } from "./people.ts";
import { addPhoneRuleRoutes } from "./phone-rules.ts";
import { addPlaybookRoutes } from "./playbooks/playbooks.ts";
import { addTrialRoutes } from "./playbooks/trial.ts";
import { addRoleRoutes } from "./roles.ts";
import type { AdminDeps, Directory } from "./route.ts";
import { addSettingRoutes } from "./settings.ts";
import { addTeamRoutes } from "./teams.ts";
import { addPhoneAccountRoutes } from "./telephony/accounts.ts";
import { addCallLogRoutes } from "./telephony/call-log.ts";
import { addPhoneNumberRoutes } from "./telephony/numbers.ts";
import { addTenantRoutes } from "./tenants.ts";

// The door of administration: what the console and the public API ask, under /api/v1.
export { firstSettings } from "./first-settings.ts";
export { inviteOperator } from "./invite-operator.ts";
export type { AdminAi, AdminDeps } from "./route.ts";

export function addAdminRoutes(app: FastifyInstance, deps: AdminDeps): void {
  const directory: Directory = [];
  const routes = { app, deps, directory };
  addRoleRoutes(routes);
  addPeopleRoutes(routes);
  addIdentityProviderRoutes(routes);
  addTeamRoutes(routes);
  addSettingRoutes(routes);
  addBusinessRoutes(routes);
  addPhoneRuleRoutes(routes);
  addPlaybookRoutes(routes);
  addTrialRoutes(routes);
  addDoNotCallRoutes(routes);
  addPhoneAccountRoutes(routes);
  addPhoneNumberRoutes(routes);
  addCallLogRoutes(routes);
  addDeviceRoutes(routes);
  addAuditRoutes(routes);
  addHealthSummary(routes);
  addMonitorRoute(routes);
  addTenantRoutes(routes);
  addAiRoutes(routes);
  addBotRoutes(routes);
}
