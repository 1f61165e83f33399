import { contract } from "../../../shared/rpc/contract.ts";
import type { InputOf } from "../../../shared/rpc/define.ts";
import { readField } from "../../../shared/sync/fields.ts";
import { FakeRefusal, type FakeAnswers } from "../pipe.ts";
import { createFakeWork, leadNames, scopeOf, type FakeWork } from "./work.ts";

/** Tasks, deals, listings and the dashboard, kept in memory; every edit can be undone. */
export function answerWork(now: () => Date): FakeAnswers {
  let work = createFakeWork(now());
  const undos = new Map<string, { label: string; before: FakeWork }>();

  function change(label: string, next: FakeWork, count = 1) {
    const undoId = `undo-${undos.size + 1}`;
    undos.set(undoId, { label, before: work });
    work = next;
    return { undoId, count };
  }
  const rowsOf = (collection: string) => (work as Record<string, { id: string }[]>)[collection] ?? [];
  const setRows = (collection: string, rows: { id: string }[]): FakeWork => ({ ...work, [collection]: rows });
  const setFields = (collection: string, id: string, set: Record<string, unknown>) =>
    setRows(
      collection,
      rowsOf(collection).map((row) => (row.id === id ? withFields({ ...row }, set) : row)),
    );

  return {
    queries: {
      "tasks.list": (input: InputOf<typeof contract.listTasks>) => {
        const mine = work.tasks.filter(
          (task) =>
            (input.assignee === "team" ||
              task.assigneeId === (input.assignee === "me" ? "ana" : input.assignee)) &&
            task.title.toLowerCase().includes(input.search.toLowerCase()),
        );
        const scopes = ["today", "upcoming", "someday", "snoozed", "done"] as const;
        const counts = Object.fromEntries(
          scopes.map((scope) => [scope, mine.filter((task) => scopeOf(task, now()) === scope).length]),
        );
        const rows = mine.filter((task) => scopeOf(task, now()) === input.scope);
        const sorted = rows.toSorted((a, b) => (a.dueAt ?? "").localeCompare(b.dueAt ?? ""));
        return { total: rows.length, counts, rows: sorted.slice(input.offset, input.offset + input.limit) };
      },
      "tasks.ofDeal": ({ dealId }: InputOf<typeof contract.dealTasks>) => ({
        tasks: work.tasks.filter((task) => task.dealId === dealId && task.doneAt === null),
      }),
      "deals.board": ({ search, owner }: InputOf<typeof contract.dealBoard>) => ({
        stages: ["interest", "tour", "offer", "contract", "won", "lost"].map((stage) => {
          const rows = work.deals.filter(
            (deal) =>
              deal.stage === stage &&
              deal.name.toLowerCase().includes(search.toLowerCase()) &&
              (owner === null || deal.ownerId === owner),
          );
          const value: Record<string, number> = {};
          for (const deal of rows) value[deal.currency] = (value[deal.currency] ?? 0) + (deal.value ?? 0);
          return { stage, total: rows.length, value, rows };
        }),
      }),
      "listings.list": ({ search, status, sort, offset, limit }: InputOf<typeof contract.listListings>) => {
        const found = work.listings
          .filter((listing) => status === "all" || listing.status === status)
          .filter((listing) =>
            `${listing.title} ${listing.address} ${listing.city}`
              .toLowerCase()
              .includes(search.toLowerCase()),
          )
          .toSorted(
            (a, b) =>
              compare(readField(a, sort.field), readField(b, sort.field)) *
              (sort.direction === "asc" ? 1 : -1),
          );
        return { total: found.length, rows: found.slice(offset, offset + limit) };
      },
      "records.get": ({ collection, id }: InputOf<typeof contract.record>) => ({
        record: rowsOf(collection).find((row) => row.id === id) ?? null,
        unsent: { waiting: [], refused: [] },
      }),
      dashboard: () => dashboardOf(work, now()),
      find: ({ text }: InputOf<typeof contract.find>) => ({
        leads: leadNames
          .map((name, index) => ({
            id: `lead-${index}`,
            name,
            company: "Halden Logistics",
            stage: "qualified",
            score: 90 - index * 4,
            phone: "+13125550147",
            matches: { name: [], company: [], phone: [] },
            excerpt: null,
          }))
          .filter(({ name }) => name.toLowerCase().includes(text.toLowerCase())),
        others: work.listings
          .filter(({ title }) => title.toLowerCase().includes(text.toLowerCase()))
          .map(({ id, title, city }) => ({ collection: "listings", id, title, note: city })),
        leadTotal: leadNames.length,
        tookMs: 3,
      }),
      jobs: () => ({ jobs: [] }),
    },
    commands: {
      "records.create": ({
        collection,
        id = `new-${Date.now()}` as never,
        fields,
        label,
      }: InputOf<typeof contract.createRecord>) => {
        const row = withFields(
          { id: String(id), kept: [], rev: 0, leadName: null, dealName: null, waiting: true },
          fields,
        );
        return { ...change(label, setRows(collection, [...rowsOf(collection), row])), id };
      },
      "records.edit": ({ edits, label }: InputOf<typeof contract.editRecords>) => {
        const before = work;
        for (const { collection, id, set } of edits) work = setFields(collection, id, set);
        const after = work;
        work = before;
        return change(label, after, edits.length);
      },
      "records.delete": ({ collection, ids, label }: InputOf<typeof contract.deleteRecords>) =>
        change(
          label,
          setRows(
            collection,
            rowsOf(collection).filter(({ id }) => !(ids as string[]).includes(id)),
          ),
        ),
      "records.undo": ({ undoId }: InputOf<typeof contract.undo>) => {
        const entry = undos.get(undoId);
        if (!entry)
          throw new FakeRefusal({ code: "not-found", message: "That can no longer be taken back." });
        work = entry.before;
        return { count: 1, label: entry.label };
      },
      "tasks.finish": ({ id }: InputOf<typeof contract.finishTask>) => ({
        ...change("Finished", setFields("tasks", id, { doneAt: now().toISOString() })),
        nextDueAt: null,
      }),
      "tasks.reopen": ({ id }: InputOf<typeof contract.reopenTask>) =>
        change("Opened again", setFields("tasks", id, { doneAt: null })),
      "tasks.snooze": ({ id, until }: InputOf<typeof contract.snoozeTask>) =>
        change("Snoozed", setFields("tasks", id, { snoozedUntil: until })),
    },
  };
}

