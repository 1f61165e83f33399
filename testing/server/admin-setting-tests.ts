import { expect, test } from "vitest";
import { WireError } from "../../shared/sync/wire.ts";
import { BusinessSettings, Fields, Queues, Stages } from "../../sync-server/admin/wire.ts";
import { inTenant } from "../../sync-server/database/index.ts";
import { saveRecords } from "../../sync-server/sync/index.ts";
import type { AdminAsker } from "./admin-phone-tests.ts";

/** What admins configure; part of admin-suite.ts, with its people and its queue. */
export function adminSettingTests({ as, lastAudit, database }: AdminAsker): void {
  test("fields: made, changed, archived, put in order, removed", async () => {
    const field = {
      collection: "leads",
      label: "Budget",
      type: "money",
      required: false,
      default: null,
      options: [],
    };
    for (const key of ["budget", "headcount"]) {
      expect((await as("grace", "/fields", { body: { ...field, key } })).status).toBe(201);
    }
    expect((await as("grace", "/fields", { body: { ...field, key: "budget" } })).status).toBe(409);
    expect((await as("grace", "/fields", { body: { ...field, key: "area", type: "select" } })).status).toBe(
      400,
    );
    const archived = await as("grace", "/fields/field:leads:budget", {
      method: "PATCH",
      body: { archived: true },
    });
    expect(Fields.parse(archived.body).fields[0]).toMatchObject({ key: "budget", archived: true, rev: 2 });
    expect(await lastAudit()).toMatchObject({
      action: "field.change",
      details: { before: { archived: false }, after: { archived: true } },
    });
    const ids = ["field:leads:headcount", "field:leads:budget"];
    const ordered = await as("grace", "/fields/order", { method: "PUT", body: { ids } });
    expect(Fields.parse(ordered.body).fields.map(({ id }) => id)).toEqual(ids);
    expect((await as("grace", "/fields/field:leads:budget", { method: "DELETE" })).status).toBe(204);
    expect(Fields.parse((await as("ana", "/fields?collection=leads")).body).fields).toHaveLength(1);
    expect((await as("ana", "/fields", { body: { ...field, key: "mine" } })).status).toBe(403);
  });

  test("stages: one that leads stand in is archived, not removed", async () => {
    const stage = { pipeline: "leads", key: "tour", label: "Tour", outcome: "open" };
    expect((await as("grace", "/stages", { body: stage })).status).toBe(201);
    await inTenant(database(), { tenantId: "one" }, (tx) =>
      saveRecords(tx, "one", "leads", [{ id: "lead-2", name: "L", stage: "tour", custom: {} }], {
        now: "2026-01-01T09:00:00.000Z",
      }),
    );
    const refused = await as("grace", "/stages/stage:leads:tour", { method: "DELETE" });
    expect(WireError.parse(refused.body).error).toMatchObject({ code: "conflict", details: { records: 1 } });
    const { stages } = Stages.parse((await as("ana", "/stages?pipeline=leads")).body);
    expect(stages.at(-1)).toMatchObject({ key: "tour", order: stages.length - 1 });
  });

  test("business: changed field by field and word by word, with a time zone that exists", async () => {
    const before = BusinessSettings.parse((await as("ana", "/business")).body);
    const change = (body: object) => as("grace", "/business", { method: "PATCH", body });
    const place = { timeZone: "Europe/London", country: "GB", currency: "GBP" };
    expect((await change(place)).body).toEqual({ ...before, ...place });
    expect(await lastAudit()).toMatchObject({
      action: "business.change",
      details: { before: { timeZone: before.timeZone, country: "US", currency: "USD" }, after: place },
    });
    await change({ terms: { lead: "prospect" } });
    expect((await change({ terms: { leads: "prospects" } })).body).toMatchObject({
      terms: { ...before.terms, lead: "prospect", leads: "prospects" },
      ...place,
    });
    expect((await change({ timeZone: "Mars/Olympus" })).status).toBe(400);
  });

  test("settings: what several admins change in the same moment stays, whatever it is", async () => {
    const changes: readonly (readonly [path: string, body: object])[] = [
      ["/queues/queue:service", { ringSeconds: 31 }],
      ["/queues/queue:service", { targetSeconds: 32 }],
      ["/queues/queue:service", { overflowSeconds: 33 }],
      ["/business", { name: "Renamed" }],
      ["/business", { industry: "Insurance" }],
      ["/business", { terms: { deal: "contract" } }],
      ["/business", { terms: { deals: "contracts" } }],
      ["/phone/rules", { maxPerWeek: 9 }],
      ["/phone/rules", { wrapUpSeconds: 45 }],
      ["/phone/rules", { detectMachines: true }],
    ];
    const answers = await Promise.all(
      changes.map(([path, body]) => as("grace", path, { method: "PATCH", body })),
    );
    expect(answers.map(({ status }) => status)).toEqual(changes.map(() => 200));
    const { queues } = Queues.parse((await as("ana", "/queues")).body);
    const seconds = { ringSeconds: 31, targetSeconds: 32, overflowSeconds: 33 };
    expect(queues.find(({ key }) => key === "service")).toMatchObject(seconds);
    expect((await as("ana", "/business")).body).toMatchObject({
      name: "Renamed",
      industry: "Insurance",
      terms: { deal: "contract", deals: "contracts" },
    });
    const rules = { maxPerWeek: 9, wrapUpSeconds: 45, detectMachines: true };
    expect((await as("ana", "/phone/rules")).body).toMatchObject(rules);
  });
}
