import { afterAll, beforeAll, expect, test } from "vitest";
import type { RecordId } from "../../../shared/entities/id.ts";
import { err, ok } from "../../../shared/result/result.ts";
import type { listingMatches } from "../../../shared/rpc/contract/assistant.ts";
import { fields } from "../../../testing/fakes/blank-fields.ts";
import { openTestReplica, type TestReplica } from "../../../testing/fakes/open-test-replica.ts";
import { watch } from "../../../testing/fakes/watch.ts";
import { openTenantSettings, type TenantSettings } from "../live/tenant-settings.ts";
import type { AskAssistant } from "./ask-assistant.ts";
import { createListingMatches } from "./listing-matches.ts";

const leadId = "lead-1" as RecordId;
let replica: TestReplica;
let settings: TenantSettings;

beforeAll(async () => {
  replica = await openTestReplica();
  settings = openTenantSettings(replica.reads);
  const lead = fields.lead({ name: "Maria Keller", city: "Chicago" });
  await replica.edits.apply([{ kind: "create", collection: "leads", id: leadId, fields: lead }], "A lead");
});
afterAll(async () => {
  settings.close();
  await replica.dispose();
});

test("whoever looks is told by what words were compared, and why not by the model", async () => {
  const answers: Awaited<ReturnType<AskAssistant["matches"]>>[] = [
    ok({ nearness: { a: 0.5 }, by: "model", instead: null }),
    ok({
      nearness: { a: 0.2 },
      by: "rules",
      instead: { code: "limited", message: "The budget is used up." },
    }),
    err("The server cannot be reached."),
    ok({ nearness: {}, by: "model", instead: null }),
  ];
  const ask = { matches: async () => answers.shift() ?? err("Asked too often.") };
  const handlers = createListingMatches({ replica, ask, settings });
  const look = async () => {
    const { compared, why } = await watch<typeof listingMatches>(handlers.listingMatches, { leadId }).first();
    return { compared, why };
  };
  const compare = () => handlers.compareListings({ leadId });
  expect(await look()).toEqual({ compared: null, why: "" });
  await compare();
  expect(await look()).toEqual({ compared: "model", why: "" });
  await compare();
  expect(await look()).toEqual({ compared: "rules", why: "The budget is used up." });
  await compare();
  expect(await look(), "what was compared before still counts").toEqual({ compared: "rules", why: "The server cannot be reached." }); // prettier-ignore
  await compare();
  expect(await look(), "nothing was near").toEqual({ compared: null, why: "" });
});
