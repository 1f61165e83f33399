import { addRoute, admins, everybody, type Routes } from "./route.ts";
import { usualPhoneRules } from "../../shared/calls/phone-rules.ts";
import { checked, putSettings, readSettings } from "./setting-records.ts";
import { Refused } from "../http/index.ts";
import { PhoneRuleSettings } from "./wire.ts";
import type { Tx } from "../database/index.ts";
import type { z } from "zod";

type Rules = z.output<typeof PhoneRuleSettings>;

/** How the tenant telephones: one record, and what Ringside does where none is stored. */
export function addPhoneRuleRoutes(routes: Routes): void {
  const path = "/phone/rules";
  addRoute(
    routes,
    { method: "GET", path, summary: "How calls are taken, recorded and allowed", roles: everybody, answer: PhoneRuleSettings }, // prettier-ignore
    ({ tx, identity }) => readRules(tx, identity.tenantId),
  );
  addRoute(
    routes,
    { method: "PUT", path, summary: "Configure how calls are taken, recorded and allowed", roles: admins, body: PhoneRuleSettings, answer: PhoneRuleSettings }, // prettier-ignore
    async (call) => {
      const { tx, identity, body, note } = call;
      const before = await readRules(tx, identity.tenantId);
      await requireQueue(tx, identity.tenantId, body.defaultQueue);
      requireEachOnce(body);
      await putSettings(call, [checked({ ...body, id: "phone-rules", kind: "phone-rules", order: 0 })]);
      await note("phone-rules.change", "settings/phone-rules", { before, after: body });
      return body;
    },
  );
}

async function readRules(tx: Tx, tenantId: string): Promise<Rules> {
  const [doc] = await readSettings(tx, tenantId, "phone-rules", {});
  if (doc === undefined) return { ...usualPhoneRules, windows: [] };
  return Object.fromEntries(
    Object.keys(PhoneRuleSettings.shape).map((field) => [field, doc[field]]),
  ) as Rules;
}

async function requireQueue(tx: Tx, tenantId: string, key: string): Promise<void> {
  if (key === "") return;
  const queues = await readSettings(tx, tenantId, "queue", {});
  if (!queues.some((queue) => queue["key"] === key && queue["archived"] === false))
    throw new Refused("bad-request", "There is no such queue.");
}

/** Two rules for one place would leave open which of them holds. */
function requireEachOnce({ windows }: Rules): void {
  const places = windows.map(({ where }) => where);
  if (new Set(places).size !== places.length)
    throw new Refused("bad-request", "A place has calling hours twice.");
}
