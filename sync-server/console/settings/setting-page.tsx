import type { ReactNode } from "react";
import type { z } from "zod";
import { useAnswer } from "../api/use-answer.ts";
import { Link } from "../parts/link.tsx";
import { Column, NewButton, Page, Trouble, type Crumb } from "../parts/page.tsx";
import { SettingList } from "./setting-list.tsx";
import { pageOf, type KeyedSetting, type SettingKind } from "./use-setting.ts";

export type SettingPageProps<Item extends KeyedSetting, S extends z.ZodType> = {
  of: SettingKind<S>;
  /** Of the page, and of its list. */
  title: string;
  itemsOf: (answer: z.output<S>) => readonly Item[];
  /** What the address says after the page. */
  open: string | undefined;
  /** After the one that is open. */
  crumbs?: readonly Crumb[];
  note: (item: Item) => ReactNode;
  /** One sentence where there is none; a link that adds the first follows. */
  empty: string;
  editor: (item: Item, all: readonly Item[]) => ReactNode;
  form: (all: readonly Item[]) => ReactNode;
};

/** A list of settings in the order that people give them, and one of them, or a new one, beside it. */
export function SettingPage<Item extends KeyedSetting, S extends z.ZodType>(
  props: SettingPageProps<Item, S>,
) {
  const { of, title, itemsOf, open, crumbs = [], note, empty, editor, form } = props;
  const { path, noun, answer } = of;
  const here = pageOf(of);
  const { value, error, reload } = useAnswer(path, answer);
  const all = value === undefined ? undefined : itemsOf(value);
  const named = all?.find(({ key }) => key === open);
  // A key may be called "new" too: what stands there wins.
  const adds = open === "new" && all !== undefined && !named;
  const item = adds ? undefined : (named ?? all?.find(({ archived }) => !archived));
  return (
    <Page
      crumbs={[
        { label: title, to: here },
        ...(item ? [{ label: item.label, to: [...here, item.key] }, ...crumbs] : []),
        ...(adds ? [{ label: `New ${noun}` }] : []),
      ]}
      action={!adds && <NewButton label={`Add a ${noun}`} to={[...here, "new"]} />}
    >
      <Column kind="list" label={title}>
        <Trouble error={error} onRetry={reload} />
        <SettingList
          label={title}
          of={of}
          items={all}
          openId={item?.id}
          addressOf={({ key }) => [...here, key]}
          note={note}
          empty={
            <>
              {empty} <Link to={[...here, "new"]}>Add the first</Link>
            </>
          }
        />
      </Column>
      <Column kind="main" label={item?.label ?? `New ${noun}`}>
        {adds && form(all)}
        {item && editor(item, all ?? [])}
      </Column>
    </Page>
  );
}
