/** The host lies over the whole window, in the top layer, and lets every click through but those on the panel. */
export const guideStyle = `
:host { position: fixed !important; inset: 0 !important; display: block !important; pointer-events: none !important;
  inline-size: 100% !important; block-size: 100% !important; z-index: 2147483646 !important; }
.ring { position: fixed; left: 0; top: 0; border: 3px solid #5b54e0; border-radius: 10px; pointer-events: none;
  box-shadow: 0 0 0 2px #fff, 0 0 0 5px rgb(91 84 224 / .35); }
aside { position: fixed; left: 0; top: 0; inline-size: min(320px, calc(100vw - 32px)); pointer-events: auto;
  background: var(--paper); border: 1px solid var(--line); border-radius: 14px; box-shadow: var(--shadow); overflow: hidden; }
header { display: flex; align-items: center; gap: 8px; padding: 10px 8px 10px 16px; cursor: grab; touch-action: none;
  user-select: none; -webkit-user-select: none; border-block-end: 1px solid var(--line); background: var(--soft); }
[dir=rtl] header { padding: 10px 16px 10px 8px; }
header:active { cursor: grabbing; }
header > svg { flex: none; color: var(--accent); }
h2 { font: inherit; font-weight: 650; margin: 0; flex: 1; }
button.close { min-height: 32px; inline-size: 32px; padding: 0; background: transparent; color: var(--quiet); }
button.close:hover { background: var(--line); color: var(--ink); }
.content { padding: 14px 16px 16px; display: grid; gap: 12px; }
ol { list-style: none; margin: 0; padding: 0; display: grid; grid-template-columns: repeat(3, auto); gap: 8px;
  font-size: 12px; color: var(--quiet); }
li { border-block-start: 3px solid var(--line); padding-block-start: 6px; white-space: nowrap; }
li.past { border-color: var(--good); }
li[aria-current] { border-color: var(--accent); color: var(--ink); font-weight: 600; }
p { margin: 0; }
.says { font-size: 16px; line-height: 1.4; font-weight: 600; }
.adds { color: var(--quiet); }
.warns { background: var(--warn-paper); color: var(--warn); border-inline-start: 3px solid currentColor;
  padding: 8px 10px; border-radius: 6px; font-weight: 600; }
.acts { display: grid; }
textarea { font: inherit; color: inherit; background: var(--soft); border: 1px solid var(--line); border-radius: 8px;
  padding: 8px; resize: vertical; inline-size: 100%; min-block-size: 96px; }
.live { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media (max-width: 519.98px) {
  .content { padding: 10px 12px 12px; gap: 8px; } header { padding-block: 4px; } .says { font-size: 15px; }
}
@media (prefers-reduced-motion: no-preference) {
  .ring { animation: pulse 1.6s ease-in-out infinite; }
  @keyframes pulse { 50% { box-shadow: 0 0 0 2px #fff, 0 0 0 8px rgb(91 84 224 / .15); } }
}
@media (forced-colors: active) { .ring { border-color: Highlight; } li[aria-current] { border-color: Highlight; } }
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
