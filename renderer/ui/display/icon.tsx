import type { LucideIcon } from "lucide-react";

export type IconType = LucideIcon;

/** A lucide icon at our stroke: about 1.3 px at every size. 18 in the rail, 16 by default, 13-14 inline. */
export function Icon({
  of: Drawn,
  size = 16,
  stroke = 1.35,
  className,
}: {
  of: IconType;
  size?: number;
  stroke?: number;
  className?: string | undefined;
}) {
  return <Drawn size={size} strokeWidth={stroke} absoluteStrokeWidth aria-hidden className={className} />;
}
