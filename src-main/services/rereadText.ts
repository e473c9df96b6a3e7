export interface RereadResult {
  readonly changed: number;
  readonly failed: number;
}
export function rereadText(_parts: unknown, _what: unknown): Promise<RereadResult> {
  return Promise.resolve({ changed: 0, failed: 0 });
}
