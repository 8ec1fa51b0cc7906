import { type Region, regionSchema } from "../../shared/connections.ts";
import { say } from "../ui/words.ts";

/** Where the JumpCloud account lives. Known from the console the key came from; else it may be chosen. */
export function RegionField({ region, onChange }: { region: Region; onChange: (region: Region) => void }) {
  return (
    <div class="stack">
      <label for="region">{say("region")}</label>
      <select
        id="region"
        value={region}
        onChange={(event) => onChange(regionSchema.parse(event.currentTarget.value))}
      >
        {regionSchema.options.map((each) => (
          <option key={each} value={each}>
            {say(`region_${each}`)}
          </option>
        ))}
      </select>
    </div>
  );
}
