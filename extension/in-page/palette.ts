/** Colours and resets common to what we show inside other people's pages. */
export const palette = `
:host { all: initial !important; }
*, *::before, *::after { box-sizing: border-box; }
.body {
  --paper: #ffffff; --ink: #16202c; --quiet: #55606e; --line: #d5dbe3; --accent: #1f5fd6; --accent-ink: #ffffff;
  --accent-strong: #184cb0; --soft: #eef3fc; --warn: #8a4b00; --warn-paper: #fff5e5; --good: #14713d; --bad: #b3261e;
  --shadow: 0 1px 2px rgb(15 25 40 / .12), 0 8px 28px rgb(15 25 40 / .18);
  font: 14px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; color: var(--ink);
  font-variant-numeric: tabular-nums; text-align: start; color-scheme: light;
}
@media (prefers-color-scheme: dark) {
  .body {
    --paper: #1b222c; --ink: #eef1f5; --quiet: #a9b4c2; --line: #3a4554; --accent: #8ab4ff; --accent-ink: #0b1a33;
    --accent-strong: #a9c8ff; --soft: #25303f; --warn: #ffca80; --warn-paper: #3a2d17; --good: #7fd8a3; --bad: #ffb4ab;
    --shadow: 0 1px 2px rgb(0 0 0 / .5), 0 8px 28px rgb(0 0 0 / .55); color-scheme: dark;
  }
}
[hidden] { display: none !important; }
button, a.button {
  font: inherit; font-weight: 600; line-height: 20px; min-height: 36px; padding: 7px 14px; border-radius: 8px;
  border: 1px solid transparent; background: var(--accent); color: var(--accent-ink); cursor: pointer;
  text-decoration: none; display: inline-flex; align-items: center; justify-content: center; gap: 8px;
}
button:hover, a.button:hover { background: var(--accent-strong); }
button:focus-visible, a:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
button.second { background: transparent; color: var(--accent); border-color: var(--line); }
button.second:hover { background: var(--soft); }
button:disabled { opacity: .6; cursor: default; }
@media (prefers-reduced-motion: no-preference) { button, a.button { transition: background-color .12s; } }
@media (forced-colors: active) { button, a.button { border-color: ButtonText; } }
`;
