import { Trash2 } from "lucide-react";
import { useState, type ReactNode } from "react";
import type { Deal } from "../../../shared/entities/deal.ts";
import type { FieldValue } from "../../../shared/entities/fields.ts";
import type { RecordId } from "../../../shared/entities/id.ts";
import type { Listing } from "../../../shared/entities/listing.ts";
import { record } from "../../../shared/rpc/contract/records.ts";
import { readField } from "../../../shared/sync/fields.ts";
import { skip, useDirectory, useEdits, useLive } from "../../client/index.ts";
import { Button } from "../../ui/controls/button.tsx";
import { EmptyState } from "../../ui/display/empty-state.tsx";
import { Drawer } from "../../ui/floating/dialog.tsx";

interface Records {
  deals: Deal;
  listings: Listing;
}

/**
 * Saves one field; the path is `custom.area` for a custom one. A field that keeps what it could not take says what its
 * person had `seen` when they began; of any other the drawer knows.
 */
export type SetField = (path: string, value: FieldValue, seen?: FieldValue) => void;

/** One record with all its fields, each saved as it is left. */
export function RecordDrawer<C extends keyof Records>({
  collection,
  id,
  noun,
  nameOf,
  onClose,
  renderLink,
  children,
}: {
  collection: C;
  /** Null = closed. */
  id: string | null;
  noun: string;
  nameOf: (record: Records[C]) => string;
  onClose: () => void;
  /** In the footer: where to go from here. */
  renderLink?: (record: Records[C]) => ReactNode;
  /** The fields; drawn anew for another record. */
  children: (record: Records[C], set: SetField) => ReactNode;
}) {
  const { edit, remove } = useEdits();
  const { fieldLabel } = useDirectory();
  const { value: answer, pending } = useLive(record, id === null ? skip : { collection, id: id as RecordId });
  // While the next one loads, the last one stays; it must not pass for the next.
  const found = answer?.record?.id === id ? (answer.record as Records[C]) : null;
  // What the person saw when they began to type: a colleague's change that comes in meanwhile is not written over.
  const [begun, setBegun] = useState<Records[C] | null>(null);
  const set =
    (changed: Records[C]): SetField =>
    (path, value, seen = readField(begun ?? changed, path)) => {
      setBegun(null);
      const edits = [{ collection, id: changed.id, set: { [path]: value }, seen: { [path]: seen } }];
      void edit(edits, `Changed ${fieldLabel(collection, path)} of ${nameOf(changed)}`);
    };
  const footer = found && (
    <>
      <Button
        kind="quiet"
        icon={Trash2}
        onClick={() => {
          onClose();
          void remove(collection, [found.id], `Deleted ${nameOf(found)}`);
        }}
      >
        Delete
      </Button>
      {renderLink?.(found)}
      <Button keys="escape" onClick={onClose}>
        Close
      </Button>
    </>
  );
  return (
    <Drawer opened={id !== null} onClose={onClose} title={found ? nameOf(found) : ""} footer={footer}>
      {!pending && answer?.record === null && (
        <EmptyState>This {noun} was deleted, or you may no longer see it.</EmptyState>
      )}
      {found && (
        <div
          key={found.id}
          // Behind the field's own handler: drawn anew before it, the field would take the key back.
          onInput={() => setBegun((was) => was ?? found)}
          onBlur={() => setBegun(null)}
        >
          {children(found, set(found))}
        </div>
      )}
    </Drawer>
  );
}
