import { Button } from "../../../renderer/ui/controls/button.tsx";
import { goOnFromHere } from "../frame/address.ts";
import { Deed, Section } from "../parts/page.tsx";
import { useSetting, type KeyedSetting, type SettingKind } from "./use-setting.ts";

/** Two ways out: archived things can come back, removed ones were never used. */
export function LeaveSection({
  of,
  item,
  all,
  closeTo,
  whoMisses = "",
}: {
  of: SettingKind;
  item: KeyedSetting;
  all: readonly KeyedSetting[];
  closeTo: readonly string[];
  /** What archiving it takes from people elsewhere: a sentence. */
  whoMisses?: string;
}) {
  const { noun } = of;
  const setting = useSetting(of);
  const remove = async () => {
    const goOn = goOnFromHere();
    if (await setting.remove(item, all)) goOn(...closeTo);
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
        <Deed says={`Archiving hides this ${noun}; records keep what they say about it. ${whoMisses}`.trim()}>
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
