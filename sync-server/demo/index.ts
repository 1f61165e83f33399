// The door of the demo tenant.
export { demoWork } from "./past-talks.ts";
export { ensureDemoTenant, type DemoOptions } from "./ensure-demo-tenant.ts";
export { type DemoPlan, type TenantRecords } from "./generate.ts";
export { generateLeads, type LeadOwner, type LeadPlan } from "./leads.ts";
export { demoTenant, type DemoPersonSpec } from "./people.ts";
