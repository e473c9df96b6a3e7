/** Choices of this screen, not of the library: they stay in the page's own memory, where there is one. */

export function kept(key: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null');
  } catch {
    return null;
  }
}

export function keep(key: string, value: unknown): void {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Without the page's memory the choice lasts as long as the window.
  }
}
