/** The host lies over the whole window, in the top layer, and lets every click through but those on the panel. */
export const guideStyle = `
:host { position: fixed !important; inset: 0 !important; display: block !important; pointer-events: none !important;
  inline-size: 100% !important; block-size: 100% !important; z-index: 2147483646 !important; }
.ring { position: fixed; left: 0; top: 0; border: 3px solid #5b54e0; border-radius: 10px; pointer-events: none;
  box-shadow: 0 0 0 2px #fff, 0 0 0 5px rgb(91 84 224 / .35); }
aside { position: fixed; left: 0; top: 0; inline-size: min(320px, calc(100vw - 32px)); pointer-events: auto;
  background: var(--paper); border: 1px solid var(--line); border-radius: 14px; box-shadow: var(--shadow); overflow: hidden; }
header { display: flex; align-items: center; gap: 6px; padding: 8px; cursor: grab; touch-action: none;
  user-select: none; -webkit-user-select: none; border-block-end: 1px solid var(--line); background: var(--soft); }
header:active { cursor: grabbing; }
h2 { font: inherit; font-weight: 650; margin: 0; flex: 1; }
button.close { flex: none; min-height: 32px; inline-size: 32px; padding: 0; background: transparent; color: var(--quiet); }
button.close:hover { background: var(--line); color: var(--ink); }
button.handle { cursor: inherit; color: var(--accent); }
.content { padding: 14px 16px 16px; display: grid; grid-template-columns: minmax(0, 1fr); gap: 12px; max-block-size: calc(100dvh - 80px); overflow: auto; }
.said { display: grid; grid-template-columns: minmax(0, 1fr); gap: 12px; }
ol, ul { list-style: none; margin: 0; padding: 0; }
ol { display: grid; grid-template-columns: repeat(3, auto); gap: 8px; font-size: 12px; color: var(--quiet); }
ol li { border-block-start: 3px solid var(--line); padding-block-start: 6px; white-space: nowrap; }
ol li.past { border-color: var(--good); }
ol li[aria-current] { border-color: var(--accent); color: var(--ink); font-weight: 600; }
p { margin: 0; }
.says { font-size: 16px; line-height: 1.4; font-weight: 600; }
.adds, .hint { color: var(--quiet); }
.hint { font-size: 13px; }
.hint.wrong, .trouble { color: var(--bad); font-weight: 600; }
.trouble:empty { display: none; }
.warns { background: var(--warn-paper); color: var(--warn); border-inline-start: 3px solid currentColor;
  padding: 8px 10px; border-radius: 6px; font-weight: 600; }
.needs { font-size: 13px; border-block-start: 1px solid var(--line); padding-block-start: 10px; display: grid; gap: 4px; }
.needs p { font-weight: 600; }
.needs li { display: flex; align-items: center; gap: 8px; }
.needs svg { flex: none; color: var(--quiet); }
.needs .met svg { color: var(--good); }
.needs .unmet { color: var(--bad); font-weight: 600; }
.needs .unmet svg { color: inherit; }
.acts { display: grid; gap: 8px; }
.acts:not(:has(> :not([hidden]))) { display: none; }
.paste { display: grid; grid-template-columns: minmax(0, 1fr); gap: 8px; }
.paste label { font-weight: 600; }
.row { display: flex; gap: 8px; }
input { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--field); border-radius: 8px;
  padding: 7px 10px; min-height: 36px; flex: 1; inline-size: 0; min-inline-size: 0; text-align: start; }
input[aria-invalid] { border-color: var(--bad); }
input:focus-visible, textarea:focus-visible { outline: 3px solid var(--accent); outline-offset: 1px; }
.hidden-text { -webkit-text-security: disc; }
textarea { font: inherit; color: inherit; background: var(--soft); border: 1px solid var(--line); border-radius: 8px;
  padding: 8px; resize: vertical; inline-size: 100%; min-block-size: 96px; }
.unseen { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.short ol, .short .needs, .short .adds, .short .hint:not(.wrong) { display: none; }
@media (max-width: 519.98px) {
  .content { padding: 10px 12px 12px; gap: 8px; } .said { gap: 8px; } header { padding-block: 4px; } .says { font-size: 15px; }
}
@media (prefers-reduced-motion: no-preference) {
  .ring { animation: close-in .18s ease-out; }
  @keyframes close-in { from { opacity: 0; scale: 1.2; } }
}
@media (forced-colors: active) { .ring { border-color: Highlight; } ol li[aria-current] { border-color: Highlight; } }
@media print { :host { display: none !important; } }
`;

export const sendStyle = `
:host { position: fixed !important; inset: 0 !important; display: block !important; pointer-events: none !important;
  inline-size: 100% !important; block-size: 100% !important; z-index: 2147483647 !important; }
button { position: fixed; left: 0; top: 0; pointer-events: auto; box-shadow: var(--shadow), 0 0 0 2px var(--paper);
  min-height: 40px; padding: 9px 16px; white-space: nowrap; }
@media (prefers-reduced-motion: no-preference) {
  button { animation: rise .18s ease-out; }
  @keyframes rise { from { opacity: 0; } }
}
@media print { :host { display: none !important; } }
`;
