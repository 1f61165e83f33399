import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createScreenState, showScreensTo } from "./screen-state.ts";

test("what somebody half wrote stays as long as it is them, and is forgotten with them", () => {
  const useNotes = createScreenState<Record<string, string>>(() => ({}));
  const useSearch = createScreenState(() => ({ search: "" }));
  const write = () => {
    useNotes.setState({ "a-lead": "Half a thought" });
    useSearch.setState({ search: "kowalski" });
  };
  const read = () => [useNotes.getState(), useSearch.getState()];

  showScreensTo("ana");
  write();
  showScreensTo("ana");
  expect(read()).toEqual([{ "a-lead": "Half a thought" }, { search: "kowalski" }]);
  showScreensTo("ben");
  expect(read()).toEqual([{}, { search: "" }]);
  write();
  showScreensTo("");
  showScreensTo("ben");
  expect(read()).toEqual([{}, { search: "" }]);
});

beforeEach(() => {
  const kept = new Map<string, string>();
  vi.stubGlobal("sessionStorage", {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => void kept.set(key, text),
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

/** A window that was loaded anew: nothing is left of it but what lies beside it. */
async function load() {
  vi.resetModules();
  const { createKeptScreenState: create, showScreensTo: show } = await import("./screen-state.ts");
  return { use: create<Record<string, string>>("half", () => ({})), show };
}

test("what is kept beside a window is there after a reload, for whoever wrote it and for nobody else", async () => {
  const first = await load();
  first.show("ana");
  first.use.setState({ "chat:1": "Half a thought" });
  const again = await load();
  expect(again.use.getState()).toEqual({});
  again.show("ana");
  expect(again.use.getState()).toEqual({ "chat:1": "Half a thought" });
  const other = await load();
  other.show("ben");
  expect(other.use.getState()).toEqual({});
  // Signed out it is gone for good.
  again.show("");
  const back = await load();
  back.show("ana");
  expect(back.use.getState()).toEqual({});
});

test("what lies there in another form, or cannot be kept, is left", async () => {
  sessionStorage.setItem("ringside.half", "{broken");
  const { use, show } = await load();
  show("ana");
  expect(use.getState()).toEqual({});
  vi.stubGlobal("sessionStorage", { setItem: () => { throw new Error("full"); } }); // prettier-ignore
  use.setState({ "chat:1": "Half" });
  expect(use.getState()).toEqual({ "chat:1": "Half" });
});
