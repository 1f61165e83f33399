/**
 * Whatever an ellipsis cuts can be read whole: its title is set when the pointer comes to it. Done once for the page,
 * because whether text is cut depends on the window and not on the component.
 *
 * @returns stops it
 */
export function showCutTitles(page: Document): () => void {
  const onOver = ({ target }: MouseEvent) => {
    if (target instanceof HTMLElement) nameWhatIsCut(target);
  };
  page.addEventListener("mouseover", onOver, { passive: true });
  return () => page.removeEventListener("mouseover", onOver);
}

/** What we named ourselves: rows are used again with other text. */
const named = new WeakSet<Element>();

function nameWhatIsCut(pointed: HTMLElement): void {
  for (const element of [pointed, pointed.parentElement]) {
    if (!element || (element.title !== "" && !named.has(element))) continue;
    if (isCut(element)) {
      element.title = element.textContent ?? "";
      named.add(element);
    } else if (named.has(element)) {
      element.removeAttribute("title");
      named.delete(element);
    }
  }
}

function isCut(element: HTMLElement): boolean {
  return element.scrollWidth > element.clientWidth && getComputedStyle(element).textOverflow === "ellipsis";
}
