/**
 * Lists made out of other lists, kept as long as those hold the same rows. A tenant is plain data that tests
 * change at will, so each use compares identities: 100,000 of them cost far less than one sort.
 */
export class DerivedLists<Row> {
  readonly #known = new Map<string, { sources: (readonly unknown[])[]; rows: readonly Row[] }>();

  /** Takes what the list is made of and how; gives the list made before where nothing has changed. */
  get(name: string, sources: (readonly unknown[])[], make: () => readonly Row[]): readonly Row[] {
    const known = this.#known.get(name);
    if (known?.sources.every((source, place) => isSameList(source, sources[place] ?? []))) return known.rows;
    const rows = make();
    this.#known.set(name, { sources: sources.map((source) => source.slice()), rows });
    return rows;
  }

  forget(name: string): void {
    this.#known.delete(name);
  }
}

function isSameList(a: readonly unknown[], b: readonly unknown[]): boolean {
  if (a.length !== b.length) return false;
  for (let place = 0; place < a.length; place += 1) if (a[place] !== b[place]) return false;
  return true;
}