function withFields(
  row: { id: string } & Record<string, unknown>,
  set: Record<string, unknown>,
): { id: string } {
  const next: Record<string, unknown> = { ...row };
  for (const [path, value] of Object.entries(set)) {
    if (path.startsWith("custom."))
      next["custom"] = { ...(next["custom"] as object), [path.slice(7)]: value };
    else next[path] = value;
  }
  if (typeof next["leadId"] === "string")
    next["leadName"] = leadNames[Number(next["leadId"].slice(5))] ?? null;
  return next as { id: string };
}

function compare(a: unknown, b: unknown): number {
  if (typeof a === "number" || typeof b === "number") return Number(a ?? -1) - Number(b ?? -1);
  return String(a).localeCompare(String(b));
}

function dashboardOf(work: FakeWork, now: Date) {
  const due = work.tasks.filter((task) => scopeOf(task, now) === "today");
  const hour = now.getHours();
  return {
    callsToday: {
      total: 23,
      answered: 15,
      talkSeconds: 5_243,
      byHour: Array.from({ length: 24 }, (_, at) =>
        at >= 8 && at <= Math.max(9, hour) && at < 19 ? (at * 7) % 5 : 0,
      ),
    },
    recentCalls: work.calls,
    appointmentsToday: [
      {
        ...work.calls[0],
        id: "appt-1",
        title: "Tour, fourth floor",
        leadId: "lead-4",
        leadName: "Maria Kowalski",
        startAt: at(now, 15),
        endAt: at(now, 16),
        place: "210 Canal St, lobby",
        status: "planned",
        assigneeId: "ana",
        notes: "",
      },
      {
        ...work.calls[0],
        id: "appt-2",
        title: "Lease talk",
        leadId: "lead-2",
        leadName: "Amara Nwosu",
        startAt: at(now, 16, 15),
        endAt: at(now, 17),
        place: "",
        status: "planned",
        assigneeId: "ana",
        notes: "",
      },
    ],
    tasksDue: due,
    tasksLate: due.filter((task) => task.dueAt && new Date(task.dueAt) < now).length,
    hotLeads: leadNames.slice(0, 6).map((name, index) => ({
      id: `lead-${index}`,
      name,
      company: [
        "Kestrel Analytics",
        "Brightwater Health",
        "Fennimore & Pryce LLP",
        "Quarry Foods",
        "Halden Logistics",
        "Tidewater Bank",
      ][index],
      title: "",
      stage: ["tour", "qualified", "offer", "offer", "qualified", "won"][index],
      score: 96 - index * 3,
      ownerId: "ana",
      phone: "+14155550182",
      email: "",
      city: "Chicago",
      source: "",
      tags: [],
      lastContactAt: null,
      createdAt: now.toISOString(),
      updatedAt: now.toISOString(),
      custom: {},
      nextTask: null,
      waiting: false,
      openKept: 0,
    })),
    nextCalls: [0, 1, 2, 3].map((lead, index) => ({
      taskId: `task-${lead}`,
      leadId: `lead-${lead}`,
      name: leadNames[lead] ?? "",
      note:
        [
          "Call back, Kestrel Analytics",
          "Floor plans, Brightwater Health",
          "Lease draft, Fennimore & Pryce LLP",
          "Signature, Quarry Foods",
        ][index] ?? "",
      dueAt: at(now, 14 + index, 30),
    })),
    usage: [
      { label: "Outbound minutes", used: 312, limit: 500, unit: "min" },
      { label: "Contacts", used: 2_000, limit: null, unit: "" },
      { label: "AI coordinators", used: 1, limit: 1, unit: "" },
    ],
  };
}

function at(now: Date, hour: number, minute = 0): string {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate(), hour, minute).toISOString();
}
