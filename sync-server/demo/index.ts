// The door of the demo tenant.
export { ensureDemoTenant, type DemoOptions } from "./ensure-demo-tenant.ts";
export { type DemoPlan, type TenantRecords } from "./generate.ts";
export { generateLeads, type LeadOwner, type LeadPlan } from "./leads.ts";
export { demoTenant, type DemoPersonSpec } from "./people.ts";
