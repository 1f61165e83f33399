export { peopleChoices, teamChoices, useStageChoices } from "./choices.tsx";
export { customColumn } from "./custom-column.tsx";
export { CustomFields } from "./custom-fields.tsx";
export { FieldEditor, useFieldChoices, useTypingContext } from "./field-editor.tsx";
export { emptyValue, isPicked, leaveField, readingOf, typedText, wordsOfLost } from "./field-values.ts";
export { FormDialog } from "./form-dialog.tsx";
export { NumberField } from "./number-field.tsx";
export {
  customRecordField,
  customRecordFields,
  neededFields,
  type FieldKind,
  type RecordField,
} from "./record-field.ts";
export { DealSelect, leadChoice, LeadSelect, ListingSelect, useLeadChoices } from "./record-select.tsx";
export { SavedText } from "./saved-text.tsx";
export { RecordDrawer, type SetField } from "./record-drawer.tsx";
export { useAdding } from "./use-adding.tsx";
export { useFieldForm } from "./use-field-form.tsx";
