import type { ChildProcess } from "node:child_process";

/** What the first group of `pattern` matches in a child's standard output; throws when it ends or is silent instead. */
export function waitForLine(
  child: ChildProcess,
  pattern: RegExp,
  timeoutMs: number,
  who: string,
): Promise<string> {
  let text = "";
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`${who} did not start within ${timeoutMs} ms.`)),
      timeoutMs,
    );
    const fail = () => {
      clearTimeout(timer);
      reject(new Error(`${who} ended before it was ready.`));
    };
    child.once("exit", fail);
    child.stdout?.on("data", (chunk) => {
      text += String(chunk);
      const found = pattern.exec(text)?.[1];
      if (found === undefined) return;
      clearTimeout(timer);
      child.off("exit", fail);
      child.stdout?.removeAllListeners("data").resume();
      resolve(found);
    });
  });
}
