import type { FieldValue } from "../../../shared/entities/fields.ts";
import type { Lead } from "../../../shared/entities/lead.ts";
import type { Setting } from "../../../shared/entities/setting.ts";
import { planFilters } from "../../../shared/leads/plan-filters.ts";
import { matchesFilters } from "../../../shared/leads/match-filters.ts";
import { compareKeys, sortKeyOf } from "../../../shared/leads/sort-keys.ts";
import { contract } from "../../../shared/rpc/contract.ts";
import type { LeadRow, TimelineItem } from "../../../shared/rpc/contract/leads.ts";
import type { InputOf } from "../../../shared/rpc/define.ts";
import { scoreLead } from "../../../shared/scoring/lead/score-lead.ts";
import { readField, writeField } from "../../../shared/sync/fields.ts";
import type { FakeAnswers } from "../pipe.ts";
import { createFakeLeads, type FakeLeads } from "./leads.ts";
import { base, fakeSettings } from "./people.ts";

type List = Pick<InputOf<typeof contract.listLeads>, "filters" | "search"> &
  Partial<InputOf<typeof contract.listLeads>>;

const view = (id: string, order: number, name: string, filters: object[]) => ({
  ...base,
  id: `view:${id}`,
  kind: "view",
  order,
  name,
  ownerId: null,
  filters,
  sort: { field: "score", direction: "desc" },
  columns: [],
  layout: "list",
});
const views = [
  view("hot", 0, "Hot this week", [
    { field: "score", op: "at-least", values: [55] },
    { field: "stage", op: "is-not", values: ["lost"] },
    { field: "custom.budget", op: "over", values: [250_000] },
  ]),
  view("mine", 1, "My open leads", [{ field: "ownerId", op: "is", values: ["me"] }]),
  view("quiet", 2, "Quiet 14 days", [{ field: "lastContactAt", op: "older-than-days", values: [14] }]),
];

