import { expect, test } from "vitest";
import { countQuestions } from "./questions.ts";

test.each([
  "hello this is harper valley national bank how can i help you today",
  "okay what is your phone number",
  "and which account would you like to check",
  "you have a new card on the way is there anything else that i can do for you",
  "anything else i can help you with",
  "could you hold for a moment",
  "so, is that right",
  "How much do you pay today, all in?",
  "You said Friday?",
  "هل هذا صحيح؟",
  "Passt das für Sie?",
  "can you tell me what your name is",
  "what's the best time to call",
])("one question: %s", (text) => {
  expect(countQuestions(text)).toBe(1);
});

test.each([
  "i would like to reset my password",
  "i know what is wrong with it",
  "that is the thing, it is what it is",
  "what you can do is call them",
  "you are right, we will do that",
  "the card that i have is blocked",
  "give me one moment",
  "",
])("no question: %s", (text) => {
  expect(countQuestions(text)).toBe(0);
});

test("several in one breath, with and without signs", () => {
  expect(countQuestions("what is your name and what is your date of birth")).toBe(2);
  expect(countQuestions("Is it the rent? Or is it the lease?")).toBe(2);
});
