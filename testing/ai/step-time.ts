import { onTestFinished, vi } from "vitest";

/** Until the test is over time passes only where it is advanced, also for signals, which have a clock of their own. */
export function stepTime(): void {
  vi.useFakeTimers();
  const timeout = vi.spyOn(AbortSignal, "timeout").mockImplementation((ms) => {
    const ending = new AbortController();
    setTimeout(() => ending.abort(new DOMException("", "TimeoutError")), ms);
    return ending.signal;
  });
  onTestFinished(() => {
    timeout.mockRestore();
    vi.useRealTimers();
  });
}
