import type { Tool } from '../tool';
import { dragging } from './dragging';

export const zoomTool: Tool = { id: 'zoom', cursor: 'zoom-in', begin: dragging };
