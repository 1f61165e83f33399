import { Combobox, useCombobox, type ComboboxStore, type FloatingPosition } from "@mantine/core";
import { Check, Plus } from "lucide-react";
import { useId, useLayoutEffect, useMemo, useRef, useState, type ReactElement, type ReactNode } from "react";
import { flushSync } from "react-dom";
import { classNames } from "../class-names.ts";
import { Icon } from "../display/icon.tsx";
import { useCloseOnEscape } from "../floating/close-on-escape.ts";
import floating from "../floating/floating.module.css";
import { filterChoices, type Choice } from "./choices.ts";
import styles from "./field.module.css";

export interface OpenPicker {
  opened: boolean;
  toggle: () => void;
  /** For `aria-controls`. */
  listId: string | undefined;
}

export interface PickerProps {
  label: string;
  choices: readonly Choice[];
  /** What is ticked. */
  chosen: readonly string[];
  onPick: (value: string) => void;
  /** Closes after a pick unless several may be chosen. */
  several?: boolean;
  /** The caller filters by what is typed. */
  onSearch?: ((text: string) => void) | undefined;
  /** Offers what was typed as a choice of its own. */
  onCreate?: ((text: string) => void) | undefined;
  /** What opens it: takes a ref and `onClick`. */
  target: (open: OpenPicker) => ReactElement;
  position?: FloatingPosition;
  width?: "target" | number;
  emptyText?: string;
}

const createValue = "\u0000create";

/** A list of choices that hangs from a control. The caret is in its search field, so letters find and never trigger keys. */
export function Picker(props: PickerProps) {
  const [typed, setTyped] = useState("");
  // Before it is opened for the first time there is no list: a screen with six of them would draw all of their choices,
  // and measure where each would hang, before anything else.
  const [isMade, setMade] = useState(false);
  // Its own: that of the combobox is known once the list is drawn, and to the search field when it is drawn once more.
  const listId = useId();
  const store = useCombobox({
    onDropdownOpen: () => {
      // Now, whether a click or a key opened it: the next letter is for the search field.
      flushSync(() => setMade(true));
      store.updateSelectedOptionIndex("active");
    },
    onDropdownClose: () => {
      store.resetSelectedOption();
      search("");
      store.focusTarget();
    },
  });
  // It gives the focus back as it closes, however that comes about.
  useCloseOnEscape(store.dropdownOpened, () => store.closeDropdown());
  const search = (text: string) => {
    setTyped(text);
    props.onSearch?.(text);
    store.resetSelectedOption();
  };
  const submit = (value: string) => {
    if (value === createValue) props.onCreate?.(typed.trim());
    else props.onPick(value);
    if (props.several) search("");
    else store.closeDropdown();
  };
  return (
    <Combobox
      store={store}
      onOptionSubmit={submit}
      position={props.position ?? "bottom-start"}
      width={props.width ?? 240}
      offset={4}
      // One that fades in is there a tick later than the key or click that opened it.
      transitionProps={{ duration: 0 }}
      zIndex={320}
    >
      <Combobox.Target targetType="button" withAriaAttributes={false}>
        {props.target({
          opened: store.dropdownOpened,
          toggle: () => store.toggleDropdown(),
          listId: isMade ? listId : undefined,
        })}
      </Combobox.Target>
      {isMade && (
        <Combobox.Dropdown
          className={classNames(floating["card"], styles["choice-card"])}
          data-own-keys
          // To a card that its field stands in the list is elsewhere: it would close as something is picked.
          onMouseDown={(event) => event.stopPropagation()}
          onTouchStart={(event) => event.stopPropagation()}
        >
          <PickerList listId={listId} picker={props} store={store} typed={typed} onType={search} />
        </Combobox.Dropdown>
      )}
    </Combobox>
  );
}

function PickerList({
  listId,
  picker,
  store,
  typed,
  onType,
}: {
  listId: string;
  picker: PickerProps;
  store: ComboboxStore;
  typed: string;
  onType: (text: string) => void;
}) {
  const shown = useMemo(
    () => (picker.onSearch ? picker.choices : filterChoices(picker.choices, typed)),
    [picker.choices, picker.onSearch, typed],
  );
  const search = useRef<HTMLInputElement>(null);
  // As the list is shown: the combobox's own way takes the caret a tick later, and a letter typed before is lost.
  useLayoutEffect(() => {
    if (store.dropdownOpened) search.current?.focus({ preventScroll: true });
  }, [store.dropdownOpened]);
  const canCreate =
    picker.onCreate && typed.trim() !== "" && !shown.some(({ label }) => label === typed.trim());
  return (
    <>
      <Combobox.Search
        ref={search}
        classNames={{ input: styles["choice-search"] ?? "", wrapper: styles["choice-search-line"] ?? "" }}
        value={typed}
        placeholder={picker.onCreate ? "Type to find or add" : "Type to find"}
        role="combobox"
        aria-expanded
        aria-controls={listId}
        aria-label={picker.label}
        onChange={(event) => {
          onType(event.currentTarget.value);
          queueMicrotask(() => store.selectFirstOption());
        }}
      />
      <Combobox.Options id={listId} className={styles["choice-list"] ?? ""} aria-label={picker.label}>
        {shown.map((choice) => (
          <PickerOption key={choice.value} choice={choice} chosen={picker.chosen.includes(choice.value)} />
        ))}
        {canCreate && (
          <Combobox.Option value={createValue} className={floating["item"] ?? ""}>
            <Icon of={Plus} /> Add “{typed.trim()}”
          </Combobox.Option>
        )}
        {shown.length === 0 && !canCreate && (
          <Combobox.Empty className={styles["choice-empty"] ?? ""}>
            {picker.emptyText ?? "Nothing fits"}
          </Combobox.Empty>
        )}
      </Combobox.Options>
    </>
  );
}

function PickerOption({ choice, chosen }: { choice: Choice; chosen: boolean }): ReactNode {
  return (
    <Combobox.Option
      value={choice.value}
      active={chosen}
      aria-selected={chosen}
      className={floating["item"] ?? ""}
      disabled={choice.disabled ?? false}
    >
      {choice.mark}
      <span className="cut">{choice.label}</span>
      {choice.note && <span className={styles["choice-note"]}>{choice.note}</span>}
      {chosen && <Icon of={Check} size={14} className={styles["choice-tick"]} />}
    </Combobox.Option>
  );
}
