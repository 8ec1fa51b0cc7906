/** Colours and resets of what we show inside other people's pages; the colours are those of `ui/theme.css`. */
export const palette = `
:host { all: initial !important; }
*, *::before, *::after { box-sizing: border-box; }
.body {
  --paper: #ffffff; --ink: #1b1e28; --quiet: #565c6e; --line: #dfe2ea; --accent: #4338ca; --accent-ink: #ffffff;
  --accent-strong: #3730a3; --soft: #eef0ff; --warn: #7a4f00; --warn-paper: #fff7e6; --good: #0f766e; --bad: #b42318;
  --shadow: 0 1px 2px rgb(15 25 40 / .12), 0 8px 28px rgb(15 25 40 / .18);
  font: 14px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; color: var(--ink);
  font-variant-numeric: tabular-nums; text-align: start; color-scheme: light;
}
@media (prefers-color-scheme: dark) {
  .body {
    --paper: #171a22; --ink: #eceef4; --quiet: #a4abbd; --line: #2e3340; --accent: #a5b0ff; --accent-ink: #11132b;
    --accent-strong: #c3caff; --soft: #23264a; --warn: #f3c267; --warn-paper: #34290f; --good: #4fd1bd; --bad: #ff9b8f;
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
