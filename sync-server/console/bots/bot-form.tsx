import { useState } from "react";
import { Button } from "../../../renderer/ui/controls/button.tsx";
import { Select } from "../../../renderer/ui/fields/select.tsx";
import { TextArea, TextInput } from "../../../renderer/ui/fields/text-input.tsx";
import { Checkbox } from "../../../renderer/ui/fields/tick.tsx";
import { Bot, Purpose } from "../../../shared/bot/bot.ts";
import { BotRow } from "../../admin/bots/wire.ts";
import { Teams } from "../../admin/wire.ts";
import { NumberField } from "../ai/number-field.tsx";
import { useAnswer } from "../api/use-answer.ts";
import { useChange, useSend } from "../api/use-change.ts";
import { goOnFromHere } from "../frame/address.ts";
import { CopyBox } from "../parts/copy-box.tsx";
import { Form, useForm } from "../parts/form.tsx";
import { Deed, Section } from "../parts/page.tsx";
import { Pair, Sheet } from "../parts/sheet.tsx";
import { purposeWords, readOrigins } from "./bot-words.ts";
import { KnowsEditor } from "./knows-editor.tsx";
import styles from "./bots.module.css";

type Part = { draft: Bot; onChange: (draft: Bot) => void };

/** Everything about one bot, saved at once. */
export function BotForm({ row, draft, onChange }: Part & { row: BotRow | null }) {
  const send = useSend();
  const form = useForm(async () => {
    const goOn = goOnFromHere();
    const bot = Bot.safeParse(draft);
    if (!bot.success) return whatIsWrong(bot.error.issues[0]?.path ?? []);
    const request = row
      ? ({ method: "PUT", path: `/bots/${row.id}`, body: bot.data } as const)
      : ({ method: "POST", path: "/bots", body: bot.data } as const);
    const saved = await send(request, BotRow);
    if (!saved.ok) return saved.error.message;
    if (!row) goOn("bots", saved.value.id);
    return null;
  });
  const isSaved = row !== null && JSON.stringify(draft) === JSON.stringify(row.bot);
  return (
    <Sheet
      title={row?.bot.name ?? "New bot"}
      about="What a model says, if you have one, is held to the same as what we say without."
    >
      <Form form={form} action={isSaved ? "Saved" : row ? "Save" : "Make the bot"} ready={!isSaved}>
        <Basics draft={draft} onChange={onChange} />
        <Purposes draft={draft} onChange={onChange} />
        <Section
          title="What it knows"
          note="Said word for word without a model. It says nothing else of you, and asks a person where nothing here fits."
        >
          <KnowsEditor knows={draft.knows} onChange={(knows) => onChange({ ...draft, knows })} />
        </Section>
        <HandOff draft={draft} onChange={onChange} />
        <Reach row={row} draft={draft} onChange={onChange} />
      </Form>
      {row && <TakeAway row={row} />}
    </Sheet>
  );
}

function Basics({ draft, onChange }: Part) {
  return (
    <>
      <TextInput
        label="Name"
        required
        maxLength={60}
        value={draft.name}
        onChange={(name) => onChange({ ...draft, name })}
      />
      <TextArea
        label="Opening line"
        required
        rows={2}
        maxLength={500}
        value={draft.opening}
        onChange={(opening) => onChange({ ...draft, opening })}
      />
      <Checkbox checked={draft.on} onChange={(on) => onChange({ ...draft, on })}>
        Answers visitors
      </Checkbox>
    </>
  );
}

function Purposes({ draft, onChange }: Part) {
  const toggle = (purpose: Purpose, on: boolean) =>
    onChange({
      ...draft,
      purposes: Purpose.options.filter((one) => (one === purpose ? on : draft.purposes.includes(one))),
    });
  return (
    <Section title="What it is for" note="Everything else it hands to a person.">
      {Purpose.options.map((purpose) => (
        <Checkbox
          key={purpose}
          checked={draft.purposes.includes(purpose)}
          onChange={(on) => toggle(purpose, on)}
        >
          {purposeWords[purpose]}
        </Checkbox>
      ))}
    </Section>
  );
}

function HandOff({ draft, onChange }: Part) {
  const teams = useAnswer("/teams", Teams).value?.teams ?? [];
  return (
    <Section
      title="People who take over"
      note="When somebody asks for a person, is upset or in a hurry, or the bot does not know."
    >
      <Pair>
        <Select
          label="Team"
          value={draft.teamId ?? ""}
          choices={[
            { value: "", label: "Everybody" },
            ...teams.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={(teamId) => onChange({ ...draft, teamId: (teamId || null) as Bot["teamId"] })}
        />
        <Select
          label="Are there"
          value={draft.people}
          choices={[
            { value: "business-hours", label: "In business hours" },
            { value: "always", label: "Always" },
          ]}
          onChange={(people) =>
            onChange({ ...draft, people: people === "always" ? "always" : "business-hours" })
          }
        />
      </Pair>
    </Section>
  );
}

function Reach({ row, draft, onChange }: Part & { row: BotRow | null }) {
  const [origins, setOrigins] = useState(draft.origins.join("\n"));
  return (
    <Section title="Where it is reached" note="Only these pages may talk to it, and only so often.">
      {row && <CopyBox label="Its id, for the page" text={row.publicId} />}
      <TextArea
        label="Pages, one a line"
        hint="As https://www.example.com"
        rows={3}
        value={origins}
        onChange={(text) => {
          setOrigins(text);
          onChange({ ...draft, origins: readOrigins(text) });
        }}
      />
      <Pair>
        <NumberField
          label="Answers a conversation"
          value={draft.mostAnswers}
          onChange={(mostAnswers) => onChange({ ...draft, mostAnswers })}
        />
        <NumberField
          label="Conversations a day"
          value={draft.mostChatsADay}
          onChange={(mostChatsADay) => onChange({ ...draft, mostChatsADay })}
        />
      </Pair>
    </Section>
  );
}

function TakeAway({ row: { id, bot } }: { row: BotRow }) {
  const change = useChange();
  const remove = async () => {
    const goOn = goOnFromHere();
    const request = { method: "DELETE", path: `/bots/${id}` } as const;
    if (await change({ request, said: `${bot.name} is gone.` })) goOn("bots");
  };
  return (
    <div className={styles["away"]}>
      <Deed says="Pages that name its id reach nobody any more. What was said to it stays.">
        <Button onClick={() => void remove()}>Take it away</Button>
      </Deed>
    </div>
  );
}

const fieldWords: Readonly<Record<string, string>> = {
  name: "It needs a name.",
  opening: "It needs an opening line.",
  purposes: "It needs something to be for.",
  knows: "Something that it knows lacks its subject or its answer.",
  origins: "A page is not of the form https://www.example.com.",
  mostAnswers: "Answers in a conversation: between 1 and 50.",
  mostChatsADay: "Conversations a day: between 1 and 10,000.",
};

function whatIsWrong([field]: readonly PropertyKey[]): string {
  return fieldWords[String(field)] ?? "Something here is not of its form.";
}
