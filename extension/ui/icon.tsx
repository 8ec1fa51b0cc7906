const paths = {
  check: "M3.5 8.5l3 3 6-7",
  never: "M4 4l8 8M12 4l-8 8",
  warning: "M8 2.2l6.3 11.3H1.7zM8 6.5v3.2M8 11.6v.1",
  key: "M10.2 2.5a3.3 3.3 0 1 0 0 6.6 3.3 3.3 0 0 0 0-6.6M7.8 8.2L2.5 13.5M4.6 11.4l1.7 1.7",
  external: "M9.5 2.5h4v4M13.5 2.5L7.5 8.5M11.5 9.5v4h-9v-9h4",
  lock: "M3.5 7.5h9v6h-9zM5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5",
  chevron: "M6 4l4 4-4 4",
} as const;

/** A small line icon; says nothing to a screen reader, the words beside it do. */
export function Icon({ name }: { name: keyof typeof paths }) {
  return (
    <svg class={`icon icon-${name}`} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}

/** Two dots that a line joins: Dots and JumpCloud. */
export function Mark() {
  return (
    <svg class="mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="8" />
      <path d="M11 21L21 11" />
      <circle cx="10.5" cy="21.5" r="4.5" />
      <circle cx="21.5" cy="10.5" r="4.5" />
    </svg>
  );
}
