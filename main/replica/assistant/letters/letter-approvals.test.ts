import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { SecondPerson } from "../../../../shared/assistant/letters/approval.ts";
import type { Approval } from "../../../../shared/entities/insight.ts";
import type { RecordId } from "../../../../shared/entities/id.ts";
import { systemClock } from "../../../../shared/result/ports.ts";
import { err, ok } from "../../../../shared/result/result.ts";
import type { ApprovalRequest } from "../../../../shared/assistant/server-wire.ts";
import type { Draft, letterDecided, LetterStand } from "../../../../shared/rpc/contract/assistant.ts";
import type { PayloadOf } from "../../../../shared/rpc/define.ts";
import { makeLead } from "../../../../testing/fakes/records.ts";
import { createFakeReplica, type FakeReplica } from "../../../../testing/fakes/replica.ts";
import { watch } from "../../../../testing/fakes/watch.ts";
import { openTenantSettings, type TenantSettings } from "../../live/tenant-settings.ts";
import type { AskAssistant } from "../ask-assistant.ts";
import { openDraftStore, type DraftStore } from "../draft-store.ts";
import { openLetterApprovals, type LetterApprovals } from "./letter-approvals.ts";
import { approvalOf } from "./letter-stand.ts";

const leadId = "lead-1" as RecordId;
const question = { about: "message", leadId, callId: null, purpose: "offer", tone: "neutral", wish: "" } as const; // prettier-ignore
const now = "2026-11-22T10:00:00.000Z";

let replica: FakeReplica;
let folder: string;
let settings: TenantSettings;
let store: DraftStore;
let approvals: LetterApprovals;
let rule: SecondPerson;
/** What the server says; null = nobody is there. */
let server: "takes" | "refuses" | null;
let heard: ApprovalRequest[] = [];
let decided: PayloadOf<typeof letterDecided>[] = [];
let drafts = 0;
const connections = new Set<() => void>();
let phase: "connected" | "paused";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ringside-approvals-"));
  replica = await createFakeReplica();
  await replica.seed("leads", [makeLead({ id: leadId, name: "Maria Keller" })]);
  settings = openTenantSettings(replica.reads);
});
beforeEach(async () => {
  [rule, server, phase, heard, decided] = ["flagged", "takes", "connected", [], []];
  await rm(pathOf(), { force: true });
  await open();
});
afterEach(close);
afterAll(async () => {
  settings.close();
  await replica.close();
  await rm(folder, { recursive: true });
});

const pathOf = () => join(folder, "approvals.json");
const ask: Pick<AskAssistant, "approve"> = {
  async approve(request) {
    if (server === null) return err({ refused: null });
    heard.push(request);
    return server === "takes" ? ok({ id: "x" as RecordId }) : err({ refused: "There is no such record." });
  },
};

async function open(): Promise<void> {
  store = await openDraftStore(join(folder, "assistant.json"), () => {});
  approvals = await openLetterApprovals({
    ...{ replica, ask, store, clock: systemClock, path: pathOf(), onMinute: () => () => {} },
    settings: { ...settings, secondPerson: () => rule },
    engine: {
      state: () => ({ phase }) as never,
      onChange: (listener) => {
        connections.add(listener);
        return () => void connections.delete(listener);
      },
    },
    onTrouble: (cause) => expect.fail(String(cause)),
    onDecided: (one) => decided.push(one),
  });
}

/** The drafts' file too: it is written behind a test's back, and its folder goes after the last. */
async function close(): Promise<void> {
  await approvals.close();
  await store.written();
}

function addDraft(text: string, flagged = true): Draft {
  const draft: Draft = {
    ...{ id: `draft-${(drafts += 1)}`, at: now, question, text, edited: null, state: "coming", flagged },
    ...{ origin: null, why: "", useful: null, acted: false },
  };
  store.add(draft);
  store.change(draft.id, { state: "done" });
  return draft;
}
const standNow = async ({ id }: Draft): Promise<LetterStand | undefined> =>
  (await watch(approvals.handlers.letterStand, { id }).first())?.stand;
const becomes = (draft: Draft) => expect.poll(() => standNow(draft), { interval: 5 });
const askFor = ({ id, text }: Pick<Draft, "id" | "text">) => approvals.handlers.askApproval({ id, text });
const idOf = (text: string) => approvalOf({ about: "message", leadId, text }, replica.me.userId);
function bring(up: boolean): void {
  phase = up ? "connected" : "paused";
  server = up ? "takes" : null;
  for (const tell of connections) tell();
}
/** What the server says of a letter arrives as it does from the feed; null = it takes it back. */
async function arrives(text: string, more: Partial<Approval> | null): Promise<void> {
  const id = idOf(text);
  const record = more && {
    ...{
      id,
      rev: 1,
      createdAt: now,
      updatedAt: now,
      kept: [],
      kind: "approval",
      callId: null,
      leadId,
      at: now,
    },
    ...{ agentId: replica.me.userId, teamId: null, about: "message", letterHash: "a".repeat(64) },
    ...{ state: "waiting", byId: null, decidedAt: null, reason: "", ...more },
  };
  await replica.receive("insights", [{ id, record: record as Approval | null }]);
}
const approved = { state: "approved", byId: "grace", decidedAt: now } as Partial<Approval>;

