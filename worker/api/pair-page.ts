/** What a pairing link opens. The names of field, button and page are those of the extension's own locales. */
const pages = {
  en: {
    direction: "ltr",
    title: "Pair this browser with Dots",
    steps: [
      "Copy the whole address of this page.",
      "Open the settings of the extension Dots × JumpCloud Connect.",
      "Paste it into <strong>Pairing link</strong> and choose <strong>Pair</strong>.",
    ],
    note: "The link works once, for ten minutes.",
  },
  he: {
    direction: "rtl",
    title: "צימוד הדפדפן הזה עם Dots",
    steps: [
      "העתיקו את הכתובת המלאה של הדף הזה.",
      "פתחו את ההגדרות של התוסף Dots × JumpCloud Connect.",
      "הדביקו אותה בשדה <strong>קישור צימוד</strong> ובחרו <strong>צימוד</strong>.",
    ],
    note: "הקישור פועל פעם אחת, במשך עשר דקות.",
  },
} as const;

const style = `
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
  body { max-width: 34rem; margin: 10vh auto; padding: 0 1.5rem; }
  h1 { font-size: 1.5rem; }
  li { margin-block: .5rem; }
`;

/**
 * The page for somebody who opens a pairing link: the code is behind the `#` and never reaches the Worker. Takes
 * `Accept-Language`, in which browsers name the language people read first; gives the page, and a policy that lets it
 * have this very style sheet and nothing else.
 */
export async function pairPage(acceptLanguage = ""): Promise<{ html: string; policy: string }> {
  const language = /^\s*(he|iw)\b/i.test(acceptLanguage) ? "he" : "en";
  const { direction, title, steps, note } = pages[language];
  const html = `<!doctype html>
<html lang="${language}" dir="${direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<h1>${title}</h1>
<ol>
${steps.map((step) => `  <li>${step}</li>`).join("\n")}
</ol>
<p>${note}</p>
</body>
</html>
`;
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(style));
  const source = `'sha256-${btoa(String.fromCharCode(...new Uint8Array(hash)))}'`;
  const policy = `default-src 'none'; style-src ${source}; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`;
  return { html, policy };
}
