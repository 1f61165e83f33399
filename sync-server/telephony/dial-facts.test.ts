import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CallEvent } from "../../shared/calls/call-event.ts";
import { defaultRules } from "../../shared/calls/compliance/default-rules.ts";
import { DialRules, mostDialsInCap } from "../../shared/calls/compliance/dial-rules.ts";
import { judgeDial } from "../../shared/calls/compliance/judge-dial.ts";
import { fields } from "../../testing/fakes/blank-fields.ts";
import { openTestDatabase } from "../../testing/server/open-test-database.ts";
import { createTestIdentities, people, testTenant } from "../../testing/server/test-identities.ts";
import { inTenant, schema, type Database } from "../database/index.ts";
import { saveRecords, takeCallEvents } from "../sync/index.ts";
import { gatherFacts } from "./dial-facts.ts";

const now = new Date("2026-11-21T15:00:00.000Z");
const shared = "+13125550147";
const bens = "+13125550148";
/** Whole numbers have six digits there. */
const inAndorra = "+376712345";
const listedThere = "+376712346";
const identity = createTestIdentities().signIn(people.ana);
let db: Database;

beforeAll(async () => {
  db = await openTestDatabase();
  await db.owner.insert(schema.tenants).values({ id: testTenant, name: "Test" });
  const leads = [
    { id: "wife", ...fields.lead({ phone: shared, ownerId: "ana" }) },
    { id: "husband", ...fields.lead({ phoneSecond: shared, doNotCall: true, ownerId: "ana" }) },
    { id: "of-ben", ...fields.lead({ phone: bens, doNotCall: true, ownerId: "ben" }) },
    {
      id: "two-numbers",
      ...fields.lead({ phone: "+13125550178", phoneSecond: "+13125550179", ownerId: "ana" }),
    },
    { id: "andorran", ...fields.lead({ phone: inAndorra, doNotCall: true, ownerId: "ana" }) },
  ];
  await inTenant(db, { tenantId: testTenant }, (tx) =>
    saveRecords(tx, testTenant, "leads", leads, { now: now.toISOString() }),
  );
  await db.owner.insert(schema.doNotCall).values({ tenantId: testTenant, number: listedThere, byId: "max" });
});
afterAll(() => db.close());

async function asked(to: string, leadId: string | null): Promise<boolean | undefined> {
  const facts = await inTenant(db, identity, (tx) => gatherFacts(tx, identity, { to, leadId: leadId as never }, "US", now)); // prettier-ignore
  return facts.lead?.doNotCall;
}

const night = new Date("2026-11-21T21:00:00.000Z");

/** Why an exchange of the company's is not to dial so few digits, or what it dials. */
async function atExchange(to: string, country: string, at = now): Promise<string> {
  const facts = await inTenant(db, identity, (tx) => gatherFacts(tx, identity, { to, leadId: null, atExchange: true }, country, at)); // prettier-ignore
  const rules = defaultRules(["AD"]);
  const caps = [{ where: "*", max: 1, withinHours: 24, source: "ours" }];
  const verdict = judgeDial(facts, DialRules.parse({ ...rules, caps }), at.getTime());
  return verdict.kind === "allowed" ? verdict.e164 : verdict.code;
}

test("whoever asked not to be called is not by way of their bare number, whoever else has it or sees them", async () => {
  expect(await asked("(312) 555-0147", null), "shared by two").toBe(true);
  expect(await asked(bens, null), "a colleague's lead").toBe(true);
  expect(await asked(bens, "wife"), "another lead is named").toBe(true);
  expect(await asked(bens, "of-ben"), "a lead is named that they may not see").toBe(true);
  expect(await asked("+13125550149", null), "nobody's").toBeUndefined();
});

test("a lead that is named and has the number speaks for itself", async () => {
  expect(await asked(shared, "wife")).toBe(false);
  expect(await asked(shared, "husband")).toBe(true);
});

test("digits of an extension that are somebody's whole number in the country are not dialled against their will", async () => {
  expect(await atExchange("712 345", "AD")).toBe("lead-do-not-call");
  expect(await atExchange("712346", "AD")).toBe("number-do-not-call");
  expect(await atExchange("712345", "US"), "no number there").toBe("712345");
});

test("as few digits as a whole number has are one in the country, with its hours and limits, and no extension", async () => {
  expect(await atExchange("712 347", "AD")).toBe("+376712347");
  expect(await atExchange("712 347", "AD", night)).toBe("outside-hours");
  expect(await atExchange("4711", "DE", night), "nobody's whole number").toBe("4711");
  expect(await atExchange("112", "AD", night), "help").toBe("112");
  const dialled = {
    tenantId: testTenant,
    accountId: "pbx",
    callId: "before",
    direction: "outbound" as const,
  };
  const row = { ...dialled, ours: "", theirs: "+376712348", startedAt: new Date(now.getTime() - 60_000) };
  await db.owner.insert(schema.lineCalls).values(row);
  expect(await atExchange("712348", "AD")).toBe("too-many-dials");
});

test("where people's extensions have as many digits, they are somebody inside", async () => {
  const config = { agents: [{ userId: "ana", username: "300111" }] };
  const account = {
    tenantId: testTenant,
    id: "pbx",
    provider: "sip" as const,
    config,
    credentials: "",
    keyId: "",
  };
  await db.owner.insert(schema.telephonyAccounts).values(account);
  expect(await atExchange("712347", "AD", night)).toBe("712347");
  expect(await atExchange("712346", "AD", night), "asked not to be called").toBe("number-do-not-call");
});

