import { useState } from "react";
import { Button } from "../../../renderer/ui/controls/button.tsx";
import { TextInput } from "../../../renderer/ui/fields/text-input.tsx";
import { Bot } from "../../../shared/bot/bot.ts";
import { foldConversation, type ChatEvent } from "../../../shared/bot/conversation.ts";
import { reasonWords } from "../../../shared/bot/words.ts";
import { Form, useForm } from "../parts/form.tsx";
import { askBot } from "./ask-bot.ts";
import { Turns } from "./turns.tsx";
import styles from "./bots.module.css";

/** A talk with the bot as it stands in the form. Nobody is called for, and nothing of it is kept. */
export function TryOut({ bot }: { bot: Bot }) {
  const [events, setEvents] = useState<readonly ChatEvent[]>([]);
  const [said, setSaid] = useState("");
  const [coming, setComing] = useState<{ said: string; text: string } | null>(null);
  const form = useForm(async () => {
    const checked = Bot.safeParse(bot);
    if (!checked.success) return "The form is not filled in yet.";
    setComing({ said, text: "" });
    const answer = await askBot({ bot: checked.data, events, said }, (text) => setComing({ said, text }));
    setComing(null);
    if (!answer.ok) return answer.error;
    setEvents(answer.value);
    setSaid("");
    return null;
  });
  const talk = foldConversation(events);
  const isOver = talk !== null && talk.phase.name !== "bot";
  const turns = talk?.turns ?? [{ seq: 0, by: "bot" as const, text: bot.opening }];
  const soFar = coming
    ? [
        { seq: 1e6, by: "visitor" as const, text: coming.said },
        { seq: 1e6 + 1, by: "bot" as const, text: coming.text || "Writing …" },
      ]
    : [];
  return (
    <div className={styles["try"]}>
      <div className={styles["try-head"]}>
        <h2>Try it</h2>
        <Button size="small" disabled={events.length === 0} onClick={() => setEvents([])}>
          Begin anew
        </Button>
      </div>
      <Turns
        turns={[...turns, ...soFar].map((turn) => ({
          ...turn,
          name: turn.by === "visitor" ? "You" : bot.name,
        }))}
      />
      {isOver && talk.why && (
        <p className={styles["over"]}>{`A person takes over: ${reasonWords[talk.why]}.`}</p>
      )}
      <Form
        form={form}
        action={form.busy ? "Asking…" : "Say"}
        primary={false}
        ready={said.trim() !== "" && !isOver}
      >
        <TextInput label="As a visitor" dir="auto" maxLength={2_000} value={said} onChange={setSaid} />
      </Form>
    </div>
  );
}
