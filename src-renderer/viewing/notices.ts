/** Calm messages at the edge of the screen: what happened, why, what to do next; details one click away. */
import { createStore } from 'zustand/vanilla';

export interface Notice {
  readonly id: number;
  readonly tone: 'info' | 'caution' | 'danger';
  /** Already translated sentence. */
  readonly message: string;
  readonly details?: string;
  readonly action?: { readonly label: string; readonly run: () => void };
}

export const noticeStore = createStore<{ readonly notices: readonly Notice[] }>(() => ({ notices: [] }));

let lastId = 0;

export function notify(notice: Omit<Notice, 'id'>): number {
  lastId += 1;
  const id = lastId;
  noticeStore.setState(({ notices }) => ({ notices: [...notices.slice(-4), { ...notice, id }] }));
  return id;
}

export function dismissNotice(id: number): void {
  noticeStore.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) }));
}
