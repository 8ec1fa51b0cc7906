/** Colours and resets of what we show inside other people's pages; the colours are those of `ui/theme.css`. */
export const palette = `
:host { all: initial !important; }
*, *::before, *::after { box-sizing: border-box; }
.body {
  --paper: light-dark(#ffffff, #171a22); --ink: light-dark(#1b1e28, #eceef4); --quiet: light-dark(#565c6e, #a4abbd);
  --line: light-dark(#dfe2ea, #2e3340); --accent: light-dark(#4338ca, #a5b0ff); --accent-ink: light-dark(#ffffff, #11132b);
  --accent-strong: light-dark(#3730a3, #c3caff); --soft: light-dark(#eef0ff, #23264a); --field: light-dark(#8a90a2, #6d7487);
  --warn: light-dark(#7a4f00, #f3c267); --warn-paper: light-dark(#fff7e6, #34290f); --good: light-dark(#0f766e, #4fd1bd);
  --bad: light-dark(#b42318, #ff9b8f);
  --shadow: 0 1px 2px light-dark(rgb(15 25 40 / .12), rgb(0 0 0 / .5)),
    0 8px 28px light-dark(rgb(15 25 40 / .18), rgb(0 0 0 / .55));
  font: 14px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; color: var(--ink);
  font-variant-numeric: tabular-nums; text-align: start; color-scheme: light dark;
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
