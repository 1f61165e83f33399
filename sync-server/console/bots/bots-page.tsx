import { useState } from "react";
import { EmptyState } from "../../../renderer/ui/display/empty-state.tsx";
import { Bots, type BotRow } from "../../admin/bots/wire.ts";
import { useAnswer } from "../api/use-answer.ts";
import type { PageProps } from "../frame/pages.ts";
import { Column, NewButton, Page, Trouble } from "../parts/page.tsx";
import { ListRow, RowList } from "../parts/row-list.tsx";
import { BotForm } from "./bot-form.tsx";
import { freshBot } from "./bot-words.ts";
import { TryOut } from "./try-out.tsx";

const here = ["bots"];

/** Bots that answer visitors of the organisation's pages, and hand them to people. */
export function BotsPage({ rest: [open] }: PageProps) {
  const { value, error, reload } = useAnswer("/bots", Bots);
  const isNew = open === "new";
  const row = isNew ? undefined : (value?.bots.find(({ id }) => id === open) ?? value?.bots[0]);
  return (
    <Page
      crumbs={[{ label: "Bots", to: here }, ...(row ? [{ label: row.bot.name }] : [])]}
      action={!isNew && <NewButton label="New bot" to={[...here, "new"]} />}
    >
      <Column kind="list" label="Bots">
        <Trouble error={error} onRetry={reload} />
        {value?.bots.length === 0 && (
          <EmptyState>None yet: visitors of your pages reach nobody by chat.</EmptyState>
        )}
        <RowList>
          <ul aria-label="Bots">
            {value?.bots.map(({ id, bot }) => (
              <li key={id}>
                <ListRow to={[...here, id]} isOpen={id === row?.id}>
                  {bot.on ? bot.name : `${bot.name} (off)`}
                </ListRow>
              </li>
            ))}
          </ul>
        </RowList>
      </Column>
      {(isNew || row) && <Opened key={row?.id ?? "new"} row={row ?? null} />}
    </Page>
  );
}

/** What is tried is the form as it stands, saved or not. */
function Opened({ row }: { row: BotRow | null }) {
  const [draft, setDraft] = useState(row?.bot ?? freshBot);
  return (
    <>
      <Column kind="main" label={row?.bot.name ?? "New bot"}>
        <BotForm row={row} draft={draft} onChange={setDraft} />
      </Column>
      <Column kind="side" label="Try it">
        <TryOut bot={draft} />
      </Column>
    </>
  );
}
