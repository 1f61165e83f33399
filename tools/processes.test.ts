import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect, test } from "vitest";

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

test.skipIf(process.platform === "win32")(
  "a tool that is told to end takes along what it runs, and what that has started",
  async () => {
    const tool = `
      import { apart, interruptRunning, runAloud } from ${JSON.stringify(join(import.meta.dirname, "processes.ts"))};
      process.on("SIGTERM", interruptRunning);
      const wait = "setInterval(() => {}, 1_000);";
      const program = \`
        const { spawn } = require("node:child_process");
        const started = spawn(process.execPath, ["-e", \${JSON.stringify(wait)}], { stdio: "ignore" });
        console.log(JSON.stringify([process.pid, started.pid]));
        \${wait}\`;
      await runAloud(process.execPath, ["-e", program], apart);`;
    const child = spawn(process.execPath, ["--input-type=module-typescript", "-e", tool], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [line] = (await once(createInterface({ input: child.stdout }), "line")) as [string];
    const pids = JSON.parse(line) as number[];
    expect(pids.map(isAlive)).toEqual([true, true]);
    const ended = once(child, "exit");
    child.kill("SIGTERM");
    await ended;
    await expect.poll(() => pids.map(isAlive)).toEqual([false, false]);
  },
);
