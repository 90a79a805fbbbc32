/** The icon's line and square without its tile; the line takes the colour of the text around it. */
export function Mark({ className = '' }: { className?: string }) {
  return (
    <svg className={`mark ${className}`.trim()} viewBox="0 0 20 20" aria-hidden="true">
      <path d="M15 19H6a5 5 0 0 1-5-5V6a5 5 0 0 1 5-5h8a5 5 0 0 1 5 5v6.5a2.5 2.5 0 0 1-2.5 2.5H7.5A2.5 2.5 0 0 1 5 12.5V7" />
      <rect x="9" y="5" width="6" height="6" rx="1.75" />
    </svg>
  );
}
