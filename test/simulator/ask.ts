import { demoKeyValues } from "./demo-keys.ts";

export type Row = Record<string, unknown>;

export interface Question {
  /** The administrator's unless said otherwise; null sends none. */
  key?: string | null;
  method?: string;
  headers?: Record<string, string>;
  body?: unknown;
  signal?: AbortSignal;
}

export interface Reply {
  status: number;
  headers: Headers;
  text: string;
  /** Parsed where it looks like JSON, else the text. */
  body: unknown;
}

/** Sends one request to a simulator, following no redirect. */
export async function ask(base: string, path: string, question: Question = {}): Promise<Reply> {
  const { key = demoKeyValues.administrator, method = "GET", headers = {}, body, signal } = question;
  const response = await fetch(base + path, {
    method,
    headers: key === null ? headers : { ...headers, "x-api-key": key },
    redirect: "manual",
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: parsed(text) };
}

/** The rows of a bare array. */
export function list(body: unknown): Row[] {
  if (!Array.isArray(body)) throw new Error(`Not a list: ${JSON.stringify(body)}`);
  return body;
}

/** The rows of an answer in the first API's envelope. */
export function results(body: unknown): Row[] {
  return list((body as { results?: unknown }).results);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
