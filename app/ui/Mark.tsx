/** The app's mark. */
export const Mark = ({ size = 22 }: { readonly size?: number }) => (
  <svg aria-hidden width={size} height={size} viewBox="0 0 32 32">
    <rect width="32" height="32" rx="8" fill="#24574d" />
    <path
      d="M8 12.5h16M12.5 12.5v11M19.5 12.5v8.2c0 1.9 1 2.8 2.6 2.8"
      fill="none"
      stroke="#f4f1ea"
      strokeWidth="2.6"
      strokeLinecap="round"
    />
  </svg>
);
