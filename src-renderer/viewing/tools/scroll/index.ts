import type { Tool } from '../tool';
import { dragging } from './dragging';

export const scrollTool: Tool = { id: 'scroll', cursor: 'ns-resize', begin: dragging };
