/** The button, in the card or floating in the corner. */
export const launcherStyle = `
:host { display: block !important; flex: 1 1 auto !important; min-inline-size: 0 !important; }
:host([data-floating]) { position: fixed !important; inset-block-end: 24px !important; inset-inline-end: 24px !important;
  z-index: 2147483000 !important; max-inline-size: calc(100vw - 48px) !important; }
.group { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 8px 12px;
  min-height: 36px; }
button { margin-inline-start: auto; }
.apart .group { margin-block-start: 12px; }
.floating .group { background: var(--paper); border: 1px solid var(--line); border-radius: 12px; padding: 8px;
  box-shadow: var(--shadow); }
.line { color: var(--quiet); font-size: 12.5px; line-height: 18px; flex: 1 1 220px; position: relative;
  padding-inline-start: 16px; }
.line::before { content: ""; position: absolute; inset-inline-start: 0; inset-block-start: 5px; inline-size: 8px;
  block-size: 8px; border-radius: 50%; background: var(--good); }
.floating .line { flex-basis: auto; max-inline-size: 320px; margin-inline-start: 8px; }
.line.trouble { color: var(--bad); }
.line.trouble::before { background: var(--bad); border-radius: 2px; }
.failed { color: var(--bad); font-size: 13px; margin: 0; flex-basis: 100%; }
@media (max-width: 520px) { :host([data-floating]) { inset-block-end: 16px !important; inset-inline-end: 16px !important; } }
@media (forced-colors: active) { .line::before { forced-color-adjust: none; } .floating .group { border: 1px solid; } }
@media print { :host { display: none !important; } }
`;

/** The wizard's frame: 520 × 640 at most, the whole window under 520 px. */
export const dialogStyle = `
dialog { padding: 0; border: 0; border-radius: 14px; overflow: hidden; background: var(--paper); color: var(--ink);
  inline-size: 520px; block-size: min(640px, calc(100dvh - 32px)); max-inline-size: none; max-block-size: none;
  box-shadow: var(--shadow); margin: auto; outline: 0; }
dialog::backdrop { background: rgb(12 18 28 / .55); }
iframe { display: block; inline-size: 100%; block-size: 100%; border: 0; }
@media (max-width: 519.98px) {
  dialog { inline-size: 100vw; block-size: 100dvh; border-radius: 0; margin: 0; inset: 0; }
}
@media (prefers-reduced-motion: no-preference) {
  dialog[open] { animation: rise .16s ease-out; }
  dialog[open]::backdrop { animation: fade .16s ease-out; }
  @keyframes rise { from { opacity: 0; translate: 0 8px; } }
  @keyframes fade { from { opacity: 0; } }
}
@media (forced-colors: active) { dialog { border: 1px solid; } }
`;
