/** Something that owns a resource until `dispose()`, which may be called once. */
export interface Disposable {
  dispose(): void;
}

/** Owns disposables and releases them in reverse order; what is added after disposal is released at once. */
export class DisposableStore implements Disposable {
  readonly #owned: Disposable[] = [];
  #disposed = false;

  add<T extends Disposable>(resource: T): T {
    if (this.#disposed) resource.dispose();
    else this.#owned.push(resource);
    return resource;
  }

  dispose(): void {
    this.#disposed = true;
    for (let resource = this.#owned.pop(); resource; resource = this.#owned.pop()) resource.dispose();
  }
}

export function toDisposable(release: () => void): Disposable {
  return { dispose: release };
}
