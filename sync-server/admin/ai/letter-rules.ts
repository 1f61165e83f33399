import type { z } from "zod";
import { usualSecondPerson } from "../../../shared/assistant/letters/approval.ts";
import { addRoute, admins, everybody, type Routes } from "../route.ts";
import {
  checked,
  lockSetting,
  putSettings,
  readSettings,
  withoutBase,
  type SettingDoc,
} from "../setting-records.ts";
import { LetterRuleSettings } from "./wire.ts";

const kind = "letter-rules";

/** Which letters that the assistant wrote need a second person: one record, and what is usual where none is stored. */
export function addLetterRuleRoutes(routes: Routes): void {
  const path = "/ai/letter-rules";
  addRoute(
    routes,
    { method: "GET", path, summary: "Which letters need a second person before they leave", roles: everybody, answer: LetterRuleSettings }, // prettier-ignore
    async ({ tx, identity }) => rulesOf((await readSettings(tx, identity.tenantId, kind, {}))[0]),
  );
  addRoute(
    routes,
    { method: "PATCH", path, summary: "Say which letters need a second person", roles: admins, body: LetterRuleSettings, answer: LetterRuleSettings }, // prettier-ignore
    async (call) => {
      const { body, note } = call;
      const before = rulesOf(await lockSetting(call, kind, kind));
      await putSettings(call, [checked({ ...body, id: kind, kind, order: 0 })]);
      await note("letter-rules.change", `settings/${kind}`, { before, after: body });
      return body;
    },
  );
}

function rulesOf(stored: SettingDoc | null | undefined): z.output<typeof LetterRuleSettings> {
  return stored ? withoutBase(stored, LetterRuleSettings) : { secondPerson: usualSecondPerson };
}