describe("dials that count for limits", () => {
  const dialled = "+13125550177";
  const earlier = new Date(now.getTime() - 3_600_000);
  const countOf = async (to: string, leadId: string | null = null) => {
    const asking = { to, leadId: leadId as never };
    return inTenant(
      db,
      identity,
      async (tx) => (await gatherFacts(tx, identity, asking, "US", now)).dials.length,
    );
  };

  type Dial = {
    theirs?: string;
    provider?: string;
    leadId?: string | null;
    over?: boolean;
    reached?: boolean;
    /** Whom was called went over into another call, and their leg with them. */
    wentOver?: boolean;
  };
  /** @param then what was told of it after it had been asked for */
  async function dialBefore(callId: string, then: object[], dial: Dial = {}): Promise<void> {
    const { theirs = dialled, provider = "twilio", leadId = null, over = true, reached = false } = dial;
    const purpose = dial.wentOver ? { wentOverAs: { legId: `${callId}-there`, sid: `CA${callId}` } } : {};
    const head = (seq: number) => ({ source: "device:desk-ana", key: `${callId}:${seq}`, seq, at: earlier.toISOString() }); // prettier-ignore
    const requested = { type: "requested", from: "", to: theirs, provider, agentId: "ana", leadId };
    const events = [requested, ...then].map((fact, seq) => CallEvent.parse({ ...fact, ...head(seq) }));
    const line = { tenantId: testTenant, accountId: "a", callId, startedAt: earlier };
    await db.owner
      .insert(schema.lineCalls)
      .values({ ...line, direction: "outbound", ours: "", theirs, overAt: over ? earlier : null });
    const leg = { ...line, state: "ended" as const, askedAt: earlier };
    await db.owner.insert(schema.callLegs).values([
      { ...leg, id: `${callId}-desk`, role: "agent", agentId: "ana" },
      ...(provider === "sip" ? [] : [{ ...leg, id: `${callId}-to`, role: "customer" as const, sid: reached ? `CA${callId}` : null, purpose }]), // prettier-ignore
    ]);
    await inTenant(db, { tenantId: testTenant }, (tx) =>
      takeCallEvents(tx, testTenant, new Map([[callId, events]]), { now: now.toISOString() }),
    );
  }

  const ended = (why: string) => ({ type: "ended", why });

  test("are those by which a telephone may have rung, and those that are under way", async () => {
    await dialBefore("withdrawn", [ended("cancelled")]);
    await dialBefore("hung-up-meanwhile", [ended("cancelled")], { over: false });
    await dialBefore("refused", [ended("failed")]);
    await dialBefore("refused-there", [ended("failed")], { provider: "sip" });
    expect(await countOf(dialled)).toBe(0);
    await dialBefore("under-way", [], { over: false });
    await dialBefore("rang", [ended("no-answer")], { reached: true });
    await dialBefore("given-up", [ended("cancelled")], { reached: true });
    expect(await countOf(dialled)).toBe(3);
    await dialBefore("under-way-there", [], { provider: "sip" });
    await dialBefore("rang-there", [ended("no-answer")], { provider: "sip" });
    await dialBefore("given-up-there", [{ type: "ringing" }, ended("cancelled")], { provider: "sip" });
    expect(await countOf(dialled)).toBe(6);
  });

  test("are those, too, that became one with another call", async () => {
    await dialBefore("merged", [ended("completed")], { theirs: "+13125550180", wentOver: true });
    expect(await countOf("+13125550180")).toBe(1);
  });

  test("are read no further back than the largest limit counts, however many there are", async () => {
    const theirs = "+13125550181";
    const line = { tenantId: testTenant, accountId: "a", direction: "outbound" as const, ours: "", theirs };
    const lines = Array.from({ length: mostDialsInCap + 1 }, (_, n) => ({
      ...line,
      callId: `often-${n}`,
      startedAt: new Date(earlier.getTime() - n * 1_000),
    }));
    await db.owner.insert(schema.lineCalls).values(lines);
    const facts = await inTenant(db, identity, (tx) => gatherFacts(tx, identity, { to: theirs, leadId: null }, "US", now)); // prettier-ignore
    expect(facts.dials).toEqual(lines.slice(0, -1).map(({ startedAt }) => startedAt.toISOString()));
  });

  test("are a lead's by each of their numbers, and a number's whoever has it", async () => {
    const rang = { reached: true, leadId: "two-numbers" };
    await dialBefore("at-home", [ended("no-answer")], { ...rang, theirs: "+13125550178" });
    await dialBefore("at-work", [ended("no-answer")], { ...rang, theirs: "+13125550179" });
    await dialBefore("by-bare-number", [ended("no-answer")], { reached: true, theirs: "+13125550179" });
    expect(await countOf("+13125550178", "two-numbers"), "named").toBe(2);
    expect(await countOf("+13125550179", "two-numbers"), "named").toBe(3);
    expect(await countOf("+13125550179"), "theirs alone").toBe(3);
    expect(await countOf("+13125550179", "wife"), "another is named").toBe(2);
  });
});
