/** The reading screen: patient bar, rail, tools, viewports, overlays, commands. */
export const reading = {} as const;
