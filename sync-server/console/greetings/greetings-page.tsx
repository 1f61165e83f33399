import type { PageProps } from "../frame/pages.ts";
import { SettingPage } from "../settings/setting-page.tsx";
import { GreetingEditor } from "./greeting-editor.tsx";
import { NewGreetingForm } from "./new-greeting-form.tsx";
import { greetingKind, nameOfUse } from "./greeting-words.ts";

/** What callers hear who reach nobody, and what is left on machines. */
export function GreetingsPage({ rest: [open] }: PageProps) {
  return (
    <SettingPage
      of={greetingKind}
      title="Greetings"
      itemsOf={({ greetings }) => greetings}
      open={open}
      note={({ use }) => nameOfUse[use]}
      empty="None: callers hear a sentence of ours, and nothing can be left on machines."
      editor={(greeting, all) => <GreetingEditor key={greeting.id} greeting={greeting} all={all} />}
      form={(all) => <NewGreetingForm all={all} />}
    />
  );
}
