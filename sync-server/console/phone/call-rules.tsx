import { Select } from "../../../renderer/ui/fields/select.tsx";
import { Checkbox } from "../../../renderer/ui/fields/tick.tsx";
import { Queues } from "../../admin/wire.ts";
import { useAnswer } from "../api/use-answer.ts";
import { Section } from "../parts/page.tsx";
import { Pair, Sheet } from "../parts/sheet.tsx";
import type { Rules, SaveRules } from "./rules-page.tsx";
import { SavedNumber } from "./saved-number.tsx";

/** What holds wherever people are called. */
export function CallRules({ rules, save }: { rules: Rules; save: SaveRules }) {
  return (
    <Sheet>
      <InboundRules rules={rules} save={save} />
      <RecordingRules rules={rules} save={save} />
      <Transcripts rules={rules} save={save} />
      <DialCaps rules={rules} save={save} />
    </Sheet>
  );
}

function InboundRules({ rules, save }: { rules: Rules; save: SaveRules }) {
  const queues = useAnswer("/queues", Queues).value?.queues.filter(({ archived }) => !archived) ?? [];
  return (
    <Section title="Calls that come in">
      <Select
        label="Queue of numbers that name none"
        value={rules.defaultQueue}
        choices={[
          { value: "", label: "Everybody" },
          ...queues.map(({ key, label }) => ({ value: key, label })),
        ]}
        onChange={(next) => save({ defaultQueue: next ?? "" }, "Where calls go is changed.")}
      />
      <Checkbox
        checked={rules.voicemail}
        onChange={(voicemail) =>
          save(
            { voicemail },
            voicemail ? "Callers may leave a message." : "Callers cannot leave messages any more.",
          )
        }
      >
        Take messages when nobody can answer
      </Checkbox>
      <SavedNumber
        label="Wrap-up after a call, in seconds"
        hint="0 to 3,600. Agents may ask for more."
        value={rules.wrapUpSeconds}
        onSave={(wrapUpSeconds) =>
          save({ wrapUpSeconds }, "Wrap-up takes as long as you say, from the next call.")
        }
      />
    </Section>
  );
}

function RecordingRules({ rules, save }: { rules: Rules; save: SaveRules }) {
  return (
    <Section
      title="Recording"
      note="Where the law wants a clear yes, nothing is recorded before the agent has noted it. A tool and no legal advice: laws change and have exceptions."
    >
      <Checkbox
        checked={rules.recording}
        onChange={(recording) =>
          save({ recording }, recording ? "Calls are recorded." : "Calls are not recorded any more.")
        }
      >
        Record calls
      </Checkbox>
      <Select
        label="Say that the call is recorded"
        value={rules.consent}
        disabled={!rules.recording}
        choices={[
          { value: "by-law", label: "Where the law of either side asks for it" },
          { value: "always", label: "To everybody" },
        ]}
        onChange={(next) =>
          save({ consent: next === "always" ? "always" : "by-law" }, "Who hears the announcement is changed.")
        }
      />
    </Section>
  );
}

const transcribers = {
  carrier: { label: "The carrier", saved: "Carriers write down what is said, from the next call." },
  speech: {
    label: "The speech-to-text of this server",
    saved: "This server listens to calls, from the next one. Where it has no speech-to-text, carriers do it.",
  },
  nobody: { label: "Nobody", saved: "Nothing that is said is written down any more: calls are not coached." },
} as const;

function Transcripts({ rules, save }: { rules: Rules; save: SaveRules }) {
  return (
    <Section
      title="Transcripts"
      note="Coaching lives on what is said, written down as it is said. Where the law wants a clear yes to a recording, nothing is written down before it."
    >
      <Select
        label="Who writes it down"
        value={rules.transcription}
        choices={Object.entries(transcribers).map(([value, { label }]) => ({ value, label }))}
        onChange={(value) => {
          const transcription = value as keyof typeof transcribers;
          return save({ transcription }, transcribers[transcription].saved);
        }}
      />
    </Section>
  );
}

function DialCaps({ rules, save }: { rules: Rules; save: SaveRules }) {
  return (
    <Section
      title="Dialling"
      note="Beside the hours and limits of the law where the called person is. Empty: the law alone."
    >
      <Pair>
        <SavedNumber
          label="Dials of one number a day"
          value={rules.maxPerDay}
          placeholder="As the law says"
          onSave={(maxPerDay) => save({ maxPerDay }, "The limit of a day is changed.")}
        />
        <SavedNumber
          label="Dials of one number a week"
          value={rules.maxPerWeek}
          placeholder="As the law says"
          onSave={(maxPerWeek) => save({ maxPerWeek }, "The limit of a week is changed.")}
        />
      </Pair>
      <Checkbox
        checked={rules.detectMachines}
        onChange={(detectMachines) =>
          save(
            { detectMachines },
            detectMachines
              ? "Agents are told when a machine picks up, from the next call."
              : "Nobody listens for machines any more.",
          )
        }
      >
        Tell agents when a machine picks up. Carriers charge for listening.
      </Checkbox>
    </Section>
  );
}
