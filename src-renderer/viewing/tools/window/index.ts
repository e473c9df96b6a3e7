import type { Tool } from '../tool';
import { dragging } from './dragging';

export const windowTool: Tool = { id: 'window', cursor: 'crosshair', begin: dragging };
