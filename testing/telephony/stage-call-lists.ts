import { beforeEach, expect } from "vitest";
import type {
  EntriesQuery,
  ListedEntries,
  ListedEntry,
  NextAnswer,
} from "../../shared/calls/outbound/wire.ts";
import type { Database } from "../../sync-server/database/index.ts";
import { fields } from "../fakes/blank-fields.ts";
import type { PersonName } from "../server/test-identities.ts";
import { isOver, type FakeLeg } from "./fake-line.ts";
import { phoneRules, useLineStage } from "./use-line-stage.ts";

export const minuteMs = 60_000;
export const wholeDay = [{ from: "00:00", to: "24:00" }];
export const everyDay = Array.from({ length: 7 }, () => wholeDay);
const retryMinutes = { "no-answer": 240, busy: 120, voicemail: 480, failed: null };

/** Call lists on a stage with a line: what tests do to them, and what they look at. Its clock can be put forward. */
export function stageCallLists(open: () => Promise<Database>) {
  /** The server's clock runs ahead of ours by so much. */
  let aheadMs = 0;
  const clock = { now: () => Date.now() + aheadMs };
  beforeEach(() => {
    aheadMs = 0;
  });
  const at = useLineStage(open, { clock });
  const { soon, lineNow, save } = at;
  beforeEach(() => save("settings", [rules(), list("spring")]));

  const rules = (given: object = {}) =>
    phoneRules({ windows: [{ where: "US", days: everyDay, onHolidays: "open", source: "test" }], ...given });
  const list = (key: string, given: object = {}) => ({ id: `call-list:${key}`, kind: "call-list", key, order: 0, label: key, userIds: [], teamIds: [], mode: "preview", previewSeconds: 10, priority: 5, maxAttempts: 3, retryMinutes, businessHoursOnly: false, paused: false, archived: false, ...given }); // prettier-ignore
  /** Leads with these names and numbers of their own, which everybody may see who is named or in no team. */
  const leads = async (...given: (string | Record<string, unknown>)[]) => {
    const made = given.map((one, index) => {
      const own = typeof one === "string" ? { id: one } : one;
      const phone = `+131255501${String(10 + index).padStart(2, "0")}`;
      return { id: "", ...fields.lead({ name: String(own["id"]), phone }), ...own };
    });
    await save("leads", made);
    return made.map(({ id }) => id);
  };
  const ask = async <T>(who: PersonName, path: string, body?: object): Promise<T> =>
    (await at.stage.ask(who, path, body)).body as T;
  const add = async (key: string, leadIds: string[], given: object = {}) =>
    (await at.stage.ask("ana", `/lists/${key}/entries`, { leadIds, ...given })).body;
  /** Whom somebody is given, or why nobody. */
  const next = async (who: PersonName, key: string | null = "spring") => {
    const answer: NextAnswer = await ask(who, "/list-entries/next", { list: key });
    return answer.found ? answer.lead : answer.nobody;
  };
  const nextName = async (who: PersonName, key: string | null = "spring") => {
    const answer = await next(who, key);
    return "leadName" in answer ? answer.leadName : answer.why;
  };
  const move = async (who: PersonName, entryId: string, what: object) =>
    (await at.stage.ask(who, `/list-entries/${entryId}`, what)).status;
  const entries = async (show: EntriesQuery["show"] = "open"): Promise<ListedEntry[]> => {
    const listed: ListedEntries = await ask("admin", `/lists/spring/entries?show=${show}`);
    return listed.entries;
  };
  const entry = async (): Promise<ListedEntry | undefined> =>
    [...(await entries()), ...(await entries("done"))][0];
  const pass = (minutes: number) => {
    aheadMs += minutes * minuteMs;
  };
  const minutesUntil = (at: string | null) => Math.round((Date.parse(at ?? "") - clock.now()) / minuteMs);

  let calls = 0;
  /** Ana takes the next one and dials them; their telephone rings. */
  const dialNext = async () => {
    const lead = await next("ana");
    if (!("entryId" in lead)) throw new Error(`nobody: ${lead.why}`);
    return { lead, ...(await dial(lead.number, lead.leadId)) };
  };
  const dial = async (to: string, leadId: string | null) => {
    const callId = `call-${(calls += 1)}`;
    const permit = await at.stage.ask("ana", "/calls", { callId, to, leadId });
    expect(permit.status).toBe(200);
    const known = at.stage.fake.legs().length;
    await at.stage.post("/voice", { CallSid: `CAdesk${calls}`, From: "client:ana", To: "", CallStatus: "ringing", callId }); // prettier-ignore
    await soon(() => at.stage.fake.legs()[known]?.status).toBe("ringing");
    return { callId, customer: at.stage.fake.legs()[known] as FakeLeg };
  };
  const talkTo = async (customer: FakeLeg) => {
    at.stage.fake.answer(customer);
    await at.stage.delivered();
    at.stage.fake.end(customer, "completed");
    await soon(() => isOver(customer)).toBe(true);
  };

  return {
    at,
    clock,
    soon,
    lineNow,
    save,
    rules,
    list,
    leads,
    ask,
    add,
    next,
    nextName,
    move,
    entries,
    entry,
    pass,
    minutesUntil,
    dialNext,
    dial,
    talkTo,
  };
}
