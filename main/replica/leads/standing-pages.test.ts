import { afterEach, expect, test } from "vitest";
import type { Sort } from "../../../shared/entities/setting.ts";
import { openTestReplica, type TestReplica } from "../../../testing/fakes/open-test-replica.ts";
import { openTenantSettings } from "../live/tenant-settings.ts";
import type { Replica } from "../replica.ts";
import { createLeadSearch } from "../search/lead-search.ts";
import { createLeadIndex } from "./lead-index.ts";
import { lookAtLeads } from "./ranked-leads.ts";

let replica: TestReplica;
afterEach(() => replica.dispose());

const byScore: Sort = { field: "score", direction: "desc" };
const lead = (id: string, score: number, rev = 1) =>
  ({ id, rev, kept: [], name: id, score, stage: "new", custom: {} }) as never;

type Look = { answer: { total: number; ids: string[] }; wasWorkedOut: boolean };

/** What a desk does between two starts: looks at a list, and is closed at once or when its order stands. */
async function lookOnce(opened: Replica, { untilOrdered = false } = {}): Promise<Look> {
  let wasWorkedOut = false;
  const sql: typeof opened.reads.sql = (text, parameters) => {
    if (text.includes("with found")) wasWorkedOut = true;
    return opened.reads.sql(text, parameters);
  };
  const settings = openTenantSettings(opened.reads);
  await settings.ready;
  const index = createLeadIndex({ ...opened, reads: { ...opened.reads, sql } }, settings);
  const search = createLeadSearch(opened.reads, index.context.rows);
  const wish = { filters: [], sort: byScore, search: "", offset: 0, limit: 2 };
  const answer = await lookAtLeads(index, search, wish);
  const { ready } = index.order([], byScore);
  if (untilOrdered) await ready;
  index.close();
  search.close();
  settings.close();
  await ready;
  return { answer, wasWorkedOut };
}

test.each([{ untilOrdered: false }, { untilOrdered: true }])(
  "a list that was seen is shown at the next start without asking for it, as it would be asked for: %o",
  async (when) => {
    replica = await openTestReplica({ collections: ["leads", "tasks", "settings"] });
    await replica.takeTurn(() =>
      replica.layers.receive("leads", [lead("a", 1), lead("b", 3), lead("c", 2)], []),
    );
    const asked = await lookOnce(replica, when);
    expect(asked).toEqual({ answer: { total: 3, ids: ["b", "c"] }, wasWorkedOut: true });

    replica = await replica.reopen();
    expect(await lookOnce(replica, when)).toEqual({ ...asked, wasWorkedOut: false });

    replica = await replica.reopen();
    await replica.takeTurn(() => replica.layers.receive("leads", [lead("a", 9, 2)], ["c"]));
    expect(await lookOnce(replica, when)).toEqual({
      answer: { total: 2, ids: ["a", "b"] },
      wasWorkedOut: true,
    });
  },
);
