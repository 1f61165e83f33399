/** Joins what is there: `classNames(styles.row, selected && styles.selected)`. */
export function classNames(...parts: (string | false | null | undefined)[]): string {
  return parts.filter(Boolean).join(" ");
}
