/** One request as it came in. Of the key only its presence is kept, so that a log can be shown. */
export interface RequestRecord {
  method: string;
  path: string;
  query: Record<string, string>;
  headers: { hasApiKey: boolean; orgId?: string; region?: string; accept?: string; userAgent?: string };
  startedAt: number;
  /** 0 while it is not answered, and for good where the connection was cut or left hanging. */
  status: number;
  /** The fault that was served instead of an answer. */
  fault?: string;
}

export interface RequestLog {
  readonly requests: RequestRecord[];
  readonly inFlight: number;
  inFlightMax: number;
  /** Notes a request; gives what to call, once, when it is over. */
  begin(record: RequestRecord): () => void;
  reset(): void;
}

/** Keeps every request and how many were being served at once. */
export function createRequestLog(): RequestLog {
  const requests: RequestRecord[] = [];
  let inFlight = 0;
  return {
    requests,
    inFlightMax: 0,
    get inFlight() {
      return inFlight;
    },
    begin(record) {
      requests.push(record);
      inFlight += 1;
      this.inFlightMax = Math.max(this.inFlightMax, inFlight);
      return () => {
        inFlight -= 1;
      };
    },
    reset() {
      requests.length = 0;
      this.inFlightMax = inFlight;
    },
  };
}
