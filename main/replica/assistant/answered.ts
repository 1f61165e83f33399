import type { Recommended } from "../../../shared/assistant/recommend/recommend.ts";
import type { Recommendation } from "../../../shared/entities/activity.ts";
import { recordIdOf } from "../../../shared/entities/id.ts";
import { ok, type Result } from "../../../shared/result/result.ts";
import type { RpcError } from "../../../shared/rpc/frames.ts";
import { cleanValue } from "../edits/clean-value.ts";
import type { Draft, Replica } from "../replica.ts";

export type Tally = { accepted: number; answered: number };

/** What people made of what was recommended to them: records like others, so that all their devices and their manager know. */
export type Answers = {
  /** Of each of these whether this person has answered it. */
  of(all: readonly { leadId: string; key: string }[]): Promise<boolean[]>;
  /** What answers one, to be done by itself or together with the deed: taken back, it is open again. */
  answering(
    leadId: string,
    one: Recommended,
    status: "accepted" | "dismissed",
  ): Promise<Result<Draft, RpcError>>;
  mine(): Tally;
  /** Of everybody else whose answers this device holds. */
  others(): Tally;
  /** Of everybody. */
  ofKind(kind: Recommended["kind"]): Tally;
  close(): void;
};

type Counted = Pick<Recommendation, "kind" | "status" | "ownerId">;

/** Counted once, then kept up with each change. To be called before anything else may write. */
export async function openAnswers({ me, reads, edits }: Replica): Promise<Answers> {
  const tallies = new Map<string, Tally>();
  const tallyOf = (name: string): Tally => tallies.get(name) ?? { accepted: 0, answered: 0 };
  const count = ({ kind, status, ownerId }: Counted, times: number) => {
    if (status !== "accepted" && status !== "dismissed") return;
    for (const name of [kind, ownerId === me.userId ? "mine" : "others"]) {
      const { accepted, answered } = tallyOf(name);
      const taken = status === "accepted" ? times : 0;
      tallies.set(name, { accepted: accepted + taken, answered: answered + times });
    }
  };
  const stop = reads.onChange(({ collection, records }) => {
    if (collection !== "recommendations") return;
    for (const { before, after } of records) {
      if (before) count(before as Recommendation, -1);
      if (after) count(after as Recommendation, 1);
    }
  });
  const known = await reads.sql<Counted & { times: number }>(
    `select doc->>'kind' as kind, doc->>'status' as status, doc->>'ownerId' as "ownerId", count(*)::int as times
     from ${reads.table("recommendations")} where not deleted group by 1, 2, 3`,
  );
  for (const { times, ...one } of known) count(one, times);
  const idOf = (leadId: string, key: string) => recordIdOf(`answer:${me.userId}:${leadId}:${key}`);

  function note(leadId: string, one: Recommended) {
    const { kind, title, reason, priority, confidence, expiresAt } = one;
    const fields = {
      ...{ leadId, ownerId: me.userId, teamId: me.teamIds[0] ?? null, kind, status: "viewed" as const },
      ...{ title: cleanValue(title), reason: cleanValue(reason), priority, confidence, expiresAt },
    };
    const id = idOf(leadId, one.key);
    const create = { kind: "create", collection: "recommendations", id, fields } as const;
    return edits.apply([create], "Saw a suggestion", { keepUndo: false });
  }

  return {
    async of(all) {
      const ids = all.map(({ leadId, key }) => idOf(leadId, key));
      const found: ReadonlyMap<string, Recommendation> = await reads.getAll("recommendations", ids);
      // What was answered and taken back was seen, and no more.
      return ids.map((id) => (found.get(id)?.status ?? "viewed") !== "viewed");
    },
    async answering(leadId, one, status) {
      const id = idOf(leadId, one.key);
      // Nobody may delete an answer: what is taken back of it is what was answered.
      const noted = (await reads.get("recommendations", id)) ? ok() : await note(leadId, one);
      if (!noted.ok) return noted;
      return ok({ kind: "update", collection: "recommendations", id, set: { status } });
    },
    mine: () => tallyOf("mine"),
    others: () => tallyOf("others"),
    ofKind: tallyOf,
    close: stop,
  };
}
