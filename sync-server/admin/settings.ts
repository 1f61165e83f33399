import type { z } from "zod";
import { applyChange, whatStood } from "../../shared/entities/partial-change.ts";
import { Refused } from "../http/index.ts";
import { removeRecords } from "../sync/index.ts";
import { forgetUses } from "../settings-in-use.ts";
import { ChangeScorecard, NewScorecard, Scorecards } from "./playbooks/wire.ts";
import { addRoute, admins, everybody, found, type Call, type Routes } from "./route.ts";
import {
  checked,
  lockSetting,
  putSettings,
  readSettings,
  requireUnused,
  type SettingFilter,
} from "./setting-records.ts";
import {
  BreakReasons,
  CallLists,
  ChangeBreakReason,
  ChangeCallList,
  ChangeDisposition,
  ChangeField,
  ChangeGreeting,
  ChangeQueue,
  ChangeStage,
  CollectionQuery,
  Dispositions,
  Fields,
  Greetings,
  IdParam,
  NewBreakReason,
  NewCallList,
  NewDisposition,
  NewField,
  NewGreeting,
  NewQueue,
  NewStage,
  Order,
  PipelineQuery,
  Queues,
  Stages,
} from "./wire.ts";

/** What a list of settings needs to be shown, changed, put in order and emptied, whatever it lists. */
type Kind = {
  kind: "field" | "stage" | "disposition" | "queue" | "greeting" | "break-reason" | "call-list" | "scorecard";
  path: string;
  noun: string;
  /** Key of the answer that holds the list. */
  list: string;
  answer: z.ZodType;
  query?: z.ZodType;
  create: z.ZodType<Record<string, unknown>>;
  change: z.ZodType<Record<string, unknown>>;
  idOf(given: Record<string, unknown>): string;
};

const kinds: Kind[] = [
  {
    kind: "field",
    path: "/fields",
    noun: "custom field",
    list: "fields",
    answer: Fields,
    query: CollectionQuery,
    create: NewField,
    change: ChangeField,
    idOf: ({ collection, key }) => `field:${String(collection)}:${String(key)}`,
  },
  {
    kind: "stage",
    path: "/stages",
    noun: "stage",
    list: "stages",
    answer: Stages,
    query: PipelineQuery,
    create: NewStage,
    change: ChangeStage,
    idOf: ({ pipeline, key }) => `stage:${String(pipeline)}:${String(key)}`,
  },
  {
    kind: "disposition",
    path: "/dispositions",
    noun: "disposition",
    list: "dispositions",
    answer: Dispositions,
    create: NewDisposition,
    change: ChangeDisposition,
    idOf: ({ key }) => `disposition:${String(key)}`,
  },
  {
    kind: "queue",
    path: "/queues",
    noun: "queue",
    list: "queues",
    answer: Queues,
    create: NewQueue,
    change: ChangeQueue,
    idOf: ({ key }) => `queue:${String(key)}`,
  },
  {
    kind: "greeting",
    path: "/greetings",
    noun: "greeting",
    list: "greetings",
    answer: Greetings,
    create: NewGreeting,
    change: ChangeGreeting,
    idOf: ({ key }) => `greeting:${String(key)}`,
  },
  {
    kind: "break-reason",
    path: "/break-reasons",
    noun: "break reason",
    list: "breakReasons",
    answer: BreakReasons,
    create: NewBreakReason,
    change: ChangeBreakReason,
    idOf: ({ key }) => `break-reason:${String(key)}`,
  },
  {
    kind: "call-list",
    path: "/call-lists",
    noun: "call list",
    list: "callLists",
    answer: CallLists,
    create: NewCallList,
    change: ChangeCallList,
    idOf: ({ key }) => `call-list:${String(key)}`,
  },
  {
    kind: "scorecard",
    path: "/scorecards",
    noun: "scorecard",
    list: "scorecards",
    answer: Scorecards,
    create: NewScorecard,
    change: ChangeScorecard,
    idOf: ({ key }) => `scorecard:${String(key)}`,
  },
];

export function addSettingRoutes(routes: Routes): void {
  for (const kind of kinds) addKind(routes, kind);
}

function addKind(routes: Routes, of: Kind): void {
  const { kind, path, noun, list, answer } = of;
  const read = async (call: Call<unknown, unknown, unknown>) => {
    return {
      [list]: await readSettings(call.tx, call.identity.tenantId, kind, (call.query ?? {}) as SettingFilter),
    };
  };
  addRoute(
    routes,
    { method: "GET", path, summary: `Every ${noun}, in order`, roles: everybody, answer, ...(of.query ? { query: of.query } : {}) }, // prettier-ignore
    read,
  );
  addRoute(
    routes,
    { method: "POST", path, summary: `Make a ${noun}`, roles: admins, body: of.create, answer, status: 201 },
    async (call) => {
      const { tx, identity, body, note } = call;
      const id = of.idOf(body);
      if (id.length > 64) throw new Refused("bad-request", "The key is too long.");
      const existing = await readSettings(tx, identity.tenantId, kind, {});
      if (existing.some((doc) => doc.id === id))
        throw new Refused("conflict", `There is such a ${noun} already.`);
      const order = Math.max(-1, ...existing.map((doc) => doc.order)) + 1;
      await putSettings(call, [checked({ ...body, kind, id, order, archived: false })]);
      await note(`${kind}.create`, `settings/${id}`, { after: body });
      return read({ ...call, query: {} });
    },
  );
  addRoute(
    routes,
    { method: "PATCH", path: `${path}/:id`, summary: `Change or archive a ${noun}`, roles: admins, params: IdParam, body: of.change, answer }, // prettier-ignore
    async (call) => {
      const { body, params, note } = call;
      const before = found(await lockSetting(call, kind, params.id), noun);
      await putSettings(call, [checked(applyChange(before, body))]);
      const details = { before: whatStood(before, body), after: body };
      await note(`${kind}.change`, `settings/${params.id}`, details);
      return read({ ...call, query: {} });
    },
  );
  addRoute(
    routes,
    { method: "DELETE", path: `${path}/:id`, summary: `Remove a ${noun} that no record uses`, roles: admins, params: IdParam, answer: null }, // prettier-ignore
    async (call) => {
      const { tx, identity, params, now, note } = call;
      const before = found(await lockSetting(call, kind, params.id), noun);
      await requireUnused(tx, identity.tenantId, before, noun);
      await forgetUses(tx, identity.tenantId, before);
      await removeRecords(tx, identity.tenantId, "settings", [params.id], { by: identity.userId, now });
      await note(`${kind}.remove`, `settings/${params.id}`, { before });
    },
  );
  addRoute(
    routes,
    {
      method: "PUT",
      path: `${path}/order`,
      summary: `Put every ${noun} in order`,
      roles: admins,
      body: Order,
      answer,
    },
    async (call) => {
      const { tx, identity, body, note } = call;
      const all = await readSettings(tx, identity.tenantId, kind, {});
      const known = all.map(({ id }) => id as string);
      if (new Set(body.ids).size !== body.ids.length)
        throw new Refused("bad-request", "An id stands here twice.");
      for (const id of body.ids) found(all.find((doc) => doc.id === id), noun); // prettier-ignore
      await putSettings(
        call,
        body.ids.map((id, order) => ({ id, order })),
      );
      await note(`${kind}.order`, `settings/${kind}`, { before: known, after: body.ids });
      return read({ ...call, query: {} });
    },
  );
}
