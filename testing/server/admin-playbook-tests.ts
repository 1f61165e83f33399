import { expect, test } from "vitest";
import { WireError } from "../../shared/sync/wire.ts";
import {
  Playbooks,
  Scorecards,
  Tried,
  WordsAround,
  type PlaybookEdit,
} from "../../sync-server/admin/playbooks/wire.ts";
import type { Battlecard, ChecklistItem, Trigger } from "../../shared/entities/playbook.ts";
import { inTenant } from "../../sync-server/database/index.ts";
import { saveRecords } from "../../sync-server/sync/index.ts";
import { cardOf, phrases, says } from "../coaching/talk.ts";
import type { AdminAsker } from "./admin-phone-tests.ts";

const path = "/playbooks/sales";
const item: ChecklistItem = { key: "budget", label: "Budget", hint: "", triggers: [] };
const price: Battlecard = cardOf("price", [phrases({ phrases: ["too expensive"] })]);

/** Playbooks as admins edit, publish and try them; part of admin-suite.ts. */
export function adminPlaybookTests({ as, lastAudit, database }: AdminAsker): void {
  const all = (body: unknown) => Playbooks.parse(body).playbooks;
  const read = async () => all((await as("max", "/playbooks")).body);
  const edit = (body: PlaybookEdit) => as("grace", `${path}/draft`, { method: "PATCH", body });
  const publish = async () => {
    const draft = (await read()).find(({ state }) => state === "draft");
    return as("grace", `${path}/draft/publish`, { body: { rev: draft?.rev } });
  };
  const draftOf = (body: unknown) => all(body).find(({ state }) => state === "draft");
  const sentenceOf = (body: unknown) => WireError.parse(body).error.message;

  test("playbooks: made as a draft, edited, published; what was live before is kept", async () => {
    const made = await as("grace", "/playbooks", { body: { key: "sales", label: "Sales" } });
    expect(made.status).toBe(201);
    expect(all(made.body)).toMatchObject([{ id: "playbook:sales:1", version: 1, state: "draft", items: [] }]);
    const [{ createdAt, updatedAt } = { createdAt: "", updatedAt: "" }] = all(made.body);
    expect([createdAt, Date.parse(createdAt) > Date.now() - 60_000]).toEqual([updatedAt, true]);
    expect((await as("grace", "/playbooks", { body: { key: "sales", label: "Sales" } })).status).toBe(409);
    expect((await as("max", "/playbooks", { body: { key: "mine", label: "Mine" } })).status).toBe(403);

    await edit({ do: "add-card", card: price, at: null });
    const [shown] = all((await edit({ do: "add-item", item, at: null })).body);
    await edit({ do: "settings", change: { alarms: { paceWpm: 170 } } });
    const early = await as("grace", `${path}/draft/publish`, { body: { rev: shown?.rev } });
    expect([early.status, sentenceOf(early.body)]).toEqual([409, "Somebody has changed the draft meanwhile. Look at it again."]); // prettier-ignore
    expect(all((await publish()).body)).toMatchObject([
      { version: 1, state: "live", publishedById: "grace", alarms: { paceWpm: 170, monologueMs: 60_000 } },
    ]);
    expect(await lastAudit()).toMatchObject({
      action: "playbook.publish",
      subject: "settings/playbook:sales:1",
      details: { before: { version: null }, after: { version: 1 } },
    });
    expect((await edit({ do: "remove", list: "items", key: "budget" })).status).toBe(404);
  });

  test("playbooks: a new draft takes the place of what is live, and an old version comes back as a draft", async () => {
    await as("grace", `${path}/draft`, { body: {} });
    expect((await as("grace", `${path}/draft`, { body: {} })).status).toBe(409);
    await edit({ do: "lines", key: "price", was: price.lines, lines: ["Ask what it leaves out"] });
    expect(all((await publish()).body).map(({ version, state }) => [version, state])).toEqual([
      [2, "live"],
      [1, "retired"],
    ]);
    const restored = all((await as("grace", `${path}/draft`, { body: { from: 1 } })).body);
    expect(restored[0]).toMatchObject({ version: 3, state: "draft", cards: [{ lines: price.lines }] });
    expect((await as("grace", `${path}/draft`, { method: "DELETE" })).status).toBe(200);
    expect((await read()).map(({ version }) => version)).toEqual([2, 1]);
    const archived = await as("grace", path, { method: "PATCH", body: { archived: true } });
    expect(all(archived.body).every((one) => one.archived)).toBe(true);
    await as("grace", path, { method: "PATCH", body: { archived: false } });
  });

  test("playbooks: what two admins edit in the same moment stays, whatever it is", async () => {
    await as("grace", `${path}/draft`, { body: {} });
    const edits: PlaybookEdit[] = [
      {
        do: "phrases",
        list: "cards",
        key: "price",
        at: 0,
        of: "phrases",
        add: ["over our budget"],
        remove: [],
      },
      { do: "phrases", list: "cards", key: "price", at: 0, of: "phrases", add: ["costs a lot"], remove: [] },
      { do: "change-trigger", list: "cards", key: "price", at: 0, kind: "phrases", change: { apart: 6 } },
      { do: "change-card", key: "price", change: { title: "Price" } },
      { do: "change-item", key: "budget", change: { hint: "What do you pay?" } },
      { do: "add-card", card: { ...price, key: "other" }, at: 0 },
      { do: "settings", change: { appliesTo: { directions: ["outbound"] } } },
    ];
    const answers = await Promise.all(edits.map(edit));
    expect(answers.map(({ status }) => status)).toEqual(edits.map(() => 200));
    const draft = (await read()).find(({ state }) => state === "draft");
    const card = draft?.cards.find(({ key }) => key === "price");
    const [trigger] = card?.triggers ?? [];
    expect(trigger?.kind === "phrases" ? trigger.phrases.toSorted() : []).toEqual(["costs a lot", "over our budget", "too expensive"]); // prettier-ignore
    expect(trigger).toMatchObject({ apart: 6 });
    expect(card).toMatchObject({ title: "Price" });
    expect(draft).toMatchObject({
      items: [{ hint: "What do you pay?" }],
      appliesTo: { directions: ["outbound"] },
    });
    expect(draft?.cards).toHaveLength(2);
  });

  test("playbooks: an expression that could hang nobody, or cannot be read, is refused with a sentence", async () => {
    const pattern = (text: string) =>
      edit({
        do: "add-trigger",
        list: "cards",
        key: "price",
        trigger: { kind: "pattern", side: "customer", pattern: text, fromMs: null, untilMs: null },
        at: null,
      });
    for (const text of ["(a", String.raw`(\w)\1`, "((x{50}){50}){2}"]) {
      const answer = await pattern(text);
      expect([answer.status, sentenceOf(answer.body)]).toEqual([400, expect.stringMatching(/^This expression .+\.$/u)]); // prettier-ignore
    }
    expect((await pattern("(a+)+$")).status).toBe(200);
    const strange = {
      do: "change-trigger",
      list: "cards",
      key: "price",
      at: 0,
      kind: "phrases",
      change: { apart: 99 },
    };
    expect((await as("grace", `${path}/draft`, { method: "PATCH", body: strange })).status).toBe(400);
  });

  test("playbooks: a meaning has its examples, and stays quiet where no model is set up", async () => {
    const means: Trigger = { kind: "meaning", side: "customer", examples: ["it costs too much"], likeness: 0.5, fromMs: null, untilMs: null }; // prettier-ignore
    const place = { list: "cards", key: "price" } as const;
    const added = await edit({ do: "add-trigger", ...place, trigger: means, at: null });
    const at = (draftOf(added.body)?.cards.find(({ key }) => key === "price")?.triggers.length ?? 0) - 1;
    const examples = (add: string[], remove: string[]) => edit({ do: "phrases", ...place, at, of: "examples", add, remove }); // prettier-ignore
    const changed = await examples(["we cannot afford it"], ["it costs too much"]);
    expect(draftOf(changed.body)?.cards.find(({ key }) => key === "price")?.triggers[at]).toMatchObject({ examples: ["we cannot afford it"] }); // prettier-ignore
    expect((await examples([], ["we cannot afford it"])).status).toBe(400);
    expect((await edit({ do: "phrases", ...place, at: 0, of: "examples", add: ["a"], remove: [] })).status).toBe(409); // prettier-ignore
    expect((await as("grace", "/playbooks/meanings")).body).toEqual({ heard: false });
    await addCalls();
    const tried = await as("grace", `${path}/try`, {
      body: { days: 366, teamId: null, limit: 2, after: null },
    });
    expect(Tried.parse(tried.body).unheard).toBe(true);
    await edit({
      do: "remove-trigger",
      ...place,
      at,
      was: { ...means, examples: ["we cannot afford it"] } as Trigger,
    });
  });

  test("playbooks: the draft is tried against past calls, beside what is live, a page at a time", async () => {
    await addCalls();
    const ask = async (after: string | null) =>
      Tried.parse((await as("grace", `${path}/try`, { body: { days: 366, teamId: null, limit: 2, after } })).body); // prettier-ignore
    const first = await ask(null);
    expect(first).toMatchObject({ total: 3, next: expect.any(String) });
    const second = await ask(first.next);
    expect(second.next).toBeNull();
    const calls = [...first.calls, ...second.calls];
    expect(calls.map(({ callId, durationMs }) => [callId, durationMs])).toEqual([
      ["past-2", 60_000],
      ["past-1", 60_000],
      ["past-0", 60_000],
    ]);
    const words = (hits: { key: string; phrase: string }[]) =>
      hits.map(({ key, phrase }) => `${key}: ${phrase}`);
    expect(calls.map(({ draft }) => words(draft))).toEqual([
      ["price: over our budget"],
      [],
      ["other: too expensive", "price: too expensive"],
    ]);
    expect(calls.map(({ live }) => words(live))).toEqual([[], [], ["price: too expensive"]]);

    const [hit] = calls[0]?.draft ?? [];
    const around = await as("grace", `/playbooks/calls/past-2/words?atMs=${hit?.atMs}`);
    expect(WordsAround.parse(around.body).said.map(({ text }) => text)).toEqual([
      "how is it",
      "it is over our budget",
    ]);
    const judge = (useful: boolean | null) =>
      as("grace", `${path}/judge`, { body: { callId: "past-2", card: "price", atMs: hit?.atMs, useful } });
    expect((await judge(true)).status).toBe(204);
    await judge(false);
    expect((await ask(null)).calls[0]?.judged).toEqual([{ card: "price", atMs: hit?.atMs, useful: false }]);
    await judge(null);
    expect((await ask(null)).calls[0]?.judged).toEqual([]);
    expect((await as("max", `${path}/try`, { body: { days: 1, teamId: null, limit: 1, after: null } })).status).toBe(403); // prettier-ignore
  });

  test("playbooks: one begins from what comes along, or as a copy; their order is the tenant's, every version's", async () => {
    const starter = await as("grace", "/playbooks", { body: { key: "every-call", label: "Every call", like: "shipped:starter" } }); // prettier-ignore
    expect(all(starter.body).find(({ key }) => key === "every-call")).toMatchObject({ state: "draft", items: [{ key: "greeting" }, {}, {}, {}, {}] }); // prettier-ignore
    const copy = await as("grace", "/playbooks", { body: { key: "copy", label: "Copy", like: "playbook:every-call:1" } }); // prettier-ignore
    expect(all(copy.body).at(-1)).toMatchObject({ key: "copy", label: "Copy", items: [{ key: "greeting" }, {}, {}, {}, {}] }); // prettier-ignore
    const order = (keys: string[], who: "grace" | "max" = "grace") => as(who, "/playbooks/order", { method: "PUT", body: { keys } }); // prettier-ignore
    expect((await order(["nobody"])).status).toBe(404);
    expect((await order(["copy"], "max")).status).toBe(403);
    const ordered = all((await order(["copy", "every-call"])).body);
    expect([...new Set(ordered.map(({ key }) => key))].slice(0, 2)).toEqual(["copy", "every-call"]);
    expect(new Set(ordered.filter(({ key }) => key === "sales").map((one) => one.order)).size).toBe(1);
    expect(await lastAudit()).toMatchObject({ action: "playbook.order" });
  });

  test("scorecards: made, changed, archived", async () => {
    const criteria = [{ key: "all", label: "Checklist", weight: 100, by: { kind: "checklist" } }];
    const made = await as("grace", "/scorecards", {
      body: { key: "quality", label: "Quality", teamId: null, criteria },
    });
    expect(made.status).toBe(201);
    const changed = await as("grace", "/scorecards/scorecard:quality", { method: "PATCH", body: { label: "Calls", archived: true } }); // prettier-ignore
    expect(Scorecards.parse(changed.body).scorecards).toMatchObject([
      { label: "Calls", archived: true, criteria },
    ]);
  });

  /** Three of a minute each: the oldest is too expensive, the newest over the budget. */
  async function addCalls(): Promise<void> {
    const texts = ["that is too expensive", "that is fine", "it is over our budget"];
    const now = Date.now();
    const at = (index: number, ms: number) => new Date(now - (10 - index) * 3_600_000 + ms).toISOString();
    const calls = texts.map((_, index) => ({
      ...{ id: `past-${index}`, leadId: null, agentId: "ana", teamId: "north", direction: "outbound" },
      ...{ from: "+13125550100", to: "+13125550147", startedAt: at(index, 0), answeredAt: at(index, 5_000) },
      ...{ endedAt: at(index, 65_000), endReason: "completed", line: null, disposition: "", notes: "" },
      ...{ summary: "", sentiment: "", recording: "" },
    }));
    const segments = texts.flatMap((text, index) =>
      [says("agent", 1_000, "how is it"), says("customer", 4_000, text)].map(
        ({ speaker, startMs, endMs, timing, text: words }) => ({
          ...{ id: `past-${index}-${speaker}`, callId: `past-${index}`, leadId: null, agentId: "ana" },
          ...{ teamId: "north", speaker, startMs, endMs, timing, text: words },
        }),
      ),
    );
    await inTenant(database(), { tenantId: "one" }, async (tx) => {
      await saveRecords(tx, "one", "calls", calls, { now: new Date(now).toISOString() });
      await saveRecords(tx, "one", "segments", segments, { now: new Date(now).toISOString() });
    });
  }
}
