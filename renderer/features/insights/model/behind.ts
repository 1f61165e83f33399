import { Behind } from "../../../../shared/rpc/contract/insights.ts";

/** As it stands in an address: `bar:talkShare:7`, `done:discovery/budget`, `skipped:discovery/budget`. */
export function textOfBehind(behind: Behind): string {
  if (behind.of === "metric") return `bar:${behind.metric}:${behind.step}`;
  return `${behind.done ? "done" : "skipped"}:${behind.playbook}/${behind.key}`;
}

/** Null = there is none, or it was written by hand and says nothing. */
export function readBehind(text: string | undefined): Behind | null {
  const [, metric, step] = /^bar:(\w+):(\d+)$/u.exec(text ?? "") ?? [];
  const [, made, playbook, key] = /^(done|skipped):([^/]*)\/(.+)$/u.exec(text ?? "") ?? [];
  const said = metric
    ? { of: "metric", metric, step: Number(step) }
    : { of: "item", playbook, key, done: made === "done" };
  return Behind.safeParse(said).data ?? null;
}
