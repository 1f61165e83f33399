import { createScreenState } from "../../../client/index.ts";

/** What is half typed, by the lead that the talk is about ("" = nobody): closing the assistant loses nothing. */
const useLines = createScreenState<Record<string, string>>(() => ({}));

export function useLine(about: string): string {
  return useLines((lines) => lines[about] ?? "");
}

export function changeLine(about: string, change: (line: string) => string): void {
  useLines.setState((lines) => ({ [about]: change(lines[about] ?? "") }));
}
