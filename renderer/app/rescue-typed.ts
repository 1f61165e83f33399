interface Page {
  querySelectorAll(selector: string): Iterable<unknown>;
}

const fields = "textarea, input[type=text]";

/** The texts in the fields of a page, empty and read-only ones aside. Passwords are not among them. */
export function rescueTyped(page: Page): string[] {
  const texts = [...page.querySelectorAll(fields)].map((field) => {
    const { value, readOnly } = field as { value: string; readOnly: boolean };
    return readOnly ? "" : value.trim();
  });
  return [...new Set(texts.filter((text) => text !== ""))];
}
