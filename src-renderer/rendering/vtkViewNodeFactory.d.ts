/** Published by vtk.js 37.4.3 without types. */
declare module '@kitware/vtk.js/Rendering/OpenGL/ViewNodeFactory' {
  /** Makes `newNode` the view node of renderables of that class, for all render windows. */
  export function registerOverride(className: string, newNode: () => unknown): void;
}
