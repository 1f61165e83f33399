import { addRoute, admins, everybody, type Routes } from "./route.ts";
import { usualPhoneRules } from "../../shared/calls/phone-rules.ts";
import { checked, putSettings, readSettings } from "./setting-records.ts";
import { Refused } from "../http/index.ts";
import { PhoneRuleSettings, TriedNumber, TryNumber } from "./wire.ts";
import { tryDial } from "../telephony/index.ts";
import type { DialVerdict } from "../../shared/calls/compliance/dial-verdict.ts";
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
  addRoute(
    routes,
    { method: "GET", path: `${path}/try`, summary: "May a number be dialled at a moment? Nothing is dialled", roles: admins, query: TryNumber, answer: TriedNumber }, // prettier-ignore
    async ({ tx, identity, query: { number, at }, now }) => {
      const { verdict, zones } = await tryDial(tx, identity, number, new Date(at ?? now));
      return { ...sayVerdict(verdict), zones: [...zones] };
    },
  );
}

function sayVerdict(verdict: DialVerdict): Omit<z.input<typeof TriedNumber>, "zones"> {
  if (verdict.kind === "blocked") {
    const { reasons, untilMs } = verdict;
    const until = untilMs === null ? null : new Date(untilMs).toISOString();
    return {
      allowed: false,
      reasons: reasons.map(({ sentence }) => sentence),
      until,
      announce: "",
      notes: [],
    };
  }
  const { kind, because } = verdict.announce;
  return {
    allowed: true,
    reasons: [],
    until: null,
    announce: kind === "none" ? "" : because,
    notes: verdict.notes,
  };
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
