import type { z } from "zod";
import type { DialVerdict } from "../../shared/calls/compliance/dial-verdict.ts";
import { usualPhoneRules } from "../../shared/calls/phone-rules.ts";
import { applyChange, whatStood } from "../../shared/entities/partial-change.ts";
import { Refused } from "../http/index.ts";
import { callsAtExchange, tryDial } from "../telephony/index.ts";
import { addRoute, admins, everybody, type Routes } from "./route.ts";
import {
  checked,
  lockSetting,
  putSettings,
  readSettings,
  requireQueue,
  withoutBase,
  type SettingDoc,
} from "./setting-records.ts";
import { ChangePhoneRules, PhoneRuleSettings, TriedNumber, TryNumber } from "./wire.ts";

type Rules = z.output<typeof PhoneRuleSettings>;

/** How the tenant telephones: one record, and what Ringside does where none is stored. */
export function addPhoneRuleRoutes(routes: Routes): void {
  const path = "/phone/rules";
  addRoute(
    routes,
    { method: "GET", path, summary: "How calls are taken, recorded and allowed", roles: everybody, answer: PhoneRuleSettings }, // prettier-ignore
    async ({ tx, identity }) => rulesOf((await readSettings(tx, identity.tenantId, "phone-rules", {}))[0]),
  );
  addRoute(
    routes,
    { method: "PATCH", path, summary: "Configure how calls are taken, recorded and allowed", roles: admins, body: ChangePhoneRules, answer: PhoneRuleSettings }, // prettier-ignore
    async (call) => {
      const { tx, identity, body, note } = call;
      if (body.defaultQueue !== undefined) await requireQueue(tx, identity.tenantId, body.defaultQueue);
      const stood = rulesOf(await lockSetting(call, "phone-rules", "phone-rules"));
      const rules = applyChange(stood, body);
      requireEachOnce(rules);
      await putSettings(call, [checked({ ...rules, id: "phone-rules", kind: "phone-rules", order: 0 })]);
      const details = { before: whatStood(stood, body), after: body };
      await note("phone-rules.change", "settings/phone-rules", details);
      return rules;
    },
  );
  addRoute(
    routes,
    { method: "GET", path: `${path}/try`, summary: "May a number be dialled at a moment? Nothing is dialled", roles: admins, query: TryNumber, answer: TriedNumber }, // prettier-ignore
    async ({ tx, identity, query: { number, at }, now }) => {
      const atExchange = await callsAtExchange(tx, identity.tenantId);
      const dialled = { to: number, how: "by-hand", atExchange } as const;
      const { verdict, zones } = await tryDial(tx, identity, dialled, new Date(at ?? now));
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
    announce: kind === "inform" ? because : "",
    notes:
      kind === "ask"
        ? [...verdict.notes, `Nothing is recorded before they agree (${because}).`]
        : verdict.notes,
  };
}

function rulesOf(doc: SettingDoc | null | undefined): Rules {
  return doc ? withoutBase(doc, PhoneRuleSettings) : { ...usualPhoneRules, windows: [] };
}

/** Two rules for one place would leave open which of them holds. */
function requireEachOnce({ windows }: Rules): void {
  const places = windows.map(({ where }) => where);
  if (new Set(places).size !== places.length)
    throw new Refused("bad-request", "A place has calling hours twice.");
}
