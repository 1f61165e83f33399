import { Button } from "../../../renderer/ui/controls/button.tsx";
import { Select } from "../../../renderer/ui/fields/select.tsx";
import { Checkbox } from "../../../renderer/ui/fields/tick.tsx";
import { formatPhone } from "../../../renderer/ui/format/phones.ts";
import { useChange } from "../api/use-change.ts";
import { useEdited } from "../api/use-edited.ts";
import { goOnFromHere } from "../frame/address.ts";
import { Deed, Detail, Section } from "../parts/page.tsx";
import { SavedText } from "../parts/saved-text.tsx";
import { choiceOf, ringsOf, sayRings, type Entry } from "./number-words.ts";
import type { Names } from "./use-names.ts";

const touches = ["/telephony"];

/** One number: whom it rings, when, and by which account. */
export function NumberDetail({
  entry: saved,
  names,
  closeTo,
}: {
  entry: Entry;
  names: Names;
  closeTo: readonly string[];
}) {
  const path = `/telephony/numbers/${saved.number}`;
  const { shown: entry, save } = useEdited(path, saved, touches);
  const change = useChange();
  const { number, label, accountId, alwaysOpen } = entry;
  const remove = () =>
    change({
      request: { method: "DELETE", path },
      undo: [{ method: "POST", path: "/telephony/numbers", body: entry }],
      said: `${formatPhone(number)} is taken out.`,
      touches,
    });
  const leave = async () => {
    const goOn = goOnFromHere();
    if (await remove()) goOn(...closeTo);
  };
  return (
    <Detail title={formatPhone(number)} subtitle={label} closeTo={closeTo}>
      <SavedText
        label="Name"
        value={label}
        onSave={(next) => save({ label: next }, "The name is changed.")}
      />
      <Select
        label="Rings"
        value={choiceOf(entry)}
        choices={names.rings}
        onChange={(choice) => {
          const rings = ringsOf(choice ?? "");
          void save(rings, `${formatPhone(number)} rings: ${sayRings(rings, names.people, names.queues)}.`);
        }}
      />
      <Checkbox
        checked={alwaysOpen}
        onChange={(next) =>
          save({ alwaysOpen: next }, next ? "It rings at any hour." : "It keeps business hours.")
        }
      >
        Ring outside of business hours too
      </Checkbox>
      <Select
        label="Account"
        value={accountId}
        choices={names.accountChoices}
        onChange={(next) => next !== null && save({ accountId: next }, "It belongs to another account.")}
      />
      <Section title="No longer needed">
        <Deed says="Callers are turned away. The number stays yours at the carrier.">
          <Button size="small" onClick={() => void leave()}>
            Remove
          </Button>
        </Deed>
      </Section>
    </Detail>
  );
}
