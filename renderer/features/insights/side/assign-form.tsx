import { addDays, format } from "date-fns";
import { useRef, useState } from "react";
import type { Assignment, Moment } from "../../../../shared/entities/insight.ts";
import { assignCoaching, insightMoments } from "../../../../shared/rpc/contract/insights.ts";
import { syncStatus } from "../../../../shared/rpc/contract/sync.ts";
import { useCommand, useDirectory, useEdits, useLive } from "../../../client/index.ts";
import { Button } from "../../../ui/controls/button.tsx";
import { DateField } from "../../../ui/fields/date-field.tsx";
import { isNotUnderstood } from "../../../ui/fields/not-understood.ts";
import { Select } from "../../../ui/fields/select.tsx";
import { TextArea, TextInput } from "../../../ui/fields/text-input.tsx";
import { Checkbox } from "../../../ui/fields/tick.tsx";
import { formatDuration } from "../../../ui/format/times.ts";
import { onSaveChord, type FieldKeyPress } from "../../../ui/keys/on-save-chord.ts";
import type { InsightsModel, ShownMoment } from "../model/use-insights.ts";
import { goalWords } from "./goal-words.ts";
import type { MomentView } from "./use-moment.ts";
import styles from "./side.module.css";

type Goal = Assignment["goal"];

const goals: Record<string, NonNullable<Goal>> = {
  turn: { metric: "longestMonologueMs", is: "under", value: 60_000, calls: 3 },
  share: { metric: "talkShare", is: "under", value: 0.5, calls: 3 },
  pace: { metric: "paceWpm", is: "under", value: 160, calls: 3 },
  interrupt: { metric: "interruptionsByAgent", is: "under", value: 1, calls: 3 },
  ask: { metric: "questionsAsked", is: "over", value: 5, calls: 3 },
};
const whenTheySay = "said";

/** What is practised by what was heard, as a proposal. */
const proposals: Record<Moment["kind"], { practise: string; goal: string }> = {
  monologue: { practise: "Answer, then ask", goal: "turn" },
  interruption: { practise: "Let them finish", goal: "interrupt" },
  "dead-air": { practise: "Say what you are doing", goal: whenTheySay },
  objection: { practise: "Hear the objection out", goal: whenTheySay },
  question: { practise: "Ask open questions", goal: "ask" },
  item: { practise: "Follow the checklist", goal: whenTheySay },
  card: { practise: "Use the card", goal: whenTheySay },
  mood: { practise: "Notice the mood", goal: whenTheySay },
  praise: { practise: "Do this again", goal: whenTheySay },
};

/** What to say, what to practise, until when: it becomes a task of the agent's. */
export function AssignForm({
  view,
  model,
  onDone,
}: {
  view: MomentView;
  model: InsightsModel;
  onDone: () => void;
}) {
  const { callId, moment, span, agentName, agentId } = view;
  const proposal = moment ? proposals[moment.kind] : { practise: "", goal: whenTheySay };
  const [text, setText] = useState("");
  const [practise, setPractise] = useState(proposal.practise);
  const [goal, setGoal] = useState(proposal.goal);
  const [dueOn, setDueOn] = useState<string | null>(() => format(addDays(new Date(), 7), "yyyy-MM-dd"));
  const [attach, setAttach] = useState(true);
  const example = useExample(model, agentId);
  const [withExample, setWithExample] = useState(true);
  const assign = useCommand(assignCoaching);
  const { report } = useEdits();
  const name = agentName.split(" ")[0] ?? agentName;
  const ready = practise.trim() !== "";
  const fields = useRef<HTMLDivElement>(null);
  const submit = async () => {
    if (!ready || isNotUnderstood(fields.current)) return;
    const done = await assign({
      callId,
      moment: attach ? { atMs: span.fromMs, endMs: span.toMs } : null,
      text: text.trim(),
      practise: practise.trim(),
      goal: goals[goal] ?? null,
      dueOn,
      example: example && withExample ? { callId: example.callId, atMs: example.moment.atMs } : null,
    });
    if (report(done, `Assigned “${practise.trim()}” to ${agentName}`).ok) onDone();
  };
  const onKeyDown = (event: FieldKeyPress) => onSaveChord(event, () => void submit());
  return (
    <>
      <div ref={fields} className={styles["form"]}>
        <TextArea
          label={`What to say to ${name}`}
          value={text}
          onChange={setText}
          onKeyDown={onKeyDown}
          rows={3}
        />
        <TextInput
          label="Practise"
          value={practise}
          onChange={setPractise}
          onKeyDown={onKeyDown}
          maxLength={200}
        />
        <div className={styles["beside"]}>
          <span aria-hidden>Done when</span>
          <Select
            label="Done when"
            hideLabel
            compact
            value={goal}
            choices={[
              { value: whenTheySay, label: `${name} says so` },
              ...Object.entries(goals).map(([value, of]) => ({ value, label: goalWords(of) })),
            ]}
            onChange={(value) => setGoal(value ?? whenTheySay)}
          />
        </div>
        <div className={styles["beside"]}>
          <span aria-hidden>Due</span>
          <DateField label="Due" hideLabel compact value={dueOn} onChange={setDueOn} />
        </div>
        <fieldset className={styles["attach"]}>
          <legend>Attach</legend>
          <Checkbox checked={attach} onChange={setAttach}>
            This moment
          </Checkbox>
          {example && <Example example={example} checked={withExample} onChange={setWithExample} />}
        </fieldset>
      </div>
      <footer className={styles["footer"]}>
        <KeptNote name={name} />
        <Button kind="primary" size="large" keys="mod+enter" disabled={!ready} onClick={() => void submit()}>
          Assign
        </Button>
      </footer>
    </>
  );
}

/** The best moment of a colleague in the same time. */
function useExample({ scope }: InsightsModel, agentId: string | null): ShownMoment | undefined {
  const ofAll = useLive(insightMoments, { ...scope, agentId: null }).value?.moments;
  return ofAll?.find(({ moment, agentId: whose }) => moment.good && whose !== agentId);
}

function Example({
  example: { agentId, moment },
  checked,
  onChange,
}: {
  example: ShownMoment;
  checked: boolean;
  onChange: (checked: boolean) => void;
}) {
  const name = useDirectory().personName(agentId).split(" ")[0];
  return (
    <Checkbox checked={checked} onChange={onChange} title={moment.text}>
      <span>
        <bdi>{name}</bdi>, {formatDuration(moment.atMs / 1_000)}
      </span>
    </Checkbox>
  );
}

function KeptNote({ name }: { name: string }) {
  const phase = useLive(syncStatus, {}).value?.phase;
  return (
    <p>
      {phase === "offline" || phase === "paused"
        ? `Kept on this device; ${name} gets it when you are online again.`
        : `${name} gets it as a task.`}
    </p>
  );
}
