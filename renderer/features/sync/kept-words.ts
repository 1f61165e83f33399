import type { FieldValue } from "../../../shared/entities/fields.ts";
import type { OpenKept } from "../../../shared/rpc/contract/sync.ts";
import type { Directory } from "../../client/directory.ts";
import { fieldText } from "../../client/field-text.ts";
import { clockTime } from "../../ui/format/times.ts";

/** One of two values. `use`: choosing it puts the kept value back; otherwise what stands is confirmed. */
export type KeptSide = { value: string; by: string; action: string; use: boolean; mine: boolean };
export type KeptChoice = { field: string; sides: [KeptSide, KeptSide] };

/** Both values of a field that two people changed, the reader's own first. */
export function keptWords(item: OpenKept, directory: Directory, meId: string, now: Date): KeptChoice {
  const { kept } = item;
  const deleted = kept.field === "deleted";
  const lost = sideOf({ item, directory, meId, now }, kept.value, kept.byId, true);
  const stands = sideOf({ item, directory, meId, now }, item.stands, kept.wonById, false);
  return {
    field: deleted ? "Deleted by one, changed by another" : directory.fieldLabel(item.collection, kept.field),
    sides: stands.mine && !lost.mine ? [stands, lost] : [lost, stands],
  };
}

/** True where the two values are read line by line rather than side by side. */
export function isLongConflict(item: OpenKept): boolean {
  return isLongText(item.kept.value) || isLongText(item.stands);
}

/** Too long for one line of a card. */
export function isLongText(value: unknown): boolean {
  return typeof value === "string" && (value.includes("\n") || value.length > 60);
}

type Reading = { item: OpenKept; directory: Directory; meId: string; now: Date };

function sideOf(reading: Reading, value: FieldValue, byId: string | null, use: boolean): KeptSide {
  const { item, directory, meId } = reading;
  const mine = byId === meId;
  const name = mine ? "You" : directory.personName(byId);
  const when = use ? `${clockTime(new Date(item.kept.at))}, kept` : "stands now";
  return {
    ...valueWords(reading, value, mine ? "your" : `${name}’s`, use),
    by: `${name}, ${when}`,
    use,
    mine,
  };
}

function valueWords(
  { item, directory, now }: Reading,
  value: FieldValue,
  whose: string,
  use: boolean,
): Pick<KeptSide, "value" | "action"> {
  if (item.kept.field === "deleted") {
    const act = use ? "Delete it" : "Keep it";
    return { value: act, action: act };
  }
  if (isLongConflict(item)) {
    const version = `${whose} version`;
    return { value: version.charAt(0).toUpperCase() + version.slice(1), action: `Use ${version}` };
  }
  const text = fieldText(directory, item.collection, item.kept.field, value, now, item.allDay);
  return { value: text, action: `Use ${text}` };
}
