import { compilePattern } from "../../../shared/coaching/playbook/patterns.ts";
import { examplesOf } from "../../../shared/coaching/playbook/meanings.ts";
import { shippedId, shippedPlaybooks } from "../../../shared/coaching/shipped/shipped.ts";
import { PlaybookRules } from "../../../shared/entities/playbook.ts";
import type { Playbook } from "../../../shared/entities/setting.ts";
import { Refused } from "../../http/index.ts";
import { removeRecords } from "../../sync/index.ts";
import { addRoute, admins, found, managers, type Call, type Routes } from "../route.ts";
import { checked, lockSetting, putSettings, readSettings } from "../setting-records.ts";
import { editRules } from "./edit-rules.ts";
import {
  ChangePlaybook,
  KeyParam,
  NewDraft,
  NewPlaybook,
  PlaybookEdit,
  PlaybookOrder,
  Playbooks,
  Publish,
} from "./wire.ts";

type AnyCall = Call<unknown, unknown, unknown>;

const path = "/playbooks";
const draftPath = `${path}/:key/draft`;

/** Versions of playbooks: one is edited, one is live, and those that calls were coached by stay. */
export function addPlaybookRoutes(routes: Routes): void {
  addRoute(
    routes,
    { method: "GET", path, summary: "Every playbook in every version", roles: managers, answer: Playbooks },
    answer,
  );
  addRoute(
    routes,
    { method: "POST", path, summary: "Make a playbook, as a draft", roles: admins, body: NewPlaybook, answer: Playbooks, status: 201 }, // prettier-ignore
    async (call) => {
      const { key, label, like } = call.body;
      const all = await readPlaybooks(call);
      if (all.some((one) => one.key === key))
        throw new Refused("conflict", "There is such a playbook already.");
      const rules = like === "" ? blank : rulesOf(found(findLike(all, like), "playbook"));
      const order = Math.max(-1, ...all.map((one) => one.order)) + 1;
      await put(call, { ...draftOf({ ...rules, label }, key, 1), order });
      await call.note("playbook.create", subjectOf(key, 1), { after: call.body });
      return answer(call);
    },
  );
  addRoute(
    routes,
    { method: "PATCH", path: `${path}/:key`, summary: "Archive a playbook, or use it again", roles: admins, params: KeyParam, body: ChangePlaybook, answer: Playbooks }, // prettier-ignore
    async (call) => {
      const { params, body } = call;
      const versions = versionsOf(await readPlaybooks(call), params.key);
      await putSettings(call, versions.map(({ id }) => ({ id, archived: body.archived }))); // prettier-ignore
      await call.note("playbook.change", `settings/playbook:${params.key}`, { after: body });
      return answer(call);
    },
  );
  addRoute(
    routes,
    { method: "PUT", path: `${path}/order`, summary: "Put every playbook in order", roles: admins, body: PlaybookOrder, answer: Playbooks }, // prettier-ignore
    async (call) => {
      const all = await readPlaybooks(call);
      const before = [...new Set(all.map(({ key }) => key))];
      const { keys } = call.body;
      for (const key of keys) found(before.find((known) => known === key), "playbook"); // prettier-ignore
      const after = [...new Set([...keys, ...before])];
      await putSettings(call, all.map(({ id, key }) => ({ id, order: after.indexOf(key) }))); // prettier-ignore
      await call.note("playbook.order", "settings/playbook", { before, after });
      return answer(call);
    },
  );
  addDraftRoutes(routes);
}

function findLike(all: readonly Playbook[], like: string): PlaybookRules | undefined {
  const shipped = shippedPlaybooks.find(({ key }) => shippedId(key) === like);
  return shipped?.rules ?? all.find(({ id }) => id === like);
}

