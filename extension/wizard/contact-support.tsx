import { useState } from "preact/hooks";
import { copyText } from "../ui/copy-button.tsx";
import { Icon } from "../ui/icon.tsx";
import { say } from "../ui/words.ts";
import { referenceForSupport } from "./note-for-support.ts";

/** Copies what support asks for first, and opens their page where the address of Dots is known. */
export function ContactSupport({ syncId, dotsOrigin }: { syncId: string; dotsOrigin: string | undefined }) {
  const [isCopied, setCopied] = useState(false);
  async function contact() {
    setCopied((await copyText(referenceForSupport(syncId))) === "copied");
    if (dotsOrigin !== undefined) window.open(`${dotsOrigin}/#/support`, "_blank", "noopener");
  }
  return (
    <p class="support">
      {say("supportHint")}{" "}
      <button type="button" class="link" onClick={() => void contact()}>
        {say("contactSupport")}
        <Icon name="external" />
      </button>
      <span role="status">{isCopied && say("supportCopied", syncId)}</span>
    </p>
  );
}