/** Leads of any number, kept in memory: the list, its profile and what hangs on it. Undo puts everything back. */
export function answerLeads(count: number, now: () => Date): FakeAnswers {
  let fake = createFakeLeads(count, now());
  let settings = [...fakeSettings, ...views] as unknown as Setting[];
  const undos = new Map<string, { label: string; fake: FakeLeads; settings: Setting[] }>();
  const keep = (label: string) => {
    const undoId = `lead-undo-${undos.size}`;
    undos.set(undoId, { label, fake, settings });
    return undoId;
  };
  let memo: { key: string; of: FakeLeads; found: Lead[] } | null = null;
  const found = (input: List): Lead[] => {
    const key = JSON.stringify([input.filters, input.search, input.sort]);
    if (memo?.key !== key || memo.of !== fake) memo = { key, of: fake, found: search(fake, input, now()) };
    return memo.found;
  };
  const rows = (leads: Lead[]) => leads.map((lead) => rowOf(fake, lead));
  const set = (collection: keyof FakeLeads | "settings", id: string, change: (record: never) => unknown) => {
    if (collection === "settings") {
      settings = settings.map((record) => (record.id === id ? (change(record as never) as Setting) : record));
    } else {
      fake = {
        ...fake,
        [collection]: fake[collection].map((record) => (record.id === id ? change(record as never) : record)),
      };
    }
  };

  return {
    queries: {
      settings: () => ({ settings }),
      "leads.list": (input: InputOf<typeof contract.listLeads>) => ({
        total: found(input).length,
        offset: input.offset,
        rows: rows(found(input).slice(input.offset, input.offset + input.limit)),
      }),
      "leads.count": (input: InputOf<typeof contract.countLeads>) => ({
        counts: Object.fromEntries(
          input.views.map(({ key, filters }) => [key, search(fake, { filters, search: "" }, now()).length]),
        ),
      }),
      "leads.board": (input: InputOf<typeof contract.leadBoard>) => ({
        stages: ["new", "contacted", "qualified", "tour", "offer", "won", "lost"].map((stage) => {
          const inStage = found({ ...input, sort: { field: "score", direction: "desc" } }).filter(
            (lead) => lead.stage === stage,
          );
          return { stage, total: inStage.length, rows: rows(inStage.slice(0, input.perStage)) };
        }),
      }),
      "leads.position": (input: InputOf<typeof contract.leadPosition>) => {
        const leads = found(input);
        const index = leads.findIndex(({ id }) => id === input.id);
        return {
          index: index < 0 ? null : index,
          total: leads.length,
          previousId: leads[index - 1]?.id ?? null,
          nextId: index < 0 ? null : (leads[index + 1]?.id ?? null),
        };
      },
      "leads.gone": ({ ids, ...list }: InputOf<typeof contract.leadsGone>) => {
        const listed = new Set<string>(found(list).map(({ id }) => id));
        return { ids: ids.filter((id) => !listed.has(id)) };
      },
      find: ({ text, limit }: InputOf<typeof contract.find>) => {
        const leads = search(fake, { filters: [], search: text }, now());
        return {
          leads: leads.slice(0, limit).map((lead) => ({
            ...lead,
            matches: {
              name: spans(lead.name, text),
              company: spans(lead.company, text),
              phone: spans(lead.phone, text),
            },
            excerpt: null,
          })),
          others: [],
          leadTotal: leads.length,
          tookMs: 2.6,
        };
      },
      "leads.profile": ({ id }: InputOf<typeof contract.leadProfile>) => ({
        lead: fake.leads.find((lead) => lead.id === id) ?? null,
        unsent: { waiting: [], refused: [] },
        tasks: fake.tasks.filter((task) => task.leadId === id && task.doneAt === null),
        deals: fake.deals.filter((deal) => deal.leadId === id),
        nextAppointment: null,
      }),
      "leads.score": ({ id }: InputOf<typeof contract.leadScore>) => {
        const lead = fake.leads.find((one) => one.id === id);
        if (!lead) return { score: null, conversion: null, said: null };
        const { score: total, ...rest } = scoreLead({ lead, touches: [] }, now().getTime());
        return { score: { total, ...rest }, conversion: null, said: null };
      },
      "leads.timeline": (input: InputOf<typeof contract.leadTimeline>) => timeline(fake, input),
      jobs: () => ({ jobs }),
    },
    commands: {
      "records.create": ({ collection, id, fields, label }: InputOf<typeof contract.createRecord>) => {
        const undoId = keep(label);
        const made = { ...base, id: id ?? `${collection}-${Date.now()}`, at: now().toISOString(), ...fields };
        const record = withFields(made, fields);
        if (collection === "settings") settings = [...settings, record as unknown as Setting];
        else fake = { ...fake, [collection]: [...fake[collection as "leads"], record] };
        return { undoId, count: 1, id: made.id };
      },
      "records.edit": ({ edits, label }: InputOf<typeof contract.editRecords>) => {
        const undoId = keep(label);
        for (const { collection, id, set: fields } of edits) {
          set(collection as "leads", id, (record) => withFields(record, fields));
        }
        return { undoId, count: edits.length };
      },
      "records.delete": ({ collection, ids, label }: InputOf<typeof contract.deleteRecords>) => {
        const undoId = keep(label);
        const stays = ({ id }: { id: string }) => !ids.includes(id as never);
        if (collection === "settings") settings = settings.filter(stays);
        else fake = { ...fake, [collection]: fake[collection as "leads"].filter(stays) };
        return { undoId, count: ids.length };
      },
      "records.undo": ({ undoId }: InputOf<typeof contract.undo>) => {
        const before = undos.get(undoId);
        if (before) ({ fake, settings } = before);
        return { count: 1, label: before?.label ?? "" };
      },
      "records.settleKept": ({ id, keptId, use }: InputOf<typeof contract.settleKept>) => {
        const undoId = keep("Chose a value");
        set("leads", id, (record: Lead) => {
          const chosen = record.kept.find((kept) => kept.id === keptId);
          const kept = record.kept.map((other) =>
            other.id === keptId ? { ...other, settledAt: now().toISOString() } : other,
          );
          const settled = { ...record, kept } as never;
          return use && chosen ? writeField(settled, chosen.field, chosen.value) : settled;
        });
        return { undoId, count: 1 };
      },
      "tasks.finish": ({ id }: InputOf<typeof contract.finishTask>) => {
        const undoId = keep("Finished a task");
        set("tasks", id, (record: object) => ({ ...record, doneAt: now().toISOString() }));
        return { undoId, count: 1, nextDueAt: null };
      },
      "leads.range": ({ from, to, ...list }: InputOf<typeof contract.leadRange>) => ({
        ids: found(list)
          .slice(from, to + 1)
          .map(({ id }) => id),
      }),
      "leads.bulkEdit": ({
        selection,
        set: fields = {},
        addTag,
        label,
      }: InputOf<typeof contract.bulkEditLeads>) => {
        const ids =
          "ids" in selection
            ? new Set<string>(selection.ids)
            : new Set<string>(found(selection).map(({ id }) => id));
        const undoId = keep(label);
        const tagged = ({ tags }: Lead) => (addTag ? { tags: [...new Set([...tags, addTag])] } : {});
        fake = {
          ...fake,
          leads: fake.leads.map((lead) =>
            ids.has(lead.id) ? withFields(lead, { ...fields, ...tagged(lead) }) : lead,
          ),
        };
        return doneJob(label, ids.size, undoId, now());
      },
      "leads.bulkDelete": ({ selection, label }: InputOf<typeof contract.bulkDeleteLeads>) => {
        const ids =
          "ids" in selection
            ? new Set<string>(selection.ids)
            : new Set<string>(found(selection).map(({ id }) => id));
        const undoId = keep(label);
        fake = { ...fake, leads: fake.leads.filter(({ id }) => !ids.has(id)) };
        return doneJob(label, ids.size, undoId, now());
      },
    },
  };
}