test("what the output rules objected to is held until it is approved, and held again by one more word", async () => {
  expect(await standNow(addDraft("Fine", false))).toEqual({ state: "free" });
  const draft = addDraft("Pay here");
  await becomes(draft).toEqual({ state: "held", why: "flagged", trouble: "" });
  expect(await askFor(draft)).toMatchObject({ ok: true });
  await becomes(draft).toMatchObject({ state: "waiting" });
  expect(heard).toMatchObject([{ draftId: draft.id, flagged: true, letter: { leadId, text: "Pay here" } }]);
  await arrives("Pay here", {});
  await arrives("Pay here", approved);
  await becomes(draft).toMatchObject({ state: "approved", at: now });
  store.change(draft.id, { edited: "Pay here, now" });
  await becomes(draft).toMatchObject({ state: "held" });
  store.change(draft.id, { edited: null });
  await becomes(draft).toMatchObject({ state: "approved" });
});

test("the admin's rule holds every letter, or none, from the moment it comes", async () => {
  const [fine, flagged] = [addDraft("Fine", false), addDraft("Flagged")];
  rule = "always";
  await becomes(fine).toEqual({ state: "held", why: "always", trouble: "" });
  rule = "never";
  await becomes(flagged).toEqual({ state: "free" });
});

test("without a network a request is kept, over a restart too, and told when the server is back", async () => {
  bring(false);
  const draft = addDraft("Offline");
  await askFor(draft);
  await becomes(draft).toEqual({ state: "kept", why: "flagged" });
  await close();
  await open();
  await becomes(draft).toEqual({ state: "kept", why: "flagged" });
  bring(true);
  await becomes(draft).toMatchObject({ state: "waiting" });
  expect(heard).toMatchObject([{ letter: { text: "Offline" } }]);
  bring(true);
  expect(heard).toHaveLength(1);
});

test("of what the server does not take the person hears why, and may ask again", async () => {
  const draft = addDraft("Not taken");
  server = "refuses";
  await askFor(draft);
  await becomes(draft).toEqual({ state: "held", why: "flagged", trouble: "There is no such record." });
  server = "takes";
  await askFor(draft);
  await becomes(draft).toMatchObject({ state: "waiting" });
});

test("who asked is told once, on the device where they asked, also of what was decided while it slept", async () => {
  const [here, slept] = [addDraft("Here"), addDraft("Slept")];
  await askFor(here);
  await askFor(slept);
  await becomes(slept).toMatchObject({ state: "waiting" });
  await arrives("Here", { ...approved, state: "rejected", reason: "Too late" });
  await expect.poll(() => decided).toMatchObject([{ leadName: "Maria Keller", approved: false, reason: "Too late" }]); // prettier-ignore
  await arrives("Elsewhere", approved);
  await close();
  await arrives("Slept", approved);
  await open();
  await expect.poll(() => decided.length).toBe(2);
  expect(decided[1]).toMatchObject({ id: idOf("Slept"), approved: true });
  await approvals.close();
  await open();
  await arrives("Slept", { ...approved, reason: "Again" });
  expect(decided).toHaveLength(2);
});

test("a later text takes the place of one that waits; what the server takes back is asked for anew", async () => {
  bring(false);
  const draft = addDraft("First");
  await askFor(draft);
  store.change(draft.id, { edited: "Second" });
  await askFor({ id: draft.id, text: "Second" });
  bring(true);
  await becomes(draft).toMatchObject({ state: "waiting" });
  expect(heard.map(({ letter }) => letter.text)).toEqual(["Second"]);
  await arrives("Second", {});
  await arrives("Second", null);
  await becomes(draft).toMatchObject({ state: "held" });
});

test.each(["waiting", "approved"] as const)(
  "who goes back to words that are %s gives up the others that no server has heard of",
  async (state) => {
    const first = `First, ${state}`;
    const draft = addDraft(first);
    await askFor(draft);
    await expect.poll(() => heard.length).toBe(1);
    await arrives(first, state === "waiting" ? {} : approved);
    bring(false);
    store.change(draft.id, { edited: "Second" });
    await askFor({ id: draft.id, text: "Second" });
    await becomes(draft).toMatchObject({ state: "kept" });
    store.change(draft.id, { edited: null });
    await becomes(draft).toMatchObject({ state });
    bring(true);
    const last = addDraft(`Last, ${state}`);
    await askFor(last);
    await becomes(last).toMatchObject({ state: "waiting" });
    expect(heard.map(({ letter }) => letter.text)).toEqual([first, last.text]);
  },
);

test("asked for again, words that wait give up the others at once; refused ones do not", async () => {
  const draft = addDraft("Wait for me");
  for (const [record, kept] of [
    [{}, "held"],
    [{ ...approved, state: "rejected" }, "kept"],
  ] as const) {
    await arrives("Wait for me", record as Partial<Approval>);
    bring(false);
    await askFor({ id: draft.id, text: "Another" });
    await askFor(draft);
    store.change(draft.id, { edited: "Another" });
    await becomes(draft).toMatchObject({ state: kept });
    store.change(draft.id, { edited: null });
  }
});

test("what is decided stands: to ask for the same words again changes nothing", async () => {
  const draft = addDraft("Refused");
  await arrives("Refused", { ...approved, state: "rejected", reason: "No" });
  await askFor(draft);
  await becomes(draft).toMatchObject({ state: "rejected", reason: "No" });
  expect(heard).toEqual([]);
});
