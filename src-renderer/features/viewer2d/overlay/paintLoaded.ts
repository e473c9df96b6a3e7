/** Paints a loaded mask (0 absent, 1 loading, 2 ready, 3 failed) as a vertical bar, first image on top. */

const READY = 2;
const FAILED = 3;

export function paintLoaded(canvas: HTMLCanvasElement, mask: Uint8Array<ArrayBuffer>): void {
  const width = Math.max(canvas.clientWidth, 1);
  const height = Math.max(Math.round(canvas.clientHeight * devicePixelRatio), 1);
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const context = canvas.getContext('2d');
  if (!context) return;
  const style = getComputedStyle(canvas);
  context.clearRect(0, 0, width, height);
  for (const run of runsOf(mask)) {
    if (run.state !== READY && run.state !== FAILED) continue;
    context.fillStyle = style.getPropertyValue(run.state === READY ? '--slider-ready' : '--slider-failed');
    const top = Math.floor((run.from / mask.length) * height);
    context.fillRect(0, top, width, Math.max(Math.ceil((run.to / mask.length) * height) - top, 1));
  }
}

interface Run {
  readonly state: number;
  /** First image of the run. */
  readonly from: number;
  /** First image after it. */
  readonly to: number;
}

/** Neighbours of one state joined. */
export function runsOf(mask: ArrayLike<number>): readonly Run[] {
  const runs: Run[] = [];
  for (let from = 0; from < mask.length;) {
    const state = mask[from] ?? 0;
    let to = from + 1;
    while (to < mask.length && mask[to] === state) to += 1;
    runs.push({ state, from, to });
    from = to;
  }
  return runs;
}
