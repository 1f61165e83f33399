import { describe, expect, test } from "vitest";
import { daysLeft, joinAnswer, splitAnswer } from "./chat/proposal.ts";
import { findDay } from "./chat/when-said.ts";
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
  ["to call Ben tomorrow", 1, "to call Ben"],
  ["in three days: send the plans", 3, ": send the plans"],
  ["send the plans in 2 weeks", 14, "send the plans"],
  ["on Monday", 2, ""],
  ["next saturday visit", 7, "visit"],
  ["send the plans", null, "send the plans"],
])("%s names a day", (text, dueInDays, rest) => {
  // A Saturday.
  expect(findDay(text, "2026-11-21T12:00:00.000Z", "UTC")).toEqual({ dueInDays, rest });
});

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
