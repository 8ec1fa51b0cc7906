/** Counts the rows that calls of a database read and write, as D1 itself reports them. */
export class CountedD1 {
  /** The database, with each of its calls counted. */
  readonly db: D1Database;
  #rowsRead = 0;
  #rowsWritten = 0;
  /** A batch takes the statements themselves, not what stands before them. */
  readonly #statements = new WeakMap<D1PreparedStatement, D1PreparedStatement>();

  constructor(db: D1Database) {
    this.db = new Proxy(db, {
      get: (target, name) => {
        if (name === "prepare") return (sql: string) => this.#counted(target.prepare(sql));
        if (name === "batch") return (statements: D1PreparedStatement[]) => this.#batch(target, statements);
        throw new Error(`${String(name)} is not counted: use prepare or batch.`);
      },
    });
  }

  /** Gives what was used since the last call. */
  take(): { rowsRead: number; rowsWritten: number } {
    const used = { rowsRead: this.#rowsRead, rowsWritten: this.#rowsWritten };
    this.#rowsRead = 0;
    this.#rowsWritten = 0;
    return used;
  }

  #counted(statement: D1PreparedStatement): D1PreparedStatement {
    const counted = new Proxy(statement, {
      get: (target, name) => {
        if (name === "bind") return (...values: unknown[]) => this.#counted(target.bind(...values));
        if (name === "all" || name === "run") return async () => this.#add(await target.all());
        // `first` alone does not say what it cost.
        if (name === "first") return async () => this.#add(await target.all()).results[0] ?? null;
        throw new Error(`${String(name)} is not counted: use first, all or run.`);
      },
    });
    this.#statements.set(counted, statement);
    return counted;
  }

  async #batch(db: D1Database, statements: D1PreparedStatement[]): Promise<D1Result[]> {
    const results = await db.batch(statements.map((one) => this.#statements.get(one) ?? one));
    for (const result of results) this.#add(result);
    return results;
  }

  #add<Result extends D1Result>(result: Result): Result {
    this.#rowsRead += result.meta.rows_read;
    this.#rowsWritten += result.meta.rows_written;
    return result;
  }
}
