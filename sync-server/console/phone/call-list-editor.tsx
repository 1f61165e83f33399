import { Button } from "../../../renderer/ui/controls/button.tsx";
import { Select } from "../../../renderer/ui/fields/select.tsx";
import { Checkbox } from "../../../renderer/ui/fields/tick.tsx";
import type { CallListState } from "../../../shared/calls/outbound/wire.ts";
import { usualCallList } from "../../../shared/calls/phone-rules.ts";
import type { CallList } from "../../../shared/entities/setting.ts";
import { CallLists } from "../../admin/wire.ts";
import { Deed, Section } from "../parts/page.tsx";
import { Pair } from "../parts/sheet.tsx";
import { SettingEditor, type SaveSetting } from "../settings/setting-editor.tsx";
import { ListFigures } from "./list-figures.tsx";
import { MemberFields, NewMembersForm } from "./member-fields.tsx";
import { RetryFields } from "./retry-fields.tsx";
import { SavedNumber } from "./saved-number.tsx";

export const callListKind = { path: "/call-lists", noun: "call list", answer: CallLists };
const everybody = "Nobody chosen: everybody may work it";

type All = { all: readonly CallList[] };
type Part = { list: CallList; save: SaveSetting<CallList> };

export function CallListEditor({
  list: saved,
  all,
  state,
}: All & {
  list: CallList;
  /** Undefined: not counted yet. */
  state: CallListState | undefined;
}) {
  return (
    <SettingEditor of={callListKind} item={saved} all={all} whenArchived="nobody is called from it">
      {(list, save) => (
        <>
          <Progress list={list} state={state} save={save} />
          <Section title="Who calls">
            <MemberFields
              members={list}
              everybody={everybody}
              onChange={(members) => save(members, `Who works “${list.label}” is changed.`)}
            />
          </Section>
          <Dialling list={list} save={save} />
          <Attempts list={list} save={save} />
        </>
      )}
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
      <Pair>
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
      </Pair>
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
        onChange={(outcome, minutes, said) => save({ retryMinutes: { [outcome]: minutes } }, said)}
      />
      <Pair>
        <SavedNumber
          label="Attempts at most"
          hint="1 to 20; then the person is done with."
          value={list.maxAttempts}
          onSave={(maxAttempts) => save(given({ maxAttempts }), "How often people are tried is changed.")}
        />
      </Pair>
    </Section>
  );
}

/** Nothing typed is nothing said: the server refuses it, and what stood there stays. */
function given(next: { [K in keyof CallList]?: CallList[K] | null }): Partial<CallList> {
  return next as Partial<CallList>;
}

export function NewCallListForm({ all }: All) {
  return <NewMembersForm of={callListKind} all={all} usual={usualCallList} everybody={everybody} />;
}
