export { CustomFields } from "./custom-fields.tsx";
export { NumberField } from "./number-field.tsx";
export { LeadSelect, ListingSelect } from "./record-select.tsx";
export { SavedText } from "./saved-text.tsx";
export { RecordDrawer, type SetField } from "./record-drawer.tsx";
