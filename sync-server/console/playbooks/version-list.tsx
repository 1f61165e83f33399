import { useState } from "react";
import { Button } from "../../../renderer/ui/controls/button.tsx";
import { dayAndTimeInWords } from "../../../renderer/ui/format/times.ts";
import { useNow } from "../../../renderer/ui/format/use-now.ts";
import type { Playbook } from "../../../shared/entities/setting.ts";
import { useChange } from "../api/use-change.ts";
import { goOnFromHere } from "../frame/address.ts";
import { Deed, Section } from "../parts/page.tsx";
import { Question } from "../parts/question.tsx";
import type { Versions } from "./playbook-versions.ts";

/** What was live before, and the ways out. */
export function VersionList({ versions }: { versions: Versions }) {
  const { draft, live, retired } = versions;
  return (
    <Section title="Versions" note="What calls were coached by stays.">
      {live && <PublishedVersion version={live} versions={versions} />}
      {retired.map((version) => (
        <PublishedVersion key={version.id} version={version} versions={versions} />
      ))}
      {draft && <DiscardDraft versions={versions} draft={draft} />}
      <Archive versions={versions} />
    </Section>
  );
}

function PublishedVersion({
  version: { version, state, publishedAt },
  versions: { key, draft },
}: {
  version: Playbook;
  versions: Versions;
}) {
  const change = useChange();
  const now = useNow(60_000);
  const when = publishedAt ? `published ${dayAndTimeInWords(new Date(publishedAt), now)}` : "";
  const path = `/playbooks/${key}/draft`;
  const restore = () =>
    change({
      request: { method: "POST", path, body: { from: version } },
      undo: [{ method: "DELETE", path }],
      said: `The draft begins with what ${version} was.`,
    });
  return (
    <Deed says={`${version}, ${state === "live" ? "live" : "retired"}, ${when}`}>
      {state === "retired" && !draft && (
        <Button size="small" onClick={() => void restore()}>
          Begin a draft from it
        </Button>
      )}
    </Deed>
  );
}

function DiscardDraft({ versions: { key, live }, draft }: { versions: Versions; draft: Playbook }) {
  const [asks, setAsks] = useState(false);
  if (!live) return null;
  return (
    <Deed says={`Draft ${draft.version}, which nobody sees yet`}>
      <Button size="small" onClick={() => setAsks(true)}>
        Discard the draft
      </Button>
      <Question
        title={`Discard draft ${draft.version}?`}
        ask={
          asks
            ? {
                change: {
                  request: { method: "DELETE", path: `/playbooks/${key}/draft` },
                  said: `Draft ${draft.version} is discarded. ${live.version} stays live.`,
                },
                keep: "Keep it",
                go: "Discard",
              }
            : null
        }
        onClose={() => setAsks(false)}
      >
        <p>What was changed since {live.version} is gone for good; the audit log says what it was.</p>
      </Question>
    </Deed>
  );
}

function Archive({ versions: { key, label, archived } }: { versions: Versions }) {
  const change = useChange();
  const request = (is: boolean) =>
    ({ method: "PATCH", path: `/playbooks/${key}`, body: { archived: is } }) as const;
  const toggle = async () => {
    const goOn = goOnFromHere();
    const said = archived
      ? `“${label}” coaches calls again.`
      : `“${label}” is archived: it coaches no calls.`;
    if (await change({ request: request(!archived), undo: [request(archived)], said }))
      goOn("playbooks", key);
  };
  return (
    <Deed
      says={archived ? "It is archived and coaches no calls." : "Archived, it coaches no calls and is kept."}
    >
      <Button size="small" onClick={() => void toggle()}>
        {archived ? "Bring it back" : "Archive it"}
      </Button>
    </Deed>
  );
}
