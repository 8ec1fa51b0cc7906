/** D1 with a meter: what a run read and wrote, in rows, as D1 itself reports them. */
export class MeteredDb {
  readonly #db: D1Database;
  #rowsRead = 0;
  #rowsWritten = 0;
  #statements = 0;

  constructor(db: D1Database) {
    this.#db = db;
  }

  /** How many statements were run so far. */
  get statements(): number {
    return this.#statements;
  }

  prepare(sql: string): D1PreparedStatement {
    return this.#db.prepare(sql);
  }

  /** One atomic batch; gives the rows of each statement. */
  async batch(statements: D1PreparedStatement[]): Promise<Record<string, unknown>[][]> {
    this.#statements += statements.length;
    const results = await this.#db.batch<Record<string, unknown>>(statements);
    for (const { meta } of results) {
      this.#rowsRead += meta.rows_read;
      this.#rowsWritten += meta.rows_written;
    }
    return results.map((result) => result.results);
  }

  /** Gives what was used since the last call. */
  take(): { rowsRead: number; rowsWritten: number } {
    const used = { rowsRead: this.#rowsRead, rowsWritten: this.#rowsWritten };
    this.#rowsRead = 0;
    this.#rowsWritten = 0;
    return used;
  }
}