const jobs: object[] = [];

function withFields<R extends object>(record: R, fields: Readonly<Record<string, FieldValue>>): R {
  let doc = record as Record<string, unknown>;
  for (const [path, value] of Object.entries(fields)) doc = writeField(doc, path, value);
  return doc as R;
}

function doneJob(label: string, total: number, undoId: string, at: Date): { jobId: string } {
  const id = `job-${jobs.length}`;
  jobs.push({
    id,
    kind: "bulk-edit",
    label,
    state: "done",
    done: total,
    total,
    startedAt: at.toISOString(),
    leftMs: null,
    message: null,
    undoId,
  });
  return { jobId: id };
}

function search(fake: FakeLeads, { filters, search: typed, sort }: List, now: Date): Lead[] {
  const fields = new Map(
    fakeSettings.filter((setting) => setting.kind === "field").map((field) => [field.key, field] as const),
  );
  const planned = planFilters(filters, {
    me: "ana",
    today: now.toISOString().slice(0, 10),
    zone: "America/Chicago",
    fields,
  });
  const words = typed.toLowerCase().split(/\s+/u).filter(Boolean);
  const fitting = fake.leads.filter(
    (lead) =>
      words.every((word) =>
        `${lead.name} ${lead.company} ${lead.phone} ${lead.email}`.toLowerCase().includes(word),
      ) && matchesFilters(lead, planned, { nextTaskDueAt: null } as never),
  );
  if (!sort) return fitting;
  const stages = new Map(
    fakeSettings
      .filter((s) => s.kind === "stage" && s.pipeline === "leads")
      .map((s) => [(s as { key: string }).key, s.order]),
  );
  const context = {
    fields,
    stageOrder: stages,
    ownerNames: new Map([
      ["ana", "Ana"],
      ["ben", "Ben"],
      ["mei", "Mei"],
      ["priya", "Priya"],
    ]),
  };
  const keys = new Map(
    fitting.map((lead) => [lead, sortKeyOf(sort.field, readField(lead, sort.field), context)]),
  );
  return fitting.toSorted((a, b) => compareKeys(keys.get(a) ?? null, keys.get(b) ?? null, sort.direction));
}

function rowOf(fake: FakeLeads, lead: Lead): LeadRow {
  const task = fake.tasks.find(({ leadId, doneAt }) => leadId === lead.id && doneAt === null) ?? null;
  const openKept = lead.kept.filter(({ settledAt }) => settledAt === null).length;
  return { ...lead, nextTask: lead.name === "Maria Kowalski" ? null : task, waiting: false, openKept };
}

function spans(text: string, typed: string): [number, number][] {
  const at = text.toLowerCase().indexOf(typed.toLowerCase());
  return at < 0 ? [] : [[at, at + typed.length]];
}

function timeline(
  fake: FakeLeads,
  { id, kinds, search: typed, limit }: InputOf<typeof contract.leadTimeline>,
) {
  const common = { byId: "ana", waiting: false };
  const lead = fake.leads.find((candidate) => candidate.id === id);
  const all = [
    ...fake.calls
      .filter((call) => call.leadId === id)
      .map((call) => ({ ...common, id: call.id, at: call.startedAt, kind: "call", call })),
    ...fake.activities
      .filter((activity) => activity.leadId === id)
      .map(({ id: itemId, at, kind, text, title, changes }) =>
        kind === "note"
          ? { ...common, id: itemId, at, kind, text }
          : { ...common, id: itemId, at, kind: "change", what: kind, title, changes },
      ),
    ...(lead?.kept ?? [])
      .filter(({ settledAt }) => settledAt === null)
      .map((kept) => ({
        ...common,
        id: kept.id,
        at: kept.at,
        kind: "kept",
        kept,
        stands: readField(lead ?? {}, kept.field),
      })),
  ] as unknown as TimelineItem[];
  const kindOf = (item: TimelineItem) => (item.kind === "kept" ? "change" : item.kind);
  const counts: Record<string, number> = {};
  for (const item of all) counts[kindOf(item)] = (counts[kindOf(item)] ?? 0) + 1;
  const shown = all
    .filter((item) => kinds.length === 0 || kinds.includes(kindOf(item)))
    .filter((item) => JSON.stringify(item).toLowerCase().includes(typed.toLowerCase()))
    .toSorted((a, b) => b.at.localeCompare(a.at));
  return { items: shown.slice(0, limit), counts, more: shown.length > limit };
}
