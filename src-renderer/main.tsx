/** The page's entry: the style of the first paint, and, once that paint is on screen, the application. */
import './ui/base.css';
import './app/app.css';

requestAnimationFrame(() => {
  setTimeout(() => void import('./app/start').then(({ start }) => start()), 0);
});
