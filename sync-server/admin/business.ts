import { applyChange, whatStood } from "../../shared/entities/partial-change.ts";
import type { Tx } from "../database/index.ts";
import { Refused } from "../http/index.ts";
import { addRoute, admins, everybody, found, type Routes } from "./route.ts";
import { checked, lockSetting, putSettings, readSettings, withoutBase } from "./setting-records.ts";
import { BusinessSettings, ChangeBusiness } from "./wire.ts";

const path = "/business";
const noun = "business configuration";

/** What a tenant calls things, where it is and when it is open. Operators have no business. */
export function addBusinessRoutes(routes: Routes): void {
  addRoute(
    routes,
    { method: "GET", path, summary: "Industry, words, hours, holidays, currency", roles: everybody, answer: BusinessSettings }, // prettier-ignore
    async ({ tx, identity }) => {
      const [business] = await readSettings(tx, identity.tenantId, "business", {});
      return withoutBase(found(business, noun), BusinessSettings);
    },
  );
  addRoute(
    routes,
    { method: "PATCH", path, summary: "Configure the business", roles: admins, body: ChangeBusiness, answer: BusinessSettings }, // prettier-ignore
    async (call) => {
      const { body, note } = call;
      if (body.timeZone !== undefined) requireTimeZone(body.timeZone);
      const stood = found(await lockSetting(call, "business", "business"), noun);
      const after = checked(applyChange(stood, body));
      await putSettings(call, [after]);
      const details = { before: whatStood(stood, body), after: body };
      await note("business.change", "settings/business", details);
      return withoutBase(after, BusinessSettings);
    },
  );
}

/** ISO 3166 country of the tenant: of numbers that are written without one. */
export async function readCountry(tx: Tx, tenantId: string): Promise<string> {
  const [business] = await readSettings(tx, tenantId, "business", {});
  return String(business?.["country"] ?? "US");
}

function requireTimeZone(timeZone: string): void {
  if (!Intl.supportedValuesOf("timeZone").includes(timeZone) && timeZone !== "UTC") {
    throw new Refused("bad-request", "This is not a time zone, such as Europe/London.");
  }
}
