import { dayOf, type Expiry, type ExpiryChoice, expiryChoices, keyExpiresAt } from "../key-expiry.ts";
import { day, say, sayCount } from "../ui/words.ts";

/** When the key ends, as its maker chose it in JumpCloud. */
export function ExpiryField({ expiry, onChange }: { expiry: Expiry; onChange: (expiry: Expiry) => void }) {
  const ends = keyExpiresAt(expiry, new Date());
  return (
    <div class="stack">
      <label for="key-expires">{say("keyExpires")}</label>
      <select
        id="key-expires"
        aria-describedby="key-expires-hint"
        value={expiry.choice}
        onChange={(event) => onChange({ ...expiry, choice: event.currentTarget.value as ExpiryChoice })}
      >
        {expiryChoices.map((choice) => (
          <option key={choice} value={choice}>
            {nameOf(choice)}
          </option>
        ))}
      </select>
      {expiry.choice === "date" && (
        <input
          type="date"
          aria-label={say("keyExpiresDate")}
          min={dayOf(new Date())}
          value={expiry.date}
          onInput={(event) => onChange({ ...expiry, date: event.currentTarget.value })}
        />
      )}
      <p class="hint" id="key-expires-hint">
        {typeof ends === "string" &&
          `${expiry.choice === "date" ? "" : `${day(ends)} · `}${say("reminders")}`}
      </p>
    </div>
  );
}

function nameOf(choice: ExpiryChoice): string {
  switch (choice) {
    case "date":
      return say("expiryDate");
    case "none":
      return say("expiryNone");
    case "unknown":
      return say("expiryUnknown");
    default:
      return sayCount("expiryDays", Number(choice));
  }
}
