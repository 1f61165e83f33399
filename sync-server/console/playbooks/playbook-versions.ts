import type { Playbook } from "../../../shared/entities/setting.ts";

/** One playbook in all its versions. `edited` is the draft or, without one, what a draft would begin from. */
export type Versions = {
  key: string;
  label: string;
  archived: boolean;
  edited: Playbook;
  draft: Playbook | null;
  live: Playbook | null;
  /** Newest first. */
  retired: readonly Playbook[];
};

/** @param playbooks in the tenant's order, newest version first, as the server says them */
export function gatherVersions(playbooks: readonly Playbook[]): Versions[] {
  const byKey = Map.groupBy(playbooks, ({ key }) => key);
  return [...byKey].flatMap(([key, all]) => {
    const draft = all.find(({ state }) => state === "draft") ?? null;
    const live = all.find(({ state }) => state === "live") ?? null;
    const edited = draft ?? live;
    const retired = all.filter(({ state }) => state === "retired");
    return edited
      ? [{ key, label: edited.label, archived: edited.archived, edited, draft, live, retired }]
      : [];
  });
}

/** The number that the draft has, or would have. */
export function draftNumber({ draft, live, retired }: Versions): number {
  return draft?.version ?? Math.max(live?.version ?? 0, ...retired.map(({ version }) => version)) + 1;
}

export function wordCount(line: string): number {
  return line.split(/\s+/u).filter((word) => word !== "").length;
}
