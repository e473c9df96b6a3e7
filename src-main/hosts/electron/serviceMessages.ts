/** What the main process and the service process say to each other beside the ports they pass. */
export type ToService =
  | { readonly kind: 'connect'; readonly peer: 'page' | 'host' }
  /** With a port on which the main process answers `settingsFileContract`. */
  | { readonly kind: 'settings' }
  | { readonly kind: 'stop' };

export type FromService =
  | { readonly kind: 'started' }
  | {
      readonly kind: 'cannot-start';
      /** A sentence for the window. */
      readonly reason: string;
    };
