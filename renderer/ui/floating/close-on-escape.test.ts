import { expect, test, vi } from "vitest";
import { createEscapes } from "./close-on-escape.ts";

const escape = { key: "Escape", isComposing: false, stopPropagation: () => undefined };
const closeable = () => vi.fn<() => void>();

test("Escape closes what was opened last, and then what lies below it", () => {
  const escapes = createEscapes();
  const [drawer, form] = [closeable(), closeable()];
  escapes.open(drawer);
  const closeForm = escapes.open(form);
  form.mockImplementation(closeForm);
  escapes.press(escape);
  expect([form.mock.calls.length, drawer.mock.calls.length]).toEqual([1, 0]);
  escapes.press(escape);
  expect([form.mock.calls.length, drawer.mock.calls.length]).toEqual([1, 1]);
});

test("whoever takes the key can keep it from what the page does by it", () => {
  const escapes = createEscapes();
  escapes.open((event) => event.stopPropagation());
  const stopPropagation = closeable();
  escapes.press({ ...escape, stopPropagation });
  expect(stopPropagation).toHaveBeenCalledOnce();
});

test("what lies below and closes by itself leaves the others as they are", () => {
  const escapes = createEscapes();
  const form = closeable();
  const closeDrawer = escapes.open(closeable());
  escapes.open(form);
  closeDrawer();
  closeDrawer();
  escapes.press(escape);
  expect(form).toHaveBeenCalledTimes(1);
});

test("another key and the one that ends a syllable close nothing", () => {
  const escapes = createEscapes();
  const form = closeable();
  escapes.open(form);
  escapes.press({ ...escape, key: "Enter" });
  escapes.press({ ...escape, isComposing: true });
  expect(form).not.toHaveBeenCalled();
});
