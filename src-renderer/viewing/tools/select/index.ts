/** Pointing without changing anything: pressing only makes the viewport active, which every press does. */
import type { Tool } from '../tool';

export const selectTool: Tool = { id: 'select', cursor: 'default', begin: () => null };
