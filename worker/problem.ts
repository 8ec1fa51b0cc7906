import type { ProblemDocument } from "../shared/problem-document.ts";
import { type ProblemCode, problems } from "../shared/problems.ts";

/** What a problem can say besides its code: the members RFC 9457 lets a type add, and headers. */
export type ProblemExtras = Omit<ProblemDocument, "type" | "title" | "status" | "code" | "detail"> & {
  detail?: string;
  retryAfterSeconds?: number;
};

/** Thrown where the reason is known, answered in one place (api/problem.ts). Never carries input. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly extras: ProblemExtras;

  constructor(code: ProblemCode, extras: ProblemExtras = {}) {
    super(extras.detail ?? problems[code].sentence);
    this.name = "Problem";
    this.code = code;
    this.extras = extras;
  }
}
