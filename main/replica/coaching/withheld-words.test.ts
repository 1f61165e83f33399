import { expect, test } from "vitest";
import type { Utterance } from "../../../shared/coaching/utterance.ts";
import type { Playbook } from "../../../shared/entities/setting.ts";
import { sales } from "../../../testing/coaching/coached-desk.ts";
import { agreeing, talking, utterance } from "../../../testing/coaching/phone-calls.ts";
import { useCoachStage } from "../../../testing/coaching/use-coach-stage.ts";

// Somebody who was asked in has still to agree: what is said is not written down, and sounds like silence to a playbook.

const stage = useCoachStage();
const { time } = stage;

const quiet = { kind: "silence", overMs: 4_000, fromMs: null, untilMs: null };
const careful = {
  ...sales,
  cards: [{ ...sales.cards[0], key: "quiet", triggers: [quiet], everyMs: 600_000, staysMs: 5_000 }],
} as unknown as Playbook;
const openDesk = (call = talking(), utterances: Utterance[] = []) =>
  stage.openDesk({ call, utterances, playbooks: [careful] });

test("a card for silence does not come while words are withheld, nor for what was not heard, also after a restart", async () => {
  const desk = await openDesk();
  desk.hear(utterance("a", "customer", 0, 1_000, "Hello there"));
  await desk.show(agreeing("needed"));
  await time.pass(20_000);
  expect(desk.last()).toMatchObject({ transcript: "paused", card: null });
  desk.coach.close();
  const again = await openDesk(agreeing("needed"), desk.utterances);
  await time.pass(1_000);
  expect(again.last()).toMatchObject({ transcript: "paused", card: null });
  await again.show(agreeing("needed", "given"));
  await time.pass(1_000);
  expect(again.last()).toMatchObject({ transcript: "heard", card: null });
  again.hear(utterance("b", "customer", 22_000, 23_000, "Where were we"));
  await time.pass(8_000);
  expect(again.last(), "of what is heard").toMatchObject({ card: { key: "quiet" } });
});

test("a card for a silence that was heard before is there still after a restart while words are withheld", async () => {
  const desk = await openDesk();
  desk.hear(utterance("a", "customer", 0, 1_000, "Hello there"));
  await time.pass(9_000);
  expect(desk.last()).toMatchObject({ card: { key: "quiet" } });
  desk.hear(utterance("b", "customer", 9_100, 9_400, "Right"));
  desk.coach.close();
  const again = await openDesk(agreeing("needed"), desk.utterances);
  expect(again.last()).toMatchObject({ transcript: "paused", card: { key: "quiet" } });
});
