import { describe, expect, test } from "vitest";
import type { PhoneCall } from "../../../shared/calls/phone.ts";
import type { Utterance } from "../../../shared/coaching/utterance.ts";
import type { Playbook } from "../../../shared/entities/setting.ts";
import { sales, type Model } from "../../../testing/coaching/coached-desk.ts";
import {
  agreeing,
  answeredAt,
  consulting,
  held,
  machine,
  monitored,
  resumed,
  ringing,
  talking,
  utterance,
} from "../../../testing/coaching/phone-calls.ts";
import { phrases } from "../../../testing/coaching/talk.ts";
import { useCoachStage } from "../../../testing/coaching/use-coach-stage.ts";

const stage = useCoachStage();
const { time } = stage;

describe("the coach of the call that is up", () => {
  test("comes with the call and goes with it; what rings, is listened to or is a machine has none", async () => {
    const desk = await openDesk();
    for (const not of [ringing(), monitored(), machine()]) await desk.show(not);
    expect([desk.seen, desk.came]).toEqual([[], 0]);
    await desk.show(talking());
    expect(desk.last()).toMatchObject({ callId: "call-1", customer: "Maria Kowalski", transcript: "silent" });
    expect([desk.last()?.playbook?.key, desk.came]).toEqual(["sales", 1]);
    await desk.show();
    expect(desk.last()).toBeNull();
  });

  test("guesses move the figures, tick an item and bring up a card", async () => {
    const desk = await openDesk(talking());
    await time.pass(3_000);
    desk.hear(utterance("a", "agent", 0, 2_000, "So what's your budget", { final: false }));
    desk.hear(utterance("b", "customer", 2_000, 3_000, "That is too expensive", { final: false }));
    await time.pass(100);
    const view = desk.last();
    expect(view).toMatchObject({
      transcript: "heard",
      card: { key: "price", phrase: expect.stringContaining("expensive") },
    });
    expect(view?.metrics.talkShareOfSpeech).toBeCloseTo(0.67, 1);
  });

  test("asks once for a model's words on a card, with what was said, and puts them into it", async () => {
    const desk = await openDesk(talking());
    await time.pass(3_000);
    desk.hear(utterance("a", "agent", 0, 1_000, "It is forty a month"));
    desk.hear(utterance("b", "customer", 1_000, 2_000, "That is too expensive", { final: false }));
    desk.hear(utterance("b", "customer", 1_000, 2_500, "That is too expensive now", { revision: 1 }));
    await time.pass(200);
    expect(desk.asked).toEqual([
      {
        ...{ callId: "call-1", title: "Price", lines: ["Ask what it leaves out"] },
        heard: [
          { speaker: "agent", text: "It is forty a month" },
          { speaker: "customer", text: "That is too expensive" },
        ],
      },
    ]);
    expect(desk.last()?.card).toMatchObject({ lines: ["Ask about her lease"], wordedBy: "model" });
  });

  test("tells windows nothing that nobody could see, and at most ten times a second", async () => {
    const desk = await openDesk(talking());
    await time.pass(2_000);
    for (let word = 1; word <= 30; word += 1) {
      const text = Array.from({ length: word }, (_, at) => `word${at}`).join(" ");
      desk.hear(utterance("a", "agent", 0, 2_000 + word * 10, text, { revision: word, final: false }));
      await time.pass(10);
    }
    const told = desk.seen.length;
    expect(told).toBeLessThanOrEqual(1 + 4);
    desk.hear(utterance("a", "agent", 0, 2_010, "word0", { revision: 1, final: false }));
    await time.pass(60);
    expect(desk.seen.length).toBeLessThanOrEqual(told + 1);
  });

  test("has no timer while no call is up", async () => {
    const desk = await openDesk(talking());
    expect(desk.timers).toBe(1);
    await desk.show();
    expect(desk.timers).toBe(0);
  });

  test("a replica that starts again in mid-call knows what was said, ticked and dismissed", async () => {
    const first = await openDesk(talking());
    await time.pass(8_000);
    first.hear(utterance("a", "agent", 0, 2_000, "What budget do you have"));
    first.hear(utterance("b", "customer", 6_000, 7_500, "This is too expensive"));
    await first.coach.do("call-1", (atMs) => ({ do: "tick", item: "budget", done: false, atMs }));
    await first.coach.do("call-1", (atMs) => ({ do: "dismiss", card: "price", atMs }));
    await time.pass(100);
    const before = first.last();
    expect(before).toMatchObject({ card: null, checklist: [{ doneAtMs: null, byHand: true }] });
    first.coach.close();
    const again = await openDesk(talking(), first.utterances);
    // The call has gone on a little meanwhile.
    expect(again.last()).toEqual({ ...before, metrics: expect.anything() });
  });

  test.each([
    ["a newer one took its place", (desk: Desk) => desk.hear(said("c", 2_600, "We look at another offer"))],
    [
      "hints were turned off",
      async (desk: Desk) => {
        await desk.coach.do("call-1", (atMs) => ({ do: "snooze", untilMs: atMs + 1_000, atMs }));
      },
    ],
  ])(
    "a card that waited and that nobody saw, as %s, is not used up: said again, it comes up",
    async (_, goes) => {
      const rare = (key: string, phrase: string) => ({ ...sales.cards[0], key, title: key, everyMs: 7_200_000, triggers: [phrases({ phrases: [phrase] })] }); // prettier-ignore
      const cards = [rare("price", "too expensive"), rare("notice", "notice period"), rare("rival", "another offer")]; // prettier-ignore
      const desk = await openDesk(talking(), [], [{ ...sales, cards } as Playbook]);
      await time.pass(1_000);
      desk.hear(said("a", 1_000, "That is too expensive"));
      await time.pass(800);
      desk.hear(said("b", 1_800, "What is the notice period"));
      await time.pass(800);
      await goes(desk);
      await time.pass(20_000);
      expect(desk.seen.map((view) => view?.card?.key)).not.toContain("notice");
      desk.hear(said("d", 22_600, "And the notice period"));
      await time.pass(200);
      expect(desk.last()?.card?.key).toBe("notice");
    },
  );

  test("one that starts again knows what quiet and figures have set off, and counts no hold as quiet", async () => {
    const quiet = { kind: "silence", overMs: 4_000, fromMs: null, untilMs: null };
    const talksMuch = { kind: "metric", metric: "talkShareOfSpeech", is: "over", value: 0.9, fromMs: 3_000, untilMs: null }; // prettier-ignore
    const careful = {
      ...sales,
      items: [{ key: "intro", label: "Introduced themselves", hint: "", triggers: [talksMuch] }],
      cards: [{ ...sales.cards[0], key: "quiet", triggers: [quiet], everyMs: 600_000, staysMs: 5_000 }],
    } as unknown as Playbook;
    let desk = await openDesk(talking(), [], [careful]);
    const restart = async (...calls: PhoneCall[]) => {
      desk.coach.close();
      desk = await openDesk(null, desk.utterances, [careful]);
      await desk.show(...calls);
    };
    desk.hear(utterance("a", "agent", 0, 1_000, "One moment please"));
    await desk.show(held());
    await time.pass(20_000);
    const back = resumed(time.now());
    await restart(back);
    expect(desk.last(), "quiet on hold is none").toMatchObject({ card: null });
    const beganMs = time.now() - Date.parse(answeredAt);
    await time.pass(3_000);
    desk.hear(utterance("b", "agent", beganMs, beganMs + 3_000, "I am Ana and I have all you need"));
    await time.pass(6_000);
    const intro = { key: "intro", doneAtMs: expect.any(Number), byHand: false };
    expect(desk.last()).toMatchObject({ card: { key: "quiet" }, checklist: [intro] });
    await restart(back);
    expect(desk.last(), "still to be read").toMatchObject({ card: { key: "quiet" }, checklist: [intro] });
    await time.pass(9_000);
    expect(desk.last(), "read").toMatchObject({ card: null });
    desk.hear(utterance("c", "customer", beganMs + 8_000, beganMs + 18_000, "I have a question about our lift and about the heating")); // prettier-ignore
    await restart(back);
    await time.pass(7_000);
    expect(desk.last(), "done and resting").toMatchObject({ card: null, checklist: [intro] });
  });

  test("warns of a monologue, not while the call is held", async () => {
    const desk = await openDesk(talking());
    const words = Array.from({ length: 60 }, (_, at) => `word${at}`).join(" ");
    await time.pass(24_000);
    desk.hear(utterance("a", "agent", 0, 24_000, words, { final: false }));
    await time.pass(600);
    expect(desk.last()?.alarm).toMatchObject({ kind: "monologue", value: 24_000 });
    await desk.show(held());
    await time.pass(600);
    expect(desk.last()?.alarm).toBeNull();
  });

  test("a call that comes back from hold was no dead air, and a consultation is none", async () => {
    const careful = { ...sales, alarms: { ...sales.alarms, deadAirMs: 8_000 } };
    const desk = await openDesk(talking(), [], [careful]);
    desk.hear(utterance("a", "agent", 0, 1_000, "One moment please"));
    for (const waits of [held(), consulting()]) {
      await desk.show(waits);
      await time.pass(30_000);
      for (let at = 0; at < 300; at += 1) desk.coach.hearLevel(0.4);
      await time.pass(600);
      expect(desk.last()).toMatchObject({ alarm: null, transcript: "heard" });
    }
    await desk.show(resumed(time.now()));
    await time.pass(7_000);
    expect(desk.last()?.alarm).toBeNull();
    await time.pass(2_000);
    expect(desk.last()?.alarm).toMatchObject({ kind: "dead-air", value: 9_000 });
  });

  test("says that the transcript has stopped when the other side is heard and no word of it comes", async () => {
    const desk = await openDesk(talking());
    desk.hear(utterance("a", "customer", 0, 1_000, "Hello there"));
    for (let at = 0; at < 250; at += 1) desk.coach.hearLevel(at % 2 === 0 ? 0.4 : 0);
    await time.pass(600);
    expect(desk.last()?.transcript).toBe("heard");
    for (let at = 0; at < 100; at += 1) desk.coach.hearLevel(0.4);
    await time.pass(600);
    expect(desk.last()?.transcript).toBe("stopped");
    desk.hear(utterance("b", "customer", 30_000, 31_000, "Are you there"));
    await time.pass(100);
    expect(desk.last()?.transcript).toBe("heard");
  });

  test("says that nobody writes the call down: where the rules say so, or the other side is heard and no word comes", async () => {
    const ruled = await openDesk();
    ruled.leaveUnwritten();
    await ruled.show(talking());
    expect(ruled.last()?.transcript).toBe("absent");
    const desk = await openDesk(talking());
    expect(desk.last()?.transcript).toBe("silent");
    for (let at = 0; at < 250; at += 1) desk.coach.hearLevel(0.4);
    await time.pass(1_000);
    expect(desk.last()?.transcript).toBe("absent");
    desk.hear(utterance("a", "customer", 40_000, 41_000, "Hello"));
    await time.pass(1_000);
    expect(desk.last()?.transcript).toBe("heard");
  });

  test("where they have still to agree says that nothing is written down yet, however long that takes, and then listens", async () => {
    const desk = await openDesk(agreeing("needed"));
    expect(desk.last()?.transcript).toBe("unagreed");
    for (let at = 0; at < 300; at += 1) desk.coach.hearLevel(0.4);
    await time.pass(600);
    expect(desk.last()?.transcript).toBe("unagreed");
    await desk.show(agreeing("needed", "given"));
    expect(desk.last()?.transcript).toBe("silent");
    const refused = await openDesk(agreeing("needed", "refused"));
    expect(refused.last()).toMatchObject({ transcript: "absent", why: "They do not want to be recorded." });
    const ruled = await openDesk();
    ruled.leaveUnwritten();
    await ruled.show(agreeing("needed"));
    expect(ruled.last(), "nobody would, whatever they say").toMatchObject({ transcript: "absent", why: "" });
  });

  test("while somebody who came has still to agree it pauses, warns of no silence, and goes on or ends as they wish", async () => {
    const careful = { ...sales, alarms: { ...sales.alarms, deadAirMs: 8_000 } };
    const desk = await openDesk(talking(), [], [careful]);
    desk.hear(utterance("a", "customer", 0, 1_000, "Hello there"));
    await desk.show(agreeing("needed"));
    for (let at = 0; at < 300; at += 1) desk.coach.hearLevel(0.4);
    await time.pass(30_000);
    expect(desk.last()).toMatchObject({ transcript: "paused", alarm: null });
    await desk.show(agreeing("needed", "given"));
    await time.pass(1_000);
    expect(desk.last(), "of what was not written down").toMatchObject({ transcript: "heard", alarm: null });
    desk.hear(utterance("b", "customer", 32_000, 33_000, "Where were we"));
    await time.pass(12_000);
    expect(desk.last()).toMatchObject({ transcript: "heard", alarm: { kind: "dead-air" } });
    await desk.show(agreeing("needed", "refused"));
    expect(desk.last()).toMatchObject({ transcript: "stopped", why: "They do not want to be recorded." });
  });

  test("says so, too, when whoever writes the call down has stopped, and when they go on", async () => {
    const desk = await openDesk(talking());
    desk.hear(utterance("a", "customer", 0, 1_000, "Hello there"));
    const seen: unknown[] = [];
    for (const on of [true, false]) {
      desk.stopTranscript(on);
      await time.pass(100);
      seen.push(desk.last()?.transcript);
    }
    expect(seen).toEqual(["stopped", "heard"]);
  });

  test("says why the server does not listen, whether a word has come or not, until it does", async () => {
    const usedUp = "Your organisation's AI budget for this month is used up.";
    const desk = await openDesk(talking());
    desk.stopTranscript(true);
    await time.pass(100);
    expect(desk.last(), "carriers are not the server's to explain").toMatchObject({ transcript: "silent", why: "" }); // prettier-ignore
    desk.haveServerListen(usedUp);
    desk.stopTranscript(true);
    await time.pass(100);
    expect(desk.last()).toMatchObject({ transcript: "absent", why: usedUp });
    desk.stopTranscript(false);
    desk.hear(utterance("a", "customer", 0, 1_000, "Hello there"));
    await time.pass(100);
    expect(desk.last()).toMatchObject({ transcript: "heard", why: "" });
    desk.stopTranscript(true);
    await time.pass(100);
    expect(desk.last()).toMatchObject({ transcript: "stopped", why: usedUp });
  });

  test("takes up a playbook that a first sync brings in mid-call, without coming up again", async () => {
    const desk = await openDesk(talking(), [], []);
    expect(desk.last()?.playbook).toBeNull();
    desk.bringPlaybooks([sales]);
    await time.pass(600);
    expect([desk.last()?.playbook?.key, desk.came]).toEqual(["sales", 1]);
  });

  test("a past that cannot be read keeps nobody from being coached from now on", async () => {
    const deeds = { of: () => Promise.reject(new Error("the disk is gone")), keep: async () => {} };
    const desk = await stage.openDesk({ deeds, call: null });
    await desk.show(talking()).catch(() => {});
    await time.pass(200);
    desk.hear(utterance("a", "customer", 0, 1_000, "This is too expensive"));
    await time.pass(200);
    expect(desk.last()?.card?.key).toBe("price");
  });

  test("in another call, or after it, a deed is of no call", async () => {
    const desk = await openDesk(talking());
    expect(await desk.coach.do("call-2", (atMs) => ({ do: "dismiss", card: "price", atMs }))).toBeNull();
  });
});

