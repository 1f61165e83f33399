import { Button } from "../../../renderer/ui/controls/button.tsx";
import { goTo } from "../frame/address.ts";
import { Deed, Section } from "../parts/page.tsx";
import { useSetting, type OrderedSetting } from "./use-setting.ts";

/** Two ways out: archived things can come back, removed ones were never used. */
export function LeaveSection({
  path,
  item,
  noun,
  remake,
  ids,
  closeTo,
}: {
  path: string;
  item: OrderedSetting;
  noun: string;
  /** The body that makes it again. */
  remake: object;
  /** The order that removing disturbs. */
  ids: readonly string[];
  closeTo: readonly string[];
}) {
  const setting = useSetting(path);
  const remove = async () => {
    if (await setting.remove(item, remake, ids)) goTo(...closeTo);
  };
  return (
    <Section title="No longer needed">
      {item.archived ? (
        <Deed says={`Offers this ${noun} again, at the place it had.`}>
          <Button size="small" onClick={() => void setting.bringBack(item)}>
            Bring back
          </Button>
        </Deed>
      ) : (
        <Deed says={`Archiving hides this ${noun}; records keep what they say about it.`}>
          <Button size="small" onClick={() => void setting.archive(item)}>
            Archive
          </Button>
        </Deed>
      )}
      <Deed says={`Removing works while no record uses this ${noun}.`}>
        <Button size="small" onClick={() => void remove()}>
          Remove
        </Button>
      </Deed>
    </Section>
  );
}
