import { Sparkles, Square, X } from "lucide-react";
import { useState } from "react";
import type { Length, Purpose, Question, Tone } from "../../../../shared/assistant/question.ts";
import type { RecordId } from "../../../../shared/entities/id.ts";
import type { Lead } from "../../../../shared/entities/lead.ts";
import { judgeRecommendation } from "../../../../shared/rpc/contract/assistant.ts";
import { callDetail } from "../../../../shared/rpc/contract/calls.ts";
import { useCommand, useLive } from "../../../client/index.ts";
import { Button, IconButton } from "../../../ui/controls/button.tsx";
import { Segmented } from "../../../ui/controls/segmented.tsx";
import { Select } from "../../../ui/fields/select.tsx";
import { TextInput } from "../../../ui/fields/text-input.tsx";
import { dayAndTimeInWords } from "../../../ui/format/times.ts";
import { useNow } from "../../../ui/format/use-now.ts";
import { useVersions, type Versions } from "../model/use-versions.ts";
import { lengths, purposes, tones } from "../model/words.ts";
import { LetterDraft } from "./letter-draft.tsx";
import styles from "./letters.module.css";

type Channel = "email" | "message";
type Wanted = { purpose: Purpose; tone: Tone; length: Length; wish: string };

/** An e-mail or a text message for somebody: written while one looks on, changed, copied or opened to be sent. */
export function LetterWriter({
  lead,
  callId,
  suggested,
  first,
  purpose,
  onClose,
}: {
  lead: Lead;
  /** The call that it follows; null = none in particular. */
  callId: RecordId | null;
  /** The key of the suggestion that it follows; null = none. */
  suggested: string | null;
  /** What is open at first. */
  first: Channel;
  purpose: Purpose;
  onClose: () => void;
}) {
  const [channel, setChannel] = useState<Channel>(first);
  const [wanted, setWanted] = useState<Wanted>({ purpose, tone: "neutral", length: "medium", wish: "" });
  const versions = useVersions(`${channel}:${lead.id}`);
  const coming = versions.shown?.state === "coming";
  const judge = useCommand(judgeRecommendation);
  const leave = () =>
    suggested !== null && void judge({ leadId: lead.id, key: suggested, status: "accepted" });
  const write = () => void versions.write(questionOf(channel, { leadId: lead.id, callId }, wanted));
  return (
    <section className={styles["writer"]} aria-label="Write to this person">
      <header className={styles["head"]}>
        <Segmented
          label="What to write"
          segments={[
            { value: "email", label: "E-mail" },
            { value: "message", label: "Text message" },
          ]}
          value={channel}
          onChange={setChannel}
        />
        <Choices channel={channel} wanted={wanted} onChange={setWanted} />
        <IconButton icon={X} label="Close" keys="escape" onClick={onClose} />
      </header>
      {callId && <AboutCall callId={callId} />}
      <div className={styles["wish"]}>
        <TextInput
          label="What else to mention"
          hideLabel
          compact
          dir="auto"
          maxLength={500}
          placeholder="Anything else to mention"
          ref={(input) => {
            if (input && versions.count === 0) input.focus();
          }}
          value={wanted.wish}
          onChange={(wish) => setWanted({ ...wanted, wish })}
          onKeyDown={(event) => {
            if (event.key === "Escape") onClose();
            if (event.key === "Enter" && !event.nativeEvent.isComposing && !coming) write();
          }}
        />
        <WriteButton versions={versions} coming={coming} onWrite={write} />
      </div>
      {versions.shown && (
        <LetterDraft
          key={versions.shown.id}
          draft={versions.shown}
          versions={versions}
          to={addressOf(lead, channel)}
          onLeave={leave}
        />
      )}
    </section>
  );
}

/** Several calls may have been with the same person on one day. */
function AboutCall({ callId }: { callId: RecordId }) {
  const call = useLive(callDetail, { id: callId }).value?.call;
  const now = useNow();
  // Its place is kept while it loads.
  return (
    <p className={styles["about"]}>
      {call ? `About the call ${dayAndTimeInWords(new Date(call.startedAt), now)}.` : ""}
    </p>
  );
}

function WriteButton({
  versions,
  coming,
  onWrite,
}: {
  versions: Versions;
  coming: boolean;
  onWrite: () => void;
}) {
  if (coming)
    return (
      <Button icon={Square} onClick={versions.stop}>
        Stop
      </Button>
    );
  return (
    <Button icon={Sparkles} kind={versions.count === 0 ? "primary" : "normal"} keys="enter" onClick={onWrite}>
      {versions.count === 0 ? "Write" : "Write anew"}
    </Button>
  );
}

function Choices({
  channel,
  wanted,
  onChange,
}: {
  channel: Channel;
  wanted: Wanted;
  onChange: (wanted: Wanted) => void;
}) {
  return (
    <>
      <span className={styles["purpose"]}>
        <Select
          label="Why"
          hideLabel
          compact
          choices={purposes}
          value={wanted.purpose}
          onChange={(value) => {
            const purpose = purposes.find((one) => one.value === value);
            if (purpose) onChange({ ...wanted, purpose: purpose.value });
          }}
        />
      </span>
      <Segmented
        label="Tone"
        segments={tones}
        value={wanted.tone}
        onChange={(tone) => onChange({ ...wanted, tone })}
      />
      {channel === "email" && (
        <Segmented
          label="Length"
          segments={lengths}
          value={wanted.length}
          onChange={(length) => onChange({ ...wanted, length })}
        />
      )}
    </>
  );
}

function questionOf(
  channel: Channel,
  about: { leadId: RecordId; callId: RecordId | null },
  wanted: Wanted,
): Question {
  const { length, ...rest } = wanted;
  const letter = { ...about, ...rest };
  return channel === "email" ? { about: "email", ...letter, length } : { about: "message", ...letter };
}

function addressOf({ email, phone, phoneSecond }: Lead, channel: Channel): string {
  return channel === "email" ? email : phone || phoneSecond;
}
