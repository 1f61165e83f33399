// The door of the demo tenant.
export { ensureDemoTenant, type DemoOptions } from "./ensure-demo-tenant.ts";
export { generateNorthgate, type DemoPlan, type TenantRecords } from "./generate.ts";
export { generateLeads, type LeadOwner, type LeadPlan } from "./leads.ts";
export { demoPeople, demoTeams, demoTenant, type DemoPersonSpec } from "./people.ts";
