import { expect, test } from "vitest";
import { changeText, figureText, goalText, metricText } from "./words.ts";

test("figures stand in their units, and what is not known as a dash", () => {
  expect(figureText("talkShare", 0.524)).toBe("52%");
  expect(figureText("longestTurn", 71_000)).toBe("1:11");
  expect(figureText("pace", 148.4)).toBe("148");
  expect(figureText("outcome", 8.84)).toBe("8.8");
  expect(figureText("checklist", null)).toBe("–");
  expect(metricText("patienceMs", 640)).toBe("0.6 s");
});

test("a change is told in what can be read", () => {
  expect(changeText("talkShare", 0.52, 0.54)).toBe("down 2 points");
  expect(changeText("checklist", 0.75, 0.741)).toBe("up 1 point");
  expect(changeText("longestTurn", 71_000, 77_000)).toBe("down 6 s");
  expect(changeText("outcome", 8.8, 8.1)).toBe("up 0.7");
  expect(changeText("talkShare", 0.52, 0.521)).toBe("no change");
  expect(changeText("outcome", 8.8, null)).toBe("");
});

test("a goal says which end it has", () => {
  expect(goalText("talkShare", { from: 0.4, to: 0.5 })).toBe("Goal 40–50%");
  expect(goalText("longestTurn", { from: null, to: 60_000 })).toBe("Goal under 1:00");
  expect(goalText("checklist", { from: 0.8, to: null })).toBe("Goal over 80%");
  expect(goalText("outcome", null)).toBe("");
});
