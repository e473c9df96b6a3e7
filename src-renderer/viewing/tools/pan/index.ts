import type { Tool } from '../tool';
import { dragging } from './dragging';

export const panTool: Tool = { id: 'pan', cursor: 'grab', begin: dragging };