describe("what is meant", () => {
  const means = { kind: "meaning", side: "customer", examples: ["It costs too much", "No money"], likeness: 0.6, fromMs: null, untilMs: null }; // prettier-ignore
  const careful = {
    ...sales,
    items: [{ key: "money", label: "Talked about money", hint: "", triggers: [means] }],
    cards: [{ ...sales.cards[0], triggers: [means] }],
  } as unknown as Playbook;
  const alike: Model = ({ said }) => ({ state: "compared", alike: said.map((text) => [text.includes("ruin") ? 0.7 : 0.2, 0]) }); // prettier-ignore

  test("brings up its card and ticks its item, once it is said for good and a model found it alike", async () => {
    const desk = await openDesk(talking(), [], [careful], alike);
    await time.pass(3_000);
    desk.hear(utterance("a", "customer", 0, 2_000, "This would ruin us", { final: false }));
    await time.pass(200);
    expect(desk.compared).toEqual([]);
    desk.hear(utterance("a", "customer", 0, 2_500, "This would ruin us all", { revision: 1 }));
    await time.pass(200);
    expect(desk.compared).toEqual([{ callId: "call-1", playbookId: "playbook:sales:1", said: ["This would ruin us all"] }]); // prettier-ignore
    expect(desk.last()).toMatchObject({
      card: { key: "price", phrase: "This would ruin us all" },
      checklist: [{ key: "money", doneAtMs: 2_500 }],
    });
    expect(desk.coach.alike("call-1").get("a")?.get("It costs too much")).toBe(0.7);
  });

  test("after a restart what was done is done again, and no card comes for what was said long ago", async () => {
    const past = [utterance("a", "customer", 1_000, 2_500, "This would ruin us all")];
    await time.pass(60_000);
    const desk = await openDesk(talking(), past, [careful], alike);
    await time.pass(200);
    expect(desk.last()).toMatchObject({ card: null, checklist: [{ key: "money", doneAtMs: 2_500 }] });
  });
});

type Desk = Awaited<ReturnType<typeof openDesk>>;

/** By the customer, within a second. */
function said(id: string, endMs: number, text: string): Utterance {
  return utterance(id, "customer", endMs - 1_000, endMs, text);
}

function openDesk(
  call: PhoneCall | null = null,
  utterances: Utterance[] = [],
  playbooks: Playbook[] = [sales],
  compareLike?: Model,
) {
  const model = compareLike ? { compareLike } : {};
  return stage.openDesk({ call, utterances, playbooks, ...model });
}