function addDraftRoutes(routes: Routes): void {
  addRoute(
    routes,
    { method: "POST", path: draftPath, summary: "Begin a draft, from what is live or from an older version", roles: admins, params: KeyParam, body: NewDraft, answer: Playbooks, status: 201 }, // prettier-ignore
    async (call) => {
      const { params: { key }, body: { from } } = call; // prettier-ignore
      const versions = versionsOf(await readPlaybooks(call), key);
      if (versions.some(({ state }) => state === "draft"))
        throw new Refused("conflict", "There is a draft already. Publish or discard it first.");
      const source = versions.find((one) => (from === null ? one.state === "live" : one.version === from));
      const { version: began, archived, order, ...rest } = found(source, "version");
      const version = Math.max(...versions.map((one) => one.version)) + 1;
      await put(call, { ...draftOf(rulesOf(rest), key, version), archived, order });
      await call.note("playbook.draft", subjectOf(key, version), { after: { from: began } });
      return answer(call);
    },
  );
  addRoute(
    routes,
    { method: "PATCH", path: draftPath, summary: "Edit the draft", roles: admins, params: KeyParam, body: PlaybookEdit, answer: Playbooks }, // prettier-ignore
    async (call) => {
      const draft = await lockDraft(call, call.params.key);
      const edited = editRules(rulesOf(draft), call.body);
      if (!edited.ok) throw new Refused("conflict", edited.error);
      requireRules(edited.value);
      await put(call, { ...draft, ...edited.value });
      await call.note("playbook.change", subjectOf(draft.key, draft.version), { after: call.body });
      return answer(call);
    },
  );
  addRoute(
    routes,
    { method: "DELETE", path: draftPath, summary: "Discard the draft", roles: admins, params: KeyParam, answer: Playbooks }, // prettier-ignore
    async (call) => {
      const { tx, identity, now } = call;
      const draft = await lockDraft(call, call.params.key);
      await removeRecords(tx, identity.tenantId, "settings", [draft.id], { by: identity.userId, now });
      await call.note("playbook.discard", subjectOf(draft.key, draft.version), { before: rulesOf(draft) });
      return answer(call);
    },
  );
  addRoute(
    routes,
    { method: "POST", path: `${draftPath}/publish`, summary: "Coach by the draft from now on", roles: admins, params: KeyParam, body: Publish, answer: Playbooks }, // prettier-ignore
    async (call) => {
      const draft = await lockDraft(call, call.params.key);
      if (draft.rev !== call.body.rev)
        throw new Refused("conflict", "Somebody has changed the draft meanwhile. Look at it again.");
      const live = versionsOf(await readPlaybooks(call), draft.key).filter(({ state }) => state === "live");
      await putSettings(call, live.map(({ id }) => ({ id, state: "retired" }))); // prettier-ignore
      const published = { publishedAt: call.now, publishedById: call.identity.userId };
      await put(call, { ...draft, state: "live", ...published });
      const before = { version: live[0]?.version ?? null };
      await call.note("playbook.publish", subjectOf(draft.key, draft.version), { before, after: { version: draft.version } }); // prettier-ignore
      return answer(call);
    },
  );
}

async function answer(call: AnyCall): Promise<{ playbooks: Playbook[] }> {
  return { playbooks: await readPlaybooks(call) };
}

/** In the tenant's order, newest version first. */
export async function readPlaybooks({ tx, identity }: Pick<AnyCall, "tx" | "identity">): Promise<Playbook[]> {
  const all = (await readSettings(tx, identity.tenantId, "playbook", {})) as unknown as Playbook[];
  return all.toSorted(
    (one, other) => one.order - other.order || compareKeys(one, other) || other.version - one.version,
  );
}

function compareKeys({ key: one }: Playbook, { key: other }: Playbook): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

function versionsOf(all: readonly Playbook[], key: string): Playbook[] {
  const versions = all.filter((one) => one.key === key);
  found(versions[0], "playbook");
  return versions;
}

/** The one draft, kept from others until the transaction ends. */
async function lockDraft(call: AnyCall, key: string): Promise<Playbook> {
  const draft = versionsOf(await readPlaybooks(call), key).find(({ state }) => state === "draft");
  const locked = await lockSetting(call, "playbook", found(draft, "draft").id);
  return found(locked?.["state"] === "draft" ? (locked as unknown as Playbook) : null, "draft");
}

function put(call: AnyCall, playbook: Record<string, unknown>): Promise<void> {
  return putSettings(call, [checked(playbook)]);
}

function draftOf(rules: PlaybookRules, key: string, version: number) {
  const id = `playbook:${key}:${version}`;
  return { ...rules, id, kind: "playbook", key, version, state: "draft", publishedAt: null, publishedById: null, archived: false }; // prettier-ignore
}

function rulesOf({ label, appliesTo, items, cards, alarms }: PlaybookRules): PlaybookRules {
  return { label, appliesTo, items, cards, alarms };
}

const blank: PlaybookRules = {
  label: "New playbook",
  appliesTo: { directions: [], queues: [], callLists: [], teamIds: [] },
  items: [],
  cards: [],
  alarms: { monologueMs: 60_000, paceWpm: 175, deadAirMs: 8_000 },
};

function subjectOf(key: string, version: number): string {
  return `settings/playbook:${key}:${version}`;
}

/** Each looks at every word anew, however fast it is; phrases cost next to nothing. */
const mostPatterns = 100;

/** What is said is compared with each of them. */
const mostExamples = 100;

/** What the schema cannot say: no key twice, and expressions that compile. */
function requireRules({ items, cards }: PlaybookRules): void {
  const triggers = [...items, ...cards].flatMap((one) => one.triggers);
  if (triggers.filter(({ kind }) => kind === "pattern").length > mostPatterns)
    throw new Refused("bad-request", `There are more than ${mostPatterns} regular expressions.`);
  if (examplesOf({ items, cards }).length > mostExamples)
    throw new Refused("bad-request", `There are more than ${mostExamples} examples of a meaning.`);
  for (const trigger of triggers) {
    const pattern = trigger.kind === "pattern" ? compilePattern(trigger.pattern) : null;
    if (pattern?.ok === false) throw new Refused("bad-request", pattern.error);
  }
  for (const keys of [items, cards].map((list) => list.map(({ key }) => key)))
    if (new Set(keys).size !== keys.length) throw new Refused("bad-request", "A key stands here twice.");
}
