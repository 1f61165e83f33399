import type { Lead } from "../../../shared/entities/lead.ts";
import { assistantPaths, MatchAnswer } from "../../../shared/assistant/server-wire.ts";
import { matchListing, rankMatches } from "../../../shared/assistant/listings/match-listing.ts";
import { standingOut } from "../../../shared/assistant/listings/standing-out.ts";
import { addAssistant } from "../../../sync-server/assistant/index.ts";
import { inTenant } from "../../../sync-server/database/index.ts";
import { startMatching } from "../../../sync-server/matching/index.ts";
import { saveRecords } from "../../../sync-server/sync/index.ts";
import { stageGateway } from "../../ai/stage-gateway.ts";
import { startTestServer, type TestServer } from "../../server/start-test-server.ts";
import { people, type TestPerson } from "../../server/test-identities.ts";
import type { Evaluation } from "../evaluation.ts";
import { compareHeldOut, meanOf } from "../held-out.ts";
import { offers } from "./offers.ts";
import { wishes, type Wish } from "./wishes.ts";

/** As many as a desk shows. */
const most = 5;

/** What is shown to somebody of what is on offer: by the desk's rules, and the words that a server compares. */
export const matching: Evaluation = {
  ids: ["eval.matching.rank"],
  async run() {
    const server = await startServer();
    try {
      const shown = new Map<string, readonly string[]>();
      for (const [at, { lead }] of wishes.entries())
        shown.set(lead.id, show(lead, await compare(server, lead.id, askerOf(at))));
      const offline = rankOf(({ lead }) => show(lead, {}));
      return [
        compareHeldOut<Wish>({
          ...{ id: "eval.matching.rank", feature: "matching", called: "wishes", items: wishes },
          metric: "1 ÷ place of the first that fits, 1 for nothing where nothing fits; mean",
          ours: rankOf(({ lead }) => shown.get(lead.id) ?? []),
          baseline: {
            name: "the five nearest to the budget",
            of: rankOf(({ lead }) => nearestInPrice(lead)),
          },
          note: `${offline(wishes.filter(({ part }) => part === "held-out")).toFixed(2)} without a network; shows nothing ${rankOf(() => [])(wishes.filter(({ part }) => part === "held-out")).toFixed(2)}`,
        }),
      ];
    } finally {
      await server.close();
    }
  },
};

/** A server without a model, that holds all of them. */
async function startServer(): Promise<TestServer> {
  const { ai } = stageGateway([]);
  const server = await startTestServer({
    async add({ app, ...context }) {
      const kept = await startMatching({ app, ...context, ai, onModelsChange: () => {} });
      const none = { audited: async () => {}, firstModel: async () => ({ model: "", instead: null }) };
      const assistant = addAssistant(app, { ...context, ...none, ai, matching: kept });
      return { stop: async () => void (await Promise.all([assistant.stop(), kept.stop()])) };
    },
  });
  const { db, tenantId } = server;
  const now = new Date().toISOString();
  await inTenant(db, { tenantId }, async (tx) => {
    await saveRecords(tx, tenantId, "listings", offers, { now });
    await saveRecords(tx, tenantId, "leads", wishes.map(({ lead }, at) => ({ ...lead, ownerId: askerOf(at).userId })), { now }); // prettier-ignore
  });
  return server;
}

/** Nobody may ask for all of them within a minute. */
function askerOf(wish: number): TestPerson {
  return wish % 2 === 0 ? people.ana : people.ben;
}

async function compare(
  server: TestServer,
  leadId: string,
  asker: TestPerson,
): Promise<MatchAnswer["nearness"]> {
  const { token } = server.identities.signIn(asker);
  const response = await fetch(server.url + assistantPaths.matches, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ leadId }),
  });
  return MatchAnswer.parse(await response.json()).nearness;
}

function show(lead: Lead, nearness: MatchAnswer["nearness"]): string[] {
  const near = standingOut(nearness);
  const matches = offers.map((listing) =>
    matchListing(lead, listing, near[listing.id] ?? null, listing.currency),
  );
  return rankMatches(matches, most).map(({ listingId }) => listingId);
}

/** Of those who named no budget, the cheapest. */
function nearestInPrice({ custom }: Lead): string[] {
  const budget = typeof custom["budget"] === "number" ? custom["budget"] : 0;
  return offers
    .filter(({ status }) => status === "available" || status === "reserved")
    .toSorted((a, b) => Math.abs((a.price ?? 0) - budget) - Math.abs((b.price ?? 0) - budget))
    .slice(0, most)
    .map(({ id }) => id);
}

function rankOf(shownTo: (wish: Wish) => readonly string[]) {
  return (all: readonly Wish[]) =>
    meanOf(
      all.map((wish) => {
        const shown = shownTo(wish);
        if (wish.fits.length === 0) return shown.length === 0 ? 1 : 0;
        const place = shown.findIndex((id) => wish.fits.includes(id));
        return place === -1 ? 0 : 1 / (place + 1);
      }),
    );
}
