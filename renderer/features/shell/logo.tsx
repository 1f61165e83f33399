/** A ring with somebody in it. */
export function Logo() {
  return (
    <svg width={20} height={20} viewBox="0 0 20 20" aria-hidden>
      <rect x={2} y={2} width={16} height={16} rx={5} fill="none" stroke="currentColor" strokeWidth={1.8} />
      <circle cx={10} cy={10} r={2.5} />
    </svg>
  );
}
