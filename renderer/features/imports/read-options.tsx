import { useState } from "react";
import type { ImportOptions } from "../../../shared/rpc/contract/files.ts";
import { Button } from "../../ui/controls/button.tsx";
import { Select } from "../../ui/fields/select.tsx";
import { TextInput } from "../../ui/fields/text-input.tsx";
import { Checkbox } from "../../ui/fields/tick.tsx";
import { Popover } from "../../ui/floating/popover.tsx";
import { delimiterChoices, encodingChoices } from "./import-words.ts";
import type { SetOptions } from "./use-import.ts";
import styles from "./imports.module.css";

/** How the file was read, for when the guess was wrong. */
export function ReadOptions({ options, onOptions }: { options: ImportOptions; onOptions: SetOptions }) {
  const [opened, setOpened] = useState(false);
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-end"
      target={
        <Button kind="quiet" size="small" aria-expanded={opened} onClick={() => setOpened((was) => !was)}>
          Read it differently
        </Button>
      }
    >
      <div className={styles["read-options"]}>
        <Select
          label="Encoding"
          compact
          choices={encodingChoices}
          value={options.encoding}
          onChange={(encoding) => encoding && onOptions({ encoding: encoding as ImportOptions["encoding"] })}
        />
        <Select
          label="Between values"
          compact
          choices={delimiterChoices}
          value={options.delimiter}
          onChange={(delimiter) =>
            delimiter && onOptions({ delimiter: delimiter as ImportOptions["delimiter"] })
          }
        />
        <CountryField country={options.country} onOptions={onOptions} />
        <Checkbox checked={options.hasHeader} onChange={(hasHeader) => onOptions({ hasHeader })}>
          The first row names the columns
        </Checkbox>
      </div>
    </Popover>
  );
}

function CountryField({ country, onOptions }: { country: string; onOptions: SetOptions }) {
  const [text, setText] = useState(country);
  return (
    <TextInput
      label="Country of numbers without a prefix"
      compact
      maxLength={2}
      value={text}
      onChange={(typed) => {
        const code = typed.toUpperCase().replaceAll(/[^A-Z]/gu, "");
        setText(code);
        if (code.length === 2 && code !== country) onOptions({ country: code });
      }}
    />
  );
}
