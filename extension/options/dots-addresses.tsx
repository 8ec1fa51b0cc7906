import { useState } from "preact/hooks";
import { browser } from "wxt/browser";
import { matchPattern } from "../match-pattern.ts";
import { ask } from "../messages.ts";
import { Alert } from "../ui/alert.tsx";
import { sentenceFor } from "../ui/trouble.ts";
import { troubleOf, useLoaded } from "../ui/use-loaded.ts";
import { say } from "../ui/words.ts";
import { readDotsAddress } from "./dots-address.ts";

/** The addresses of Dots, and a field for another one. */
export function DotsAddresses() {
  const [addresses, reload] = useLoaded(() => ask("dots-address/list", {}));
  const [text, setText] = useState("");
  const [problem, setProblem] = useState<string>();

  async function save(event: SubmitEvent) {
    event.preventDefault();
    setProblem(undefined);
    const origin = readDotsAddress(text);
    if (origin === undefined) return setProblem(say("addressInvalid"));
    try {
      // Has to come first: the browser asks only in answer to a click.
      const isGranted = await browser.permissions.request({ origins: [matchPattern(origin)] });
      if (!isGranted) return setProblem(say("addressRefused"));
      await ask("dots-address/added", { origin });
      setText("");
      reload();
    } catch (error) {
      setProblem(sentenceFor(troubleOf(error)));
    }
  }

  const { builtIn, added } = addresses.state === "ready" ? addresses.value : { builtIn: [], added: [] };
  return (
    <form class="stack" onSubmit={(event) => void save(event)}>
      <label for="dots-address">{say("dotsAddress")}</label>
      <div class="field-row">
        <input
          id="dots-address"
          type="text"
          dir="ltr"
          inputMode="url"
          autocomplete="off"
          spellcheck={false}
          placeholder="https://app.dots.example"
          aria-describedby="dots-address-hint"
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <button type="submit" class="primary">
          {say("save")}
        </button>
      </div>
      <p class="hint" id="dots-address-hint">
        {say("addressHint")}
      </p>
      {problem !== undefined && <Alert>{problem}</Alert>}
      {addresses.state === "ready" && builtIn.length + added.length === 0 && (
        <p class="empty">{say("noAddress")}</p>
      )}
      <ul class="plain addresses">
        {[...builtIn, ...added].map((origin) => (
          <li key={origin}>
            {origin}
            {builtIn.includes(origin) && <small>{say("builtIn")}</small>}
          </li>
        ))}
      </ul>
    </form>
  );
}
