/** The reading screen with its renderer is the heaviest part of the page; it is loaded when first needed, not before. */
import type { ComponentType } from 'react';

export async function preloadScreen(): Promise<{ readonly default: ComponentType }> {
  const { Screen } = await import('../Screen');
  return { default: Screen };
}
