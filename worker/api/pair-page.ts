/** What an admin sees who opens a pairing link: the code is behind the `#` and never reaches the Worker. */
export const pairPage = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Pair this browser with Dots</title>
<style>
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
  body { max-width: 34rem; margin: 10vh auto; padding: 0 1.5rem; }
  h1 { font-size: 1.5rem; }
  li { margin-block: .5rem; }
</style>
</head>
<body>
<h1>Pair this browser with Dots</h1>
<ol>
  <li>Copy the whole address of this page.</li>
  <li>Open the options of the Dots × JumpCloud Connect extension.</li>
  <li>Paste it into <strong>Pairing link</strong> and choose <strong>Pair</strong>.</li>
</ol>
<p>The link works once, for ten minutes.</p>
</body>
</html>
`;
