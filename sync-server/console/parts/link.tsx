import type { ComponentProps, MouseEvent } from "react";
import { addressOf, goTo } from "../frame/address.ts";

/** A link inside the console: a real address, opened without loading the page anew. */
export function Link({ to, ...rest }: { to: readonly string[] } & Omit<ComponentProps<"a">, "href">) {
  const open = (event: MouseEvent<HTMLAnchorElement>) => {
    rest.onClick?.(event);
    const wantsNewTab = event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0;
    if (wantsNewTab || event.defaultPrevented) return;
    event.preventDefault();
    goTo(...to);
  };
  // oxlint-disable-next-line jsx-a11y/anchor-has-content -- its content comes with the rest
  return <a {...rest} href={addressOf(...to)} onClick={open} />;
}
