import { describe, expect, test } from "vitest";
import { daysLeft, joinAnswer, splitAnswer } from "./chat/proposal.ts";
import { findWhen } from "./chat/when-said.ts";
import { joinEmail, mailtoOf, splitEmail } from "./writing/split-email.ts";

describe("a proposal at the end of an answer", () => {
  const task = { do: "task", title: "Call Ben", dueInDays: 2, priority: "normal" } as const;

  test("is what was joined, and the prose without it", () => {
    expect(splitAnswer(joinAnswer("I can do this.", task))).toEqual({
      prose: "I can do this.",
      proposal: task,
    });
  });

  test("is nothing that is not on the list or not of its form, whoever wrote it", () => {
    const bad = [
      { do: "delete", title: "All leads" },
      { do: "task", title: "" },
      { do: "task", title: "x", dueInDays: -1 },
      { do: "task", title: "x", dueInDays: 1, assigneeId: "boss" },
      { do: "note", text: "x".repeat(5_001) },
    ];
    for (const one of bad) {
      const text = `Sure.\n\n\`\`\`ringside\n${JSON.stringify(one)}\n\`\`\``;
      expect(splitAnswer(text)).toEqual({ prose: "Sure.", proposal: null });
    }
    expect(splitAnswer("Sure.\n```ringside\n{half").proposal).toBeNull();
  });

  test("counts at the end alone: one that is quoted in the middle is not done", () => {
    const text = `They wrote:\n\`\`\`ringside\n${JSON.stringify(task)}\n\`\`\`\nStrange.`;
    expect(splitAnswer(text).proposal).toBeNull();
  });

  test("is due on the day that was meant when it was made, whenever the person says yes", () => {
    const left = (dueInDays: number | null, proposedAt: string) =>
      daysLeft(dueInDays, {
        proposedAt,
        nowMs: Date.parse("2026-11-21T01:00:00.000Z"),
        zone: "America/Chicago",
      });
    // In Chicago it is the evening of the 20th.
    expect(left(2, "2026-11-20T15:00:00.000Z")).toBe(2);
    expect(left(2, "2026-11-19T15:00:00.000Z")).toBe(1);
    expect(left(2, "2026-11-10T15:00:00.000Z")).toBe(0);
    expect(left(null, "2026-11-10T15:00:00.000Z")).toBeNull();
  });

  test("is not shown while it comes", () => {
    const whole = joinAnswer("I can do this.", task);
    for (let length = "I can do this.".length; length < whole.length; length += 1) {
      expect(splitAnswer(whole.slice(0, length)).prose.trimEnd()).toBe("I can do this.");
    }
  });
});

test.each([
  ["to call Ben tomorrow", 1, null, "to call Ben"],
  ["in three days: send the plans", 3, null, ": send the plans"],
  ["send the plans in 2 weeks", 14, null, "send the plans"],
  ["on Monday", 2, null, ""],
  ["call for Tuesday", 3, null, "call"],
  ["for next week", 7, null, ""],
  ["the day after tomorrow to call", 2, null, "to call"],
  ["for tomorrow: send the brochure", 1, null, ": send the brochure"],
  ["next saturday visit", 7, null, "visit"],
  ["send it by Friday to Ben", 6, null, "send it to Ben"],
  ["send the plans tomorrow, please.", 1, null, "send the plans, please."],
  ["prepare Monday's meeting by tomorrow", 1, null, "prepare Monday's meeting"],
  ["tomorrow to ask about the tour on Friday", 1, null, "to ask about the tour on Friday"],
  ["on 5 December call Ben", 14, null, "call Ben"],
  ["by the 5th of December", 14, null, ""],
  ["due December 5th, 2026: pay", 14, null, ": pay"],
  ["on Jan 2", 42, null, ""],
  ["2026-12-05", 14, null, ""],
  ["for 24/12/2026", 33, null, ""],
  // Day or month first? Nobody can tell, and what is past is no day to be due on.
  ["on 05/12/2026", null, null, "on 05/12/2026"],
  ["on 05/12/2026 at 10:30", null, null, "on 05/12/2026 at 10:30"],
  ["on 3 May 2025 at 3pm", null, null, "on 3 May 2025 at 3pm"],
  ["about the letter of 3 May 2025", null, null, "about the letter of 3 May 2025"],
  ["tomorrow at 3pm", 1, "15:00", ""],
  ["tomorrow, 3:30 pm to call", 1, "15:30", "to call"],
  ["9:15 on Monday call", 2, "09:15", "call"],
  ["Monday morning to call", 2, "09:00", "to call"],
  ["tonight", 0, "18:00", ""],
  ["at noon tomorrow", 1, "12:00", ""],
  ["at 3 to call Ben", 0, "15:00", "to call Ben"],
  ["at 10:00 to call Ben", 1, "10:00", "to call Ben"],
  ["move the 3pm tour tomorrow", 1, null, "move the 3pm tour"],
  ["meet them at 10 Canal St on Monday", 2, null, "meet them at 10 Canal St"],
  ["prepare the Friday tour", 6, null, "prepare the tour"],
  ["call Maria 3 times", null, null, "call Maria 3 times"],
  ["send the plans", null, null, "send the plans"],
])("%s names a day, and a time", (text, dueInDays, at, rest) => {
  // A Saturday, noon.
  expect(findWhen(text, "2026-11-21T12:00:00.000Z", "UTC")).toEqual({ dueInDays, at, rest });
});

test("a day is found in a text of any length, which takes time as it is long", () => {
  const parts = [
    "for ",
    "by next ",
    " ",
    "due\n",
    "at 3 ",
    "5:00 ",
    "the ",
    "in 3 ",
    "12 ",
    ",",
    "may ",
    "'s ",
  ];
  for (const part of parts)
    for (const [before, after] of [["", "for tomorrow"], ["for tomorrow", ""]] as const) // prettier-ignore
      expect(findWhen(`${before} x ${part.repeat(200_000 / part.length)} x ${after}`, "2026-11-21T12:00:00.000Z", "UTC"), part).toMatchObject({ dueInDays: 1 }); // prettier-ignore
}, 60_000);

describe("an e-mail as text", () => {
  test("is split where the subject ends, also when only half of it has come", () => {
    const email = { subject: "Our call", body: "Hi Ben,\n\nSubject: no" };
    expect(splitEmail(joinEmail(email))).toEqual(email);
    expect(splitEmail("Subject: Our")).toEqual({ subject: "Our", body: "" });
    expect(splitEmail("Hi Ben,")).toEqual({ subject: "", body: "Hi Ben," });
  });

  test("opens in a mail program with nothing of it taken for an address or a header", () => {
    const subject = "50% off?&cc=all@example.com";
    const opened = new URL(mailtoOf("ben@example.com", { subject, body: "a\nb" }));
    expect(opened.pathname).toBe("ben@example.com");
    expect([...opened.searchParams.keys()]).toEqual(["subject", "body"]);
    expect(opened.searchParams.get("subject")).toBe(subject);
    expect(opened.searchParams.get("body")).toBe("a\r\nb");
    expect(mailtoOf("b@example.com", { subject: "x", body: "y".repeat(9_000) })).not.toContain("body");
  });
});

test("a task whose time of day is null has none", () => {
  const { proposal } = splitAnswer(
    'Yes.\n\n```ringside\n{"do":"task","title":"Call","dueInDays":1,"at":null}\n```',
  );
  expect(proposal).toEqual({ do: "task", title: "Call", dueInDays: 1, priority: "normal" });
});
