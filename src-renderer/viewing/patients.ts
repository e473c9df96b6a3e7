/**
 * Whose images may be on screen. Two patients never share it unless a person said so: the guard sits in the one action
 * that puts a stack into a viewport, so no drag, key, undo or default layout can go around it.
 */
import { assert } from '../../src-shared/base/assert';
import { stopAllCine } from './cine';
import { forgetHistory } from './history';
import { emptyScreen, emptyViewport, screenStore, updateViewport, type StackContent } from './screen';

/** Clears the screen for one patient: whatever another patient had on it is closed. */
export function beginPatient(patientKey: string): void {
  stopAllCine();
  forgetHistory();
  screenStore.setState({ ...emptyScreen(), patientKeys: [patientKey] });
}

/** The explicit act: this patient may be shown beside those already on screen, until closed. */
export function addSecondPatient(patientKey: string): void {
  // Undo would otherwise take the admission back and leave the patient in the rail.
  forgetHistory();
  screenStore.setState(({ patientKeys }) => ({
    patientKeys: patientKeys.includes(patientKey) ? patientKeys : [...patientKeys, patientKey],
  }));
}

/** Takes one patient off the screen. */
export function closePatient(patientKey: string): void {
  forgetHistory();
  screenStore.setState(({ patientKeys, viewports }) => ({
    patientKeys: patientKeys.filter((key) => key !== patientKey),
    viewports: viewports.map((viewport, index) =>
      viewport.content?.patientKey === patientKey ? emptyViewport(index) : viewport,
    ),
  }));
}

export function mayShow(patientKey: string): boolean {
  return screenStore.getState().patientKeys.includes(patientKey);
}

/** More than one patient may be on screen: stated permanently while it is so. */
export function hasSeveralPatients(): boolean {
  return screenStore.getState().patientKeys.length > 1;
}

/**
 * Puts a stack into a viewport, at its first image unless `imageIndex` says otherwise, with the display reset.
 * The caller remembers for undo first, where this is a step of its own. Refuses by throwing when the stack belongs to a patient who is not allowed on screen.
 */
export function assignStack(viewportId: string, content: StackContent, imageIndex = 0): void {
  assert(mayShow(content.patientKey), 'a stack of another patient is shown only after an explicit act');
  const last = content.stack.images.length - 1;
  updateViewport(viewportId, (viewport) => ({
    ...emptyViewport(0),
    id: viewport.id,
    content,
    imageIndex: Math.min(Math.max(imageIndex, 0), Math.max(last, 0)),
  }));
}

/** Empties a viewport. */
export function clearViewport(viewportId: string): void {
  updateViewport(viewportId, ({ id }) => ({ ...emptyViewport(0), id }));
}
