import { expect, test } from "vitest";
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
