import { expect, test } from "vitest";
import type { Utterance } from "../../../shared/coaching/utterance.ts";
import type { Playbook } from "../../../shared/entities/setting.ts";
import type { LiveCard } from "../../../shared/rpc/contract/coaching.ts";
import { sales, type Model } from "../../../testing/coaching/coached-desk.ts";
import { talking, utterance } from "../../../testing/coaching/phone-calls.ts";
import { useCoachStage } from "../../../testing/coaching/use-coach-stage.ts";

// A card that was seen, at a desk that starts again in mid-call: it is the same card, and is told once.

const stage = useCoachStage();
const { time } = stage;

test("came up when it was shown, however late the words were heard", async () => {
  const first = await openDesk();
  await time.pass(8_000);
  first.hear(utterance("a", "customer", 3_000, 5_000, "This is too expensive"));
  await time.pass(200);
  const seen = await see(first);
  expect([seen.key, seen.shownAtMs >= 8_000]).toEqual(["price", true]);
  const again = await restart(first, first.utterances);
  expect(again.last()?.card).toMatchObject({ key: seen.key, shownAtMs: seen.shownAtMs });
});

test("called for by a guess, it is there as it was, and comes no second time when the words are told for good", async () => {
  const first = await openDesk();
  await time.pass(3_000);
  first.hear(utterance("a", "customer", 1_900, 2_900, "This is too expensive", { final: false }));
  await time.pass(200);
  const { key, phrase, shownAtMs, leavesAtMs } = await see(first);
  expect([key, phrase]).toEqual(["price", "too expensive"]);
  const again = await restart(first, []);
  expect(again.last()?.card).toMatchObject({ key, phrase, shownAtMs, leavesAtMs });
  await time.pass(1_000);
  again.hear(utterance("a", "customer", 1_900, 3_100, "This is too expensive for us", { revision: 1 }));
  await time.pass(20_000);
  expect(again.last()?.card).toBeNull();
  expect(cameUpAt(again)).toEqual([shownAtMs]);
});

test("called for by meaning, it is there as it was, and comes no second time when that is compared again", async () => {
  const first = await openDesk(means);
  await time.pass(3_000);
  first.hear(utterance("a", "customer", 1_900, 2_900, "This would ruin us all"));
  await time.pass(200);
  const { key, shownAtMs } = await see(first);
  expect(key).toBe("price");
  const again = await restart(first, first.utterances, means);
  expect(again.last()?.card).toMatchObject({ key, shownAtMs });
  await time.pass(20_000);
  expect(again.compared).toHaveLength(1);
  expect(cameUpAt(again)).toEqual([shownAtMs]);
});

test("dismissed, it stays away", async () => {
  const first = await openDesk();
  await time.pass(3_000);
  first.hear(utterance("a", "customer", 1_900, 2_900, "This is too expensive", { final: false }));
  await time.pass(200);
  const seen = await see(first);
  await first.coach.do("call-1", (atMs) => ({ do: "dismiss", card: seen.key, atMs }));
  const again = await restart(first, []);
  expect(again.last()?.card).toBeNull();
});

type Desk = Awaited<ReturnType<typeof openDesk>>;

const trigger = { kind: "meaning", side: "customer", examples: ["It costs too much"], likeness: 0.6, fromMs: null, untilMs: null }; // prettier-ignore
const means = {
  playbooks: [{ ...sales, cards: [{ ...sales.cards[0], triggers: [trigger] }] } as unknown as Playbook],
  compareLike: (({ said }) => ({ state: "compared", alike: said.map(() => [0.7]) })) satisfies Model,
};

function openDesk(own: Partial<Parameters<typeof stage.openDesk>[0]> = {}) {
  return stage.openDesk({ call: talking(), ...own });
}

/** @param utterances what it finds that was said before */
async function restart({ coach }: Desk, utterances: Utterance[], own = {}): Promise<Desk> {
  coach.close();
  return openDesk({ ...own, utterances: [...utterances] });
}

/** A window shows what is up. */
async function see({ coach, last }: Desk): Promise<LiveCard> {
  const card = last()?.card;
  if (!card) throw new Error("no card is up");
  const { key, shownAtMs } = card;
  await coach.do("call-1", (atMs) => ({ do: "see", card: key, shownAtMs, atMs }));
  return card;
}

/** When the cards that a desk has shown came up. */
function cameUpAt({ seen }: Desk): number[] {
  return [...new Set(seen.flatMap((view) => view?.card?.shownAtMs ?? []))];
}
