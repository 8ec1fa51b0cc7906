import { importAssetsSchema, importLimits } from "../../shared/assets.ts";
import { Problem } from "../problem.ts";
import { parseJson } from "./body.ts";
import { check } from "./endpoint.ts";
import { invalidImport, rowTooLong } from "./import-problem.ts";

/** No row that is taken is as long, not even with every character of it escaped. Nor is what stands around the rows. */
const mostCharacters = 1024 * 1024;

/**
 * Takes the JSON of an import, `{"items": […]}`, piece by piece; gives the items that end in each piece: a parsed
 * file takes several times its length in memory. Throws `invalid_request` where it is no JSON or of another shape.
 */
export async function* readItems(pieces: AsyncIterable<string>): AsyncGenerator<unknown[]> {
  const items = new JsonItems();
  for await (const piece of pieces) yield items.push(piece);
  items.end();
}

/** Cuts each item out of the text and leaves a 0 in its place: what is left is small, and judged like any body. */
class JsonItems {
  #frame = "";
  #item = "";
  #count = 0;
  #depth = 0;
  #isInItems = false;
  #isInString = false;
  #isEscaped = false;

  push(piece: string): unknown[] {
    const items: unknown[] = [];
    let from = 0;
    const keep = (to: number) => {
      if (this.#isInItems) this.#item += piece.slice(from, to);
      else this.#frame += piece.slice(from, to);
      from = to;
    };
    for (let at = 0; at < piece.length; at += 1) {
      const character = piece.charCodeAt(at);
      if (this.#isInString) {
        if (this.#isEscaped) this.#isEscaped = false;
        else if (character === codes.backslash) this.#isEscaped = true;
        else if (character === codes.quote) this.#isInString = false;
      } else if (character === codes.quote) this.#isInString = true;
      else if (character === codes.brace || character === codes.bracket) {
        this.#depth += 1;
        if (this.#depth === 2 && character === codes.bracket) {
          keep(at + 1);
          this.#isInItems = true;
        }
      } else if (character === codes.endBrace || character === codes.endBracket) {
        if (this.#isInItems && this.#depth === 2) {
          keep(at);
          items.push(...this.#take());
          this.#isInItems = false;
        }
        this.#depth -= 1;
      } else if (character === codes.comma && this.#isInItems && this.#depth === 2) {
        keep(at);
        items.push(...this.#take());
        this.#frame += ",";
        from = at + 1;
      }
    }
    keep(piece.length);
    this.#checkLengths();
    return items;
  }

  end(): void {
    const { items } = check(importAssetsSchema, parseJson(this.#frame), "");
    // A name that comes twice would mean one thing here and another there.
    if (items.length !== this.#count)
      throw new Problem("invalid_request", { detail: 'The body has "items" more than once.' });
  }

  /** Gives the item that ends here. None is there in an empty list, nor where a comma is wrong: the frame shows it. */
  #take(): unknown[] {
    const text = this.#item.trim();
    this.#item = "";
    if (text === "") return [];
    this.#frame += "0";
    this.#count += 1;
    if (this.#count > importLimits.rows) check(importAssetsSchema, { items: Array(this.#count).fill(0) }, "");
    return [parseJson(text)];
  }

  #checkLengths(): void {
    if (this.#item.length > mostCharacters)
      throw invalidImport([{ row: this.#count + 1, message: rowTooLong }]);
    if (this.#frame.length > mostCharacters + 2 * this.#count)
      throw new Problem("invalid_request", {
        detail: 'The request is not valid. Send the rows as {"items": […]}, and nothing else.',
      });
  }
}

const [quote, backslash, comma, bracket, endBracket, brace, endBrace] = Array.from('"\\,[]{}', (one) =>
  one.charCodeAt(0),
);
const codes = { quote, backslash, comma, bracket, endBracket, brace, endBrace };
