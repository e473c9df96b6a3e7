/** The page's entry: the style of the first paint, and, once that paint is on screen, the application. */
import './ui/base.css';
import './app/app.css';

/** A page that is not shown never paints; it is started all the same. */
const WITHOUT_PAINT_MS = 500;

/**
 * Resolves when the first paint has reached the screen. An animation frame is not enough: the application's code would
 * then be compiled while the picture is still on its way, on the same few cores.
 */
function firstPaint(): Promise<void> {
  return new Promise((resolve) => {
    const observer = new PerformanceObserver(() => {
      observer.disconnect();
      resolve();
    });
    observer.observe({ type: 'paint', buffered: true });
    setTimeout(resolve, WITHOUT_PAINT_MS);
  });
}

void firstPaint()
  .then(() => import('./app/start'))
  .then(({ start }) => start());
