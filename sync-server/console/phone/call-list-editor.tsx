import { useState } from "react";
import { Button } from "../../../renderer/ui/controls/button.tsx";
import { Select } from "../../../renderer/ui/fields/select.tsx";
import { Checkbox } from "../../../renderer/ui/fields/tick.tsx";
import type { CallListState } from "../../../shared/calls/outbound/wire.ts";
import { usualCallList } from "../../../shared/calls/phone-rules.ts";
import type { CallList } from "../../../shared/entities/setting.ts";
import { CallLists } from "../../admin/wire.ts";
import { Deed, Section } from "../parts/page.tsx";
import { NewSettingForm, SettingEditor } from "../settings/setting-editor.tsx";
import { keyOf } from "../settings/setting-keys.ts";
import { remakeOf, useEdited } from "../settings/use-setting.ts";
import { ListFigures } from "./list-figures.tsx";
import { MemberFields, type Members } from "./member-fields.tsx";
import { RetryFields } from "./retry-fields.tsx";
import { SavedNumber } from "./saved-number.tsx";
import styles from "./phone.module.css";

const path = "/call-lists";
const noun = "call list";
const everybody = "Nobody chosen: everybody may work it";

type SaveCallList = (next: Partial<CallList>, said: string) => void;
type Part = { list: CallList; save: SaveCallList };

export function CallListEditor({
  list: saved,
  all,
  state,
}: {
  list: CallList;
  all: readonly CallList[];
  /** Undefined: not counted yet. */
  state: CallListState | undefined;
}) {
  const { shown: list, save } = useEdited(path, saved);
  const { key, label, archived } = list;
  return (
    <SettingEditor
      path={path}
      noun={noun}
      item={list}
      about={`Called ${key} in files and the API${archived ? ". Archived: nobody is called from it" : ""}`}
      remake={remakeOf(list)}
      ids={all.map((one) => one.id)}
      closeTo={["call-lists"]}
    >
      <Progress list={list} state={state} save={save} />
      <Section title="Who calls">
        <MemberFields
          members={list}
          everybody={everybody}
          onChange={({ userIds, teamIds }) => save({ userIds, teamIds }, `Who works “${label}” is changed.`)}
        />
      </Section>
      <Dialling list={list} save={save} />
      <Attempts list={list} save={save} />
    </SettingEditor>
  );
}

function Progress({ list: { label, paused }, state, save }: Part & { state: CallListState | undefined }) {
  return (
    <Section title="How it goes">
      <ListFigures state={state} />
      <Deed
        says={
          paused
            ? "Nobody is called from this list until it goes on. Who is in a call stays in it."
            : "People of this list are handed to whoever works it."
        }
      >
        <Button
          size="small"
          onClick={() => save({ paused: !paused }, paused ? `“${label}” goes on.` : `“${label}” is paused.`)}
        >
          {paused ? "Go on" : "Pause"}
        </Button>
      </Deed>
    </Section>
  );
}

function Dialling({ list, save }: Part) {
  return (
    <Section title="How people are dialled">
      <Select
        label="Mode"
        value={list.mode}
        choices={[
          { value: "preview", label: "Preview: the agent reads, then dials" },
          { value: "power", label: "Power: it is dialled by itself after a time to read" },
        ]}
        onChange={(next) =>
          save({ mode: next === "power" ? "power" : "preview" }, "How people are dialled is changed.")
        }
      />
      <div className={styles["pair"]}>
        {list.mode === "power" && (
          <SavedNumber
            label="Time to read, in seconds"
            hint="0 to 120."
            value={list.previewSeconds}
            onSave={(previewSeconds) =>
              save(given({ previewSeconds }), "The time to read before a dial is changed.")
            }
          />
        )}
        <SavedNumber
          label="Priority"
          hint="0 to 9; the higher goes first."
          value={list.priority}
          onSave={(priority) => save(given({ priority }), "The priority is changed.")}
        />
      </div>
      <Checkbox
        checked={list.businessHoursOnly}
        onChange={(businessHoursOnly) =>
          save(
            { businessHoursOnly },
            businessHoursOnly
              ? "People are called while you are open."
              : "People are called outside of your hours too, where the law allows it.",
          )
        }
      >
        Only in your business hours, besides what the law says
      </Checkbox>
    </Section>
  );
}

function Attempts({ list, save }: Part) {
  return (
    <Section
      title="When nobody is reached"
      note="The next attempt comes so long after the last at the earliest, within the law’s hours and limits."
    >
      <RetryFields
        retryMinutes={list.retryMinutes}
        onChange={(retryMinutes, said) => save({ retryMinutes }, said)}
      />
      <div className={styles["pair"]}>
        <SavedNumber
          label="Attempts at most"
          hint="1 to 20; then the person is done with."
          value={list.maxAttempts}
          onSave={(maxAttempts) => save(given({ maxAttempts }), "How often people are tried is changed.")}
        />
      </div>
    </Section>
  );
}

/** Nothing typed is nothing said: the server refuses it, and what stood there stays. */
function given(next: { [K in keyof CallList]?: CallList[K] | null }): Partial<CallList> {
  return next as Partial<CallList>;
}

export function NewCallListForm({ existing }: { existing: readonly CallList[] }) {
  const [members, setMembers] = useState<Members>({ userIds: [], teamIds: [] });
  const taken = existing.map((one) => one.key);
  return (
    <NewSettingForm
      path={path}
      noun={noun}
      answer={CallLists}
      bodyOf={(label) => ({ ...usualCallList, key: keyOf(label, "-", taken), label, ...members })}
      closeTo={["call-lists"]}
    >
      <MemberFields members={members} everybody={everybody} onChange={setMembers} />
    </NewSettingForm>
  );
}
