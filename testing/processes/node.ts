import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import { join } from "node:path";
import { root, runQuietly, stopChild } from "../../tools/processes.ts";
import { findFreePort } from "../../tools/start-server.ts";

/** One of several nodes of a sync-server on one PostgreSQL, as an operator runs them. */
export type ServerNode = {
  port: number;
  url: string;
  /** Answers when it takes requests. @throws when it ends before that */
  start(): Promise<void>;
  /** With signal 9; answers when it is gone. */
  kill(): Promise<void>;
  /** As an operating system asks it to. */
  stop(): Promise<void>;
};

const secret = "the nodes of one test share this secret";

/** @param dataDir for its letters and its log */
export async function makeNode(databaseUrl: string, dataDir: string): Promise<ServerNode> {
  const port = await findFreePort();
  const url = `http://127.0.0.1:${port}`;
  let child: ChildProcess | null = null;
  return {
    port,
    url,
    async start() {
      child = spawnNode({ port, databaseUrl, dataDir });
      while (!(await isReady(url))) {
        if (hasEnded(child)) throw new Error(`the node on ${port} ended before it answered`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    async kill() {
      if (child === null || hasEnded(child)) throw new Error(`the node on ${port} had ended by itself`);
      const gone = once(child, "exit");
      child.kill("SIGKILL");
      await gone;
    },
    async stop() {
      if (child) await stopChild(child);
    },
  };
}

/** A command that an operator types on any machine that reaches the database. @throws when it fails */
export async function runServerTool(databaseUrl: string, ...words: string[]): Promise<void> {
  const { code, output } = await runQuietly(
    process.execPath,
    [join(root, "tools/sync-server.ts"), ...words],
    { env: { ...process.env, DATABASE_URL: databaseUrl, RINGSIDE_SECRET: secret } },
  );
  if (code !== 0) throw new Error(`${words.join(" ")}: ${output}`);
}

function spawnNode({ port, databaseUrl, dataDir }: { port: number; databaseUrl: string; dataDir: string }) {
  const log = openSync(join(dataDir, `node-${port}.log`), "a", 0o600);
  const settings = { HOST: "127.0.0.1", PORT: String(port), DATA_DIR: dataDir };
  const child = spawn(process.execPath, [join(root, "tools/sync-server.ts")], {
    cwd: root,
    env: { ...process.env, ...settings, DATABASE_URL: databaseUrl, RINGSIDE_SECRET: secret },
    stdio: ["ignore", log, log, "ipc"],
  });
  closeSync(log);
  return child;
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

async function isReady(url: string): Promise<boolean> {
  const answer = await fetch(`${url}/health/ready`).catch(() => null);
  return answer?.ok ?? false;
}
