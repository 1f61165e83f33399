/** Something that happens once at most, and never after it was called off. */
export function createOneShot<T>(action: (value: T) => void) {
  let over = false;
  return {
    fire(value: T): void {
      if (over) return;
      over = true;
      action(value);
    },
    cancel(): void {
      over = true;
    },
    isOver: () => over,
  };
}
