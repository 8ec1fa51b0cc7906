import Papa from "papaparse";
import type { Page } from "../../shared/lists.ts";

type Cell = string | number | boolean | null | undefined;

/**
 * What a spreadsheet may take for a formula: OWASP, "CSV Injection". Full-width signs count too, and so does
 * white space before any of them, which some spreadsheets drop.
 */
const formula = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/;
/** A hundred thousand ordinary rows then take no more reads than one invocation has on the Free plan. */
const mostRowsARead = 2500;
const rowsAtFirst = 500;
/** What a read should come to. A page is in memory several times over, as rows, as text and as bytes. */
const bytesARead = 2 * 1024 * 1024;

/**
 * Answers with a whole list as CSV (RFC 4180, UTF-8), read and sent a page at a time, so that its length does not
 * matter – nor that of its rows: where they are long, fewer are read at a time. Every cell is quoted, and what looks like a formula begins with an apostrophe.
 */
export function answerCsv<Row>(
  fileName: string,
  columns: Record<string, (row: Row) => Cell>,
  readPage: (limit: number, cursor: string | undefined) => Promise<Page<Row>>,
): Response {
  const names = Object.keys(columns);
  const cells = Object.values(columns);
  const encoder = new TextEncoder();
  let cursor: string | undefined;
  let rows = rowsAtFirst;
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(encoder.encode(toCsv([names]))),
    async pull(controller) {
      const page = await readPage(rows, cursor);
      if (page.items.length > 0) {
        const bytes = encoder.encode(toCsv(page.items.map((row) => cells.map((cell) => cell(row)))));
        rows = Math.floor((page.items.length * bytesARead) / bytes.length);
        rows = Math.max(1, Math.min(rows, mostRowsARead));
        controller.enqueue(bytes);
      }
      if (page.nextCursor === null) controller.close();
      else cursor = page.nextCursor;
    },
  });
  return new Response(body, {
    headers: {
      "content-type": "text/csv; charset=utf-8; header=present",
      // Ids are letters, digits and hyphens; anything else would have to be encoded (RFC 6266).
      "content-disposition": `attachment; filename="${fileName.replace(/[^\w.-]/g, "_")}"`,
      vary: "accept",
    },
  });
}

function toCsv(rows: Cell[][]): string {
  return `${Papa.unparse(rows, { quotes: true, escapeFormulae: formula, newline: "\r\n" })}\r\n`;
}
