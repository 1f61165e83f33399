import { useState } from "react";
import type { z } from "zod";
import { Select } from "../../../renderer/ui/fields/select.tsx";
import { TextArea } from "../../../renderer/ui/fields/text-input.tsx";
import { formatCount } from "../../../renderer/ui/format/numbers.ts";
import { AiPrompts, TriedPrompt, type AiPrompt } from "../../admin/ai/prompt-wire.ts";
import { useAnswer } from "../api/use-answer.ts";
import { useSend } from "../api/use-change.ts";
import type { PageProps } from "../frame/pages.ts";
import { Form, useForm } from "../parts/form.tsx";
import { Column, Page, Section, Trouble } from "../parts/page.tsx";
import { ListRow, RowList } from "../parts/row-list.tsx";
import { Sheet } from "../parts/sheet.tsx";
import styles from "./ai.module.css";
import { unwrap } from "./unwrap.ts";

type Prompt = z.output<typeof AiPrompt>;
const here = ["ai-prompts"];

/** What models are told: files of the program, with versions, that are read and tried here. */
export function PromptsPage({ session, rest: [open] }: PageProps) {
  const { value, error, reload } = useAnswer("/ai/prompts", AiPrompts);
  const names = [...new Set(value?.prompts.map(({ name }) => name))];
  const shown = names.find((name) => name === open) ?? names[0];
  return (
    <Page crumbs={[{ label: "Prompts", to: here }, ...(shown ? [{ label: shown }] : [])]}>
      <Column kind="list" label="Prompts">
        <Trouble error={error} onRetry={reload} />
        <RowList>
          <ul aria-label="Prompts">
            {names.map((name) => (
              <li key={name}>
                <ListRow to={[...here, name]} isOpen={name === shown}>
                  {name}
                </ListRow>
              </li>
            ))}
          </ul>
        </RowList>
      </Column>
      <Column kind="main" label={shown ?? "Prompts"}>
        {value && shown && (
          <PromptSheet
            key={shown}
            versions={value.prompts.filter(({ name }) => name === shown)}
            mayTry={session.role === "admin"}
          />
        )}
      </Column>
    </Page>
  );
}

function PromptSheet({ versions, mayTry }: { versions: readonly Prompt[]; mayTry: boolean }) {
  const [chosen, setChosen] = useState(versions[0]?.version ?? 1);
  const prompt = versions.find(({ version }) => version === chosen);
  if (!prompt) return null;
  return (
    <Sheet
      title={prompt.name}
      about="A prompt that was used is never changed: another wording is another version."
    >
      <Select
        label="Version"
        choices={versions.map(({ version }) => ({ value: String(version), label: `Version ${version}` }))}
        value={String(chosen)}
        onChange={(version) => version && setChosen(Number(version))}
      />
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls */}
      <pre className={styles["text"]} tabIndex={0} aria-label="The prompt">
        {unwrap(prompt.text)}
      </pre>
      {mayTry && prompt.trial && <TryOut prompt={prompt} trial={prompt.trial} />}
      {!prompt.trial && <p>It asks for a picture: it is tried at a listing on the desk.</p>}
    </Sheet>
  );
}

type Trial = NonNullable<Prompt["trial"]>;

function TryOut({ prompt: { name, version }, trial }: { prompt: Prompt; trial: Trial }) {
  const send = useSend();
  const [data, setData] = useState(trial.data);
  const [said, setSaid] = useState(trial.said ?? "");
  const [tried, setTried] = useState<z.output<typeof TriedPrompt> | null>(null);
  const form = useForm(async () => {
    setTried(null);
    const body = { name, version, data, said };
    const answer = await send({ method: "POST", path: "/ai/prompts/try", body }, TriedPrompt, [
      "/ai/usage",
      "/ai/limits",
    ]);
    if (!answer.ok) return answer.error.message;
    setTried(answer.value);
    return null;
  });
  return (
    <Section
      title="Try it"
      note={`Asks a model of your organisation for ${limitWords(trial)}, as it is asked at work. It is billed as any question is. Numbers and e-mail addresses are hidden; whose names these are is not known here, so make them up.`}
    >
      <Form form={form} action={form.busy ? "Asking…" : "Ask"} primary={false}>
        <TextArea label="Data, as JSON" value={data} onChange={setData} rows={12} />
        {trial.said !== null && <TextArea label="What is said" value={said} onChange={setSaid} rows={2} />}
      </Form>
      <div role="status" className={styles["stack"]}>
        {tried?.by === "rules" && <p>{tried.trouble ?? "No model is set up that could answer."}</p>}
        {tried?.by === "model" && (
          <>
            <p>{`${tried.model} answered:`}</p>
            <pre className={styles["text"]}>{tried.text}</pre>
            {tried.trouble && <p>{tried.trouble}</p>}
          </>
        )}
      </div>
    </Section>
  );
}

/** As its task asks. */
function limitWords({ hasForm, maxOutputTokens, timeoutMs }: Trial): string {
  const within = `within ${timeoutMs / 1_000} seconds`;
  const most = `of at most ${formatCount(maxOutputTokens)} tokens`;
  return hasForm ? `data ${most}, ${within}` : `prose ${most} that begins ${within}`;
}
